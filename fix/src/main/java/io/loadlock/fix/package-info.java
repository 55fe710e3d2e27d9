/// Changes of Python source that make a load safe: edits on the tree, how sure they are, and where
/// they go in the file. Everything that is not edited keeps its bytes.
@NullMarked
package io.loadlock.fix;

import org.jspecify.annotations.NullMarked;
