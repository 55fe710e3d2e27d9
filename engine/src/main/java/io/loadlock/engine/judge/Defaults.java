package io.loadlock.engine.judge;

import io.loadlock.engine.project.Projects;
import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration;
import io.loadlock.pins.PinProject.Knowledge;
import io.loadlock.pins.Version;
import io.loadlock.python.sink.Sink;
import java.util.List;

/// What a call without its deciding argument does, in the versions that the project proves.
final class Defaults {
  private Defaults() {}

  /// The answer.
  sealed interface Answer {
    /// Safe in every version, or where no version is proven by the row's own word.
    record Safe() implements Answer {}

    /// Safe in each version that can be installed; some version is not.
    ///
    /// @param lines what proves it
    record SafeByVersion(String distribution, Bounds bounds, List<Declaration> lines)
        implements Answer {}

    /// Unsafe in each version that can be installed.
    record UnsafeByVersion(String distribution, Bounds bounds, List<Declaration> lines)
        implements Answer {}

    /// @param reason one clause: why the version is not known, or what the range admits; empty
    ///   where no version matters
    record Unsafe(String reason) implements Answer {}
  }

  static Answer of(Sink.Safety safety, String path, Projects projects) {
    List<Sink.Default> rows = safety.absent();
    if (rows.isEmpty()) {
      return safety.safeByDefault() ? new Answer.Safe() : new Answer.Unsafe("");
    }
    String distribution = rows.getFirst().distribution();
    return switch (projects.of(path, distribution)) {
      case Knowledge.Unknown unknown ->
          safety.safeByDefault() ? new Answer.Safe() : new Answer.Unsafe(unknown.reason());
      case Knowledge.Proven proven -> of(safety, distribution, proven);
    };
  }

  private static Answer of(Sink.Safety safety, String distribution, Knowledge.Proven proven) {
    Bounds bounds = proven.bounds();
    boolean safe = true;
    boolean unsafe = true;
    List<Sink.Default> rows = safety.absent();
    for (int i = 0; i < rows.size(); i++) {
      if (meets(bounds, rows, i)) {
        safe &= rows.get(i).safe();
        unsafe &= !rows.get(i).safe();
      }
    }
    if (safe) {
      return new Answer.SafeByVersion(distribution, bounds, proven.lines());
    }
    if (unsafe) {
      return new Answer.UnsafeByVersion(distribution, bounds, proven.lines());
    }
    return safety.safeByDefault()
        ? new Answer.Safe()
        : new Answer.Unsafe(
            distribution + " " + bounds + " admits versions whose default is unsafe");
  }

  /// Whether a version that the bounds admit falls under row `i`.
  private static boolean meets(Bounds bounds, List<Sink.Default> rows, int i) {
    String since = rows.get(i).since();
    boolean before = !since.isEmpty() && bounds.provesBelow(Version.of(since));
    boolean behind =
        i + 1 < rows.size() && bounds.provesAtLeast(Version.of(rows.get(i + 1).since()));
    return !before && !behind;
  }
}
