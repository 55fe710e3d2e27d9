package io.loadlock.fix;

import java.nio.charset.StandardCharsets;

/// Lines of the text that was parsed.
final class Lines {
  private Lines() {}

  /// Offset of the first byte of the line that `offset` is in.
  static int start(byte[] text, int offset) {
    int at = offset;
    while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r') {
      at--;
    }
    return at;
  }

  /// Offset behind the line end of the line that `offset` is in, or the end of the text.
  static int end(byte[] text, int offset) {
    int at = offset;
    while (at < text.length && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
    if (at + 1 < text.length && text[at] == '\r' && text[at + 1] == '\n') {
      at++;
    }
    return Math.min(at + 1, text.length);
  }

  /// The blanks and tabs that the line of `offset` begins with.
  static String indentation(byte[] text, int offset) {
    int start = start(text, offset);
    int at = start;
    while (at < text.length && (text[at] == ' ' || text[at] == '\t' || text[at] == '\f')) {
      at++;
    }
    return new String(text, start, at - start, StandardCharsets.US_ASCII);
  }

  /// Whether only blanks stand before `offset` in its line.
  static boolean isFirst(byte[] text, int offset) {
    return start(text, offset) + indentation(text, offset).length() == offset;
  }

  /// `\r\n`, `\r` or `\n`: what the text ends its first line with; `\n` for one line.
  static String separator(byte[] text) {
    int end = end(text, 0);
    if (end >= 2 && text[end - 2] == '\r') {
      return "\r\n";
    }
    return end >= 1 && text[end - 1] == '\r' ? "\r" : "\n";
  }
}
