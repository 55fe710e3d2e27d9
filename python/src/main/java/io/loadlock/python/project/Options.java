package io.loadlock.python.project;

import io.loadlock.python.sink.Sinks;
import java.util.List;
import java.util.Set;

/// How a project is to be read.
///
/// @param sinks every row to look for, a user's own included
/// @param roots folders of the source tree whose children are importable by their bare names,
///   besides those found by themselves (the tree's own root, `src`, every folder above a package);
///   with `/` between folders
/// @param disabledKinds kinds of sinks not to report
/// @param thorough parses every file instead of those that the needle filter and the project ask
///   for
/// @param jobs how many threads may parse; the result is the same for each number
/// @param progress is told how far the scan is, and may stop it
public record Options(
    Sinks sinks,
    List<String> roots,
    Set<String> disabledKinds,
    boolean thorough,
    int jobs,
    Progress progress) {
  public Options {
    roots = List.copyOf(roots);
    disabledKinds = Set.copyOf(disabledKinds);
    if (jobs < 1) {
      throw new IllegalArgumentException("at least one job, not " + jobs);
    }
  }

  /// One thread, no roots beyond those found, nothing disabled.
  public static Options of(Sinks sinks) {
    return new Options(sinks, List.of(), Set.of(), false, 1, Progress.NONE);
  }

  /// Called from any of the scan's threads.
  public interface Progress {
    Progress NONE = new Progress() {};

    /// One file of the tree has been read; called once for each of them.
    default void read(String path) {}

    /// True when the scan should end early. Files not analysed by then are *partial*, with that
    /// reason.
    default boolean cancelled() {
      return false;
    }
  }
}
