package io.loadlock.report;

import io.loadlock.report.Excerpts.Excerpt;
import java.util.ArrayList;
import java.util.List;

/// An excerpt drawn in columns, with carets below the marked characters. Of a call over several
/// lines the first and the last are shown.
///
/// @param number the line's number; empty for a line of carets or for left-out lines
/// @param carets whether this is a line of carets
record Snippet(String number, String text, boolean carets) {
  /// Columns of source shown of one line; a longer one is cut around its mark.
  private static final int WIDEST = 120;

  /// Marked lines up to which all are shown.
  private static final int ALL = 3;

  static List<Snippet> of(Excerpt excerpt) {
    List<Snippet> drawn = new ArrayList<>();
    int from = excerpt.from().line();
    int to = excerpt.to().line();
    for (int line = 0; line < excerpt.lines().size(); line++) {
      boolean hidden = to - from >= ALL && line > from && line < to;
      if (!hidden) {
        draw(excerpt, line, drawn);
      } else if (line == from + 1) {
        drawn.add(new Snippet("⋮", "", false));
      }
    }
    return drawn;
  }

  private static void draw(Excerpt excerpt, int line, List<Snippet> drawn) {
    String source = excerpt.lines().get(line);
    Laid laid = Laid.of(source);
    boolean marked = line == excerpt.from().line() || line == excerpt.to().line();
    int begin = line == excerpt.from().line() ? excerpt.from().column() : indent(source);
    int end = line == excerpt.to().line() ? excerpt.to().column() : source.stripTrailing().length();
    int left = laid.columns()[begin];
    int right = Math.max(laid.columns()[Math.max(begin, end)], left + 1);
    int first =
        marked && right > WIDEST ? Math.max(0, Math.min(left - 20, laid.width() - WIDEST)) : 0;
    drawn.add(
        new Snippet(
            Integer.toString(excerpt.firstLine() + line),
            laid.window(first, first + WIDEST).stripTrailing(),
            false));
    if (marked) {
      int shift = first > 0 ? 1 - first : 0;
      int last = Math.min(right, first + WIDEST);
      drawn.add(new Snippet("", " ".repeat(left + shift) + "^".repeat(last - left), true));
    }
  }

  private static int indent(String source) {
    return source.length() - source.stripLeading().length();
  }
}
