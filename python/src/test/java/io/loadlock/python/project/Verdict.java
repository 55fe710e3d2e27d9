package io.loadlock.python.project;

import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.LoadSite.Safety;
import io.loadlock.python.site.Restriction;

/// What a judge without any pins or files says of a site; the real one is the engine's.
final class Verdict {
  private Verdict() {}

  static boolean reported(LoadSite site) {
    if (site.restriction() instanceof Restriction.FixedSet) {
      return false;
    }
    Sink sink = site.sink();
    return switch (site.safety()) {
      case Safety.Safe _ -> sink.safety().flatMap(Sink.Safety::remaining).isPresent();
      case Safety.Absent _ -> !sink.safety().map(Sink.Safety::safeByDefault).orElse(false);
      case Safety.None _, Safety.Unsafe _, Safety.Unknown _ -> true;
    };
  }
}
