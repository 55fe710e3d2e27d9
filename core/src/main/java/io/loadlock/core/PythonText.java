package io.loadlock.core;

import java.util.Locale;

/// Text as Python writes it, for code that loadlock makes.
public final class PythonText {
  private PythonText() {}

  /// A literal in double quotes and ASCII, which every release of Python 3 reads as `text`.
  public static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c < 0x20 || c > 0x7E) {
                quoted.append(String.format(Locale.ROOT, "\\U%08x", c));
              } else {
                quoted.appendCodePoint(c);
              }
            });
    return quoted.append('"').toString();
  }
}
