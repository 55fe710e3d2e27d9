/// What changed in a git repository, read through JGit. No process is started and nothing is
/// written.
@NullMarked
package io.loadlock.engine.git;

import org.jspecify.annotations.NullMarked;
