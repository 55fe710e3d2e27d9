/// Findings that a team lives with for now, so that only new ones are reported.
@NullMarked
package io.loadlock.engine.baseline;

import org.jspecify.annotations.NullMarked;
