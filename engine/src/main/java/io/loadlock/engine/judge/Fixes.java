package io.loadlock.engine.judge;

import io.loadlock.engine.link.Link;
import io.loadlock.fix.Offer;
import io.loadlock.python.site.LoadSite;

/// Finds what would make a load safe.
public interface Fixes {
  /// For runs that only look.
  Fixes NONE = (_, _) -> Offer.NOTHING;

  Offer of(LoadSite site, Link link);
}
