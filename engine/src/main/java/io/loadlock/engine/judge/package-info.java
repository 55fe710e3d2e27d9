/// From facts to findings: severity, rule and sentence, by rows.
@NullMarked
package io.loadlock.engine.judge;

import org.jspecify.annotations.NullMarked;
