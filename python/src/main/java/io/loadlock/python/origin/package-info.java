/// Where the path or the bytes of a load come from: the sources outside of a program, as rows.
@NullMarked
package io.loadlock.python.origin;

import org.jspecify.annotations.NullMarked;
