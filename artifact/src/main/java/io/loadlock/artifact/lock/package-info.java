/// What was checked stays what is loaded: the lock file, digests that authors publish, and the
/// comparison of both with the files that are here.
@NullMarked
package io.loadlock.artifact.lock;

import org.jspecify.annotations.NullMarked;
