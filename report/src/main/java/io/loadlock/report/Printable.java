package io.loadlock.report;

/// Text from files, made fit to be shown: paths, names inside model files and source lines are
/// written by whoever wrote the files, and a terminal obeys what it is sent.
public final class Printable {
  private Printable() {}

  /// `text` on one line, with everything that moves the cursor, reorders the line or is invisible
  /// written as an escape of Python's, such as `\x1b` and `\u202e`.
  public static String of(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) >= ' ' && text.charAt(at) < 0x7F) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, at);
    text.substring(at).codePoints().forEach(point -> append(out, point));
    return out.toString();
  }

  /// [#of(String)] of at most `most` characters, with `…` where there was more: a payload may be as
  /// long as its author likes.
  static String of(String text, int most) {
    if (text.length() <= most) {
      return of(text);
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return of(text.substring(0, end)) + "…";
  }

  /// Appends one code point, or its escape.
  static void append(StringBuilder out, int point) {
    if (!isHarmful(point)) {
      out.appendCodePoint(point);
      return;
    }
    switch (point) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (point < 0x100) {
          out.append("\\x%02x".formatted(point));
        } else if (point < 0x10000) {
          out.append("\\u%04x".formatted(point));
        } else {
          out.append("\\U%08x".formatted(point));
        }
      }
    }
  }

  /// Controls, line separators, half surrogates, what is assigned to nobody and what is invisible.
  /// The joiners of emoji and of Indic scripts stay.
  static boolean isHarmful(int point) {
    if (point < 0x7F) {
      return point < ' ';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          true;
      case Character.FORMAT -> point != 0x200C && point != 0x200D;
      default -> false;
    };
  }
}
