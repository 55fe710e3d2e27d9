package io.loadlock.report;

import io.loadlock.core.Location;
import java.util.List;
import java.util.Optional;

/// The source text around a place, as people read it: a line of a notebook without its JSON.
public interface Excerpts {
  /// For reports without source text.
  Excerpts NONE =
      new Excerpts() {
        @Override
        public Optional<Excerpt> of(Location.Source place, int around) {
          return Optional.empty();
        }

        @Override
        public Optional<String> text(String path) {
          return Optional.empty();
        }
      };

  /// The lines of `place`, with up to `around` lines before and behind them. Empty where the text
  /// cannot be had any more.
  Optional<Excerpt> of(Location.Source place, int around);

  /// The text of `place` itself; empty where it cannot be had any more.
  default String marked(Location.Source place) {
    return of(place, 0).map(Excerpt::marked).orElse("");
  }

  /// The whole text of a file as it lies there, a notebook with its JSON. Empty where it cannot be
  /// had any more.
  Optional<String> text(String path);

  /// A few lines of source.
  ///
  /// @param firstLine the number that people know the first line by: in the file, or for a notebook
  ///   in its cell
  /// @param lines without their ends
  /// @param from where the place begins
  /// @param to where it ends, behind its last character
  record Excerpt(int firstLine, List<String> lines, Mark from, Mark to) {
    public Excerpt {
      lines = List.copyOf(lines);
      if (from.compareTo(to) > 0 || !from.isIn(lines) || !to.isIn(lines)) {
        throw new IllegalArgumentException(from + " to " + to + " in " + lines.size() + " lines");
      }
    }

    /// The text of the place itself, its lines joined by `\n`.
    public String marked() {
      if (from.line() == to.line()) {
        return lines.get(from.line()).substring(from.column(), to.column());
      }
      StringBuilder text = new StringBuilder(lines.get(from.line()).substring(from.column()));
      for (int line = from.line() + 1; line < to.line(); line++) {
        text.append('\n').append(lines.get(line));
      }
      return text.append('\n').append(lines.get(to.line()), 0, to.column()).toString();
    }
  }

  /// A position in an excerpt.
  ///
  /// @param line index in its lines
  /// @param column index in that line, in UTF-16 code units; the line's length at its end
  record Mark(int line, int column) implements Comparable<Mark> {
    @Override
    public int compareTo(Mark other) {
      return line != other.line
          ? Integer.compare(line, other.line)
          : Integer.compare(column, other.column);
    }

    private boolean isIn(List<String> lines) {
      return line >= 0 && line < lines.size() && column >= 0 && column <= lines.get(line).length();
    }
  }
}
