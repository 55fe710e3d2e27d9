/// The functions that execute what they load, as rows: one file per Python library.
@NullMarked
package io.loadlock.python.sink;

import org.jspecify.annotations.NullMarked;
