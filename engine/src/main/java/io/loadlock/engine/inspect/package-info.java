/// One file taken apart: recognised by content, read by every format that a loader might take it
/// for, and what is nested in it in its turn, within one budget.
@NullMarked
package io.loadlock.engine.inspect;

import org.jspecify.annotations.NullMarked;
