@NullMarked
package io.loadlock.report;

import org.jspecify.annotations.NullMarked;
