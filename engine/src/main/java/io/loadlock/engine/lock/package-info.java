/// Locks over trees: which files are models, what their digests are, what their authors published.
@NullMarked
package io.loadlock.engine.lock;

import org.jspecify.annotations.NullMarked;
