package io.loadlock.report;

import io.loadlock.core.Location;
import java.util.List;
import java.util.Optional;

/// The source text around a place, as people read it: a line of a notebook without its JSON.
public interface Excerpts {
  /// For reports without source text.
  Excerpts NONE = (_, _) -> Optional.empty();

  /// The lines of `place`, with up to `around` lines before and behind them. Empty where the text
  /// cannot be had any more.
  Optional<Excerpt> of(Location.Source place, int around);

  /// A few lines of source.
  ///
  /// @param firstLine the number that people know the first line by: in the file, or for a notebook in
  ///   its cell
  /// @param lines without their ends
  /// @param marked index in `lines` of the first line of the place itself
  record Excerpt(int firstLine, List<String> lines, int marked) {
    public Excerpt {
      lines = List.copyOf(lines);
      if (marked < 0 || marked >= lines.size()) {
        throw new IllegalArgumentException("line " + marked + " of " + lines.size());
      }
    }
  }
}
