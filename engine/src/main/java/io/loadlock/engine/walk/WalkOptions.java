package io.loadlock.engine.walk;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How a tree is walked.
///
/// @param base the folder that names in reports start from, absolute
/// @param exclude globs of paths not to look at, relative to `base` or matching any last part
/// @param ignoreFiles whether `.gitignore` and its kin are obeyed
/// @param home the user's home, for git's own ignore file; empty for none
public record WalkOptions(
    Path base, List<String> exclude, boolean ignoreFiles, Optional<Path> home) {
  public WalkOptions {
    exclude = List.copyOf(exclude);
  }
}
