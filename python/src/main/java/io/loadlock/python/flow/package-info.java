/// Forward abstract interpretation of modules and functions: what may be called, with what.
@NullMarked
package io.loadlock.python.flow;

import org.jspecify.annotations.NullMarked;
