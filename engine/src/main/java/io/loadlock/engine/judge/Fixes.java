package io.loadlock.engine.judge;

import io.loadlock.core.Fix;
import io.loadlock.engine.link.Link;
import io.loadlock.python.site.LoadSite;
import java.util.List;

/// Finds what would make a load safe.
public interface Fixes {
  /// For runs that only look.
  Fixes NONE = (_, _) -> List.of();

  /// Best first.
  List<Fix> of(LoadSite site, Link link);
}
