package io.loadlock.engine.link;

import io.loadlock.python.site.LoadSite;

/// Follows what a load reads to the files that it may be.
public interface Links {
  /// For runs that look at sources alone.
  Links NONE = _ -> new Link.Nothing("files are not looked at");

  Link of(LoadSite site);
}
