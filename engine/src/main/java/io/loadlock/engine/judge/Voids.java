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
  /// @param patch whether it is a function that is replaced; calls in the same file are then read
  ///   as calls of what replaced it, at each place what does there
  record Voiding(
      String folder, String function, Location.Source where, String clause, boolean patch) {
    boolean touches(String path, String callee, boolean here) {
      boolean same = path.equals(where.path());
      return callee.equals(function)
          && !(same && patch)
          && (same || !here && (folder.isEmpty() || path.startsWith(folder + "/")));
    }
  }

  /// The first that touches calls of `callee` in the file at `path`.
  ///
  /// @param here whether only what is set in that very file counts: two programs often share a
  ///   folder, and a default that nearly always holds is not doubted for what another one does
  java.util.Optional<Voiding> touching(String path, String callee, boolean here) {
    return all.stream().filter(each -> each.touches(path, callee, here)).findFirst();
  }
}
