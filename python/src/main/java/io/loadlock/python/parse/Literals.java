package io.loadlock.python.parse;

import java.nio.charset.StandardCharsets;

/// String literals to the text they stand for (Python reference §2.4.1.1).
final class Literals {
  private Literals() {}

  static boolean isBytes(byte[] text, int start, int end) {
    for (int i = start; i < end && text[i] != '"' && text[i] != '\''; i++) {
      if ((text[i] | 0x20) == 'b') {
        return true;
      }
    }
    return false;
  }

  /// The value of the literal token between `start` and `end`; `escaped` when there is a backslash
  /// in it.
  static String value(byte[] text, int start, int end, boolean escaped) {
    int quotes = start;
    boolean raw = false;
    while (text[quotes] != '"' && text[quotes] != '\'') {
      raw |= (text[quotes] | 0x20) == 'r';
      quotes++;
    }
    boolean bytes = isBytes(text, start, end);
    int width = tripleAt(text, quotes, end) ? 3 : 1;
    int from = quotes + width;
    int to = closedAt(text, from, end, text[quotes], width) ? end - width : end;
    if (escaped && !raw) {
      return unescape(text, from, to, bytes);
    }
    String plain = new String(text, from, to - from, StandardCharsets.UTF_8);
    return plain.indexOf('\r') < 0 ? plain : plain.replace("\r\n", "\n").replace('\r', '\n');
  }

  /// A stretch between the fields of an f-string, where doubled braces stand for single ones.
  static String middle(byte[] text, int start, int end, boolean raw) {
    String value =
        raw
            ? new String(text, start, end - start, StandardCharsets.UTF_8)
            : unescape(text, start, end, false);
    return value.indexOf('{') < 0 && value.indexOf('}') < 0
        ? value
        : value.replace("{{", "{").replace("}}", "}");
  }

  private static boolean tripleAt(byte[] text, int at, int end) {
    return at + 2 < end && text[at + 1] == text[at] && text[at + 2] == text[at];
  }

  private static boolean closedAt(byte[] text, int from, int end, byte quote, int width) {
    if (end - width < from) {
      return false;
    }
    for (int i = 1; i <= width; i++) {
      if (text[end - i] != quote) {
        return false;
      }
    }
    return true;
  }

  private static String unescape(byte[] text, int from, int to, boolean bytes) {
    StringBuilder value = new StringBuilder(to - from);
    int i = from;
    while (i < to) {
      int run = i;
      while (i < to && text[i] != '\\' && text[i] != '\r') {
        i++;
      }
      if (i > run) {
        value.append(new String(text, run, i - run, StandardCharsets.UTF_8));
      }
      if (i >= to) {
        break;
      }
      if (text[i] == '\r') {
        value.append('\n');
        i += i + 1 < to && text[i + 1] == '\n' ? 2 : 1;
      } else {
        i = escape(text, i + 1, to, bytes, value);
      }
    }
    return value.toString();
  }

  /// Appends what the escape means whose letter is at `at`, and gives the byte behind it.
  private static int escape(byte[] text, int at, int to, boolean bytes, StringBuilder value) {
    if (at >= to) {
      value.append('\\');
      return at;
    }
    byte b = text[at];
    switch (b) {
      case '\n' -> {}
      case '\r' -> {
        return at + 1 < to && text[at + 1] == '\n' ? at + 2 : at + 1;
      }
      case '\\', '\'', '"' -> value.append((char) b);
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000b');
      case 'x' -> {
        return number(text, at, to, 2, value);
      }
      case 'u' -> {
        return bytes ? keep(b, at, value) : number(text, at, to, 4, value);
      }
      case 'U' -> {
        return bytes ? keep(b, at, value) : number(text, at, to, 8, value);
      }
      case 'N' -> {
        return bytes ? keep(b, at, value) : named(text, at, to, value);
      }
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        return octal(text, at, to, value);
      }
      default -> {
        return keep(b, at, value);
      }
    }
    return at + 1;
  }

  /// An unknown escape stands for itself, backslash and all. A character beyond ASCII follows with
  /// the next run.
  private static int keep(byte b, int at, StringBuilder value) {
    value.append('\\');
    if (b < 0) {
      return at;
    }
    value.append((char) b);
    return at + 1;
  }

  private static int number(byte[] text, int at, int to, int digits, StringBuilder value) {
    int code = 0;
    int i = at + 1;
    for (; i < to && i <= at + digits; i++) {
      int digit = Character.digit(text[i], 16);
      if (digit < 0) {
        break;
      }
      code = code << 4 | digit;
    }
    if (i != at + 1 + digits || !Character.isValidCodePoint(code)) {
      return keep(text[at], at, value);
    }
    value.appendCodePoint(code);
    return i;
  }

  private static int octal(byte[] text, int at, int to, StringBuilder value) {
    int code = 0;
    int i = at;
    while (i < to && i < at + 3 && text[i] >= '0' && text[i] <= '7') {
      code = code << 3 | text[i++] - '0';
    }
    value.append((char) code);
    return i;
  }

  private static int named(byte[] text, int at, int to, StringBuilder value) {
    int close = at + 1;
    while (close < to && text[close] != '}') {
      close++;
    }
    if (at + 1 >= to || text[at + 1] != '{' || close == to) {
      return keep(text[at], at, value);
    }
    String name = new String(text, at + 2, close - at - 2, StandardCharsets.ISO_8859_1);
    try {
      value.appendCodePoint(Character.codePointOf(name));
    } catch (IllegalArgumentException _) {
      value.append('\uFFFD');
    }
    return close + 1;
  }
}
