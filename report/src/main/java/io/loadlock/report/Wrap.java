package io.loadlock.report;

import java.util.ArrayList;
import java.util.List;

/// Prose broken at blanks.
final class Wrap {
  /// Longer lines of prose are hard to read, however wide the terminal.
  static final int WIDEST = 100;

  private Wrap() {}

  /// Lines of at most `width` columns, unless a single word is longer. Colour sequences take none.
  ///
  /// @param first what the first line begins with
  /// @param rest what every other line begins with
  static List<String> at(int width, String first, String rest, String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(first);
    int column = width(first);
    boolean empty = true;
    for (String word : text.split(" ", -1)) {
      int length = width(word);
      if (!empty && column + 1 + length > width) {
        lines.add(line.toString());
        line = new StringBuilder(rest);
        column = width(rest);
        empty = true;
      }
      if (!empty) {
        line.append(' ');
        column++;
      }
      line.append(word);
      column += length;
      empty = false;
    }
    lines.add(line.toString());
    return lines;
  }

  /// Columns of printable text between colour sequences, `ESC [ … m`.
  private static int width(String text) {
    int columns = 0;
    int at = 0;
    while (at < text.length()) {
      int escape = text.indexOf('\u001b', at);
      int end = escape < 0 ? text.length() : escape;
      columns += Laid.width(text.substring(at, end));
      at = escape < 0 ? end : text.indexOf('m', escape) + 1;
    }
    return columns;
  }
}
