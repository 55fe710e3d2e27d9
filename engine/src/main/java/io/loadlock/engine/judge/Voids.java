package io.loadlock.engine.judge;

import io.loadlock.core.Location;
import java.util.List;

/// The settings of a run that take protection away from other loads, each for the files below one
/// folder.
///
/// @param all in order of place
record Voids(List<Voiding> all) {
  static final Voids NONE = new Voids(List.of());

  Voids {
    all = List.copyOf(all);
  }

  /// One of them.
  ///
  /// @param folder the files it touches are below this one; empty for all
  /// @param function whose calls it touches
  /// @param where it is set
  /// @param clause what it does, such as `TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD is set`
  record Voiding(String folder, String function, Location where, String clause) {
    boolean touches(String path, String callee) {
      return callee.equals(function) && (folder.isEmpty() || path.startsWith(folder + "/"));
    }
  }

  /// The first that touches calls of `callee` in the file at `path`.
  java.util.Optional<Voiding> touching(String path, String callee) {
    return all.stream().filter(each -> each.touches(path, callee)).findFirst();
  }
}
