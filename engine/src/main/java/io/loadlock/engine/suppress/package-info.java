/// Comments by which users accept findings.
@NullMarked
package io.loadlock.engine.suppress;

import org.jspecify.annotations.NullMarked;
