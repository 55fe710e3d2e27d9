/// Which scope a name belongs to, as CPython's `symtable` decides it.
@NullMarked
package io.loadlock.python.name;

import org.jspecify.annotations.NullMarked;
