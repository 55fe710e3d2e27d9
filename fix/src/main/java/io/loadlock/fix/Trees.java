package io.loadlock.fix;

import io.loadlock.python.parse.ParsedSource;
import java.util.List;
import java.util.Optional;

/// The sources of a project as they were scanned: a fix may have to change more files than the one
/// that the load stands in.
public interface Trees {
  /// Every source, sorted, as reports name them.
  List<String> paths();

  /// One of them; empty where it cannot be read any more.
  Optional<ParsedSource> of(String path);

  /// Whether its bytes hold this word, cheaper than parsing it; true where that is not known.
  boolean mayHold(String path, String word);
}
