/// The syntax tree: CPython's `ast` with its names, as sealed records over byte offsets, plus the
/// few nodes that Python 2 and damaged source need. A tree holds no text; what it names was decoded
/// once, when it was built.
@NullMarked
package io.loadlock.python.tree;

import org.jspecify.annotations.NullMarked;
