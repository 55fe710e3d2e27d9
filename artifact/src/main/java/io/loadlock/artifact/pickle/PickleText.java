package io.loadlock.artifact.pickle;

import io.loadlock.core.MalformedException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// The textual operands, read as `Modules/_pickle.c` reads them.
final class PickleText {
  /// CPython refuses longer decimal integers since 3.11 (`sys.int_info.default_max_str_digits`).
  private static final int DIGITS = 4300;

  private PickleText() {}

  /// `utf-8` with `surrogatepass`.
  static String utf8(byte[] bytes, long offset) throws MalformedException {
    for (byte one : bytes) {
      if (one < 0) {
        return decode(bytes, offset);
      }
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String decode(byte[] bytes, long offset) throws MalformedException {
    StringBuilder text = new StringBuilder(bytes.length);
    int i = 0;
    while (i < bytes.length) {
      int lead = bytes[i] & 0xff;
      int length =
          lead < 0x80
              ? 1
              : lead >= 0xc2 && lead < 0xe0
                  ? 2
                  : lead >= 0xe0 && lead < 0xf0 ? 3 : lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
      if (length == 0 || i + length > bytes.length) {
        throw new MalformedException("text is not UTF-8", offset + i);
      }
      int point = length == 1 ? lead : lead & (0xff >> (length + 1));
      for (int k = 1; k < length; k++) {
        int next = bytes[i + k] & 0xff;
        if ((next & 0xc0) != 0x80) {
          throw new MalformedException("text is not UTF-8", offset + i);
        }
        point = point << 6 | next & 0x3f;
      }
      boolean overlong =
          length == 3 && point < 0x800 || length == 4 && (point < 0x10000 || point > 0x10ffff);
      if (overlong) {
        throw new MalformedException("text is not UTF-8", offset + i);
      }
      text.appendCodePoint(point);
      i += length;
    }
    return text.toString();
  }

  /// `raw-unicode-escape`.
  static String rawUnicodeEscape(byte[] line, long offset) throws MalformedException {
    String latin = new String(line, StandardCharsets.ISO_8859_1);
    if (latin.indexOf('\\') < 0) {
      return latin;
    }
    StringBuilder text = new StringBuilder(latin.length());
    int i = 0;
    while (i < latin.length()) {
      char c = latin.charAt(i);
      int backslashes = 0;
      while (i + backslashes < latin.length() && latin.charAt(i + backslashes) == '\\') {
        backslashes++;
      }
      if (backslashes == 0) {
        text.append(c);
        i++;
        continue;
      }
      int next = i + backslashes;
      char kind = next < latin.length() ? latin.charAt(next) : ' ';
      if (backslashes % 2 == 0 || kind != 'u' && kind != 'U') {
        text.append(latin, i, next);
        i = next;
        continue;
      }
      text.append(latin, i, next - 1);
      int digits = kind == 'u' ? 4 : 8;
      int point = next + 1 + digits <= latin.length() ? hex(latin, next + 1, digits) : -1;
      if (point < 0 || point > 0x10ffff) {
        throw new MalformedException("a unicode escape is cut off or not hexadecimal", offset + i);
      }
      text.appendCodePoint(point);
      i = next + 1 + digits;
    }
    return text.toString();
  }

  private static int hex(String text, int from, int digits) {
    int value = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0 || text.charAt(i) > 'f' || value > 0xfffffff) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  /// STRING: a quoted literal with Python 2's escapes.
  static String quoted(byte[] line, long offset) throws MalformedException {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    int length = text.length();
    char quote = length == 0 ? ' ' : text.charAt(0);
    if (length < 2 || quote != text.charAt(length - 1) || quote != '\'' && quote != '"') {
      throw new MalformedException("the STRING opcode argument must be quoted", offset);
    }
    String body = text.substring(1, length - 1);
    return body.indexOf('\\') < 0 ? body : unescape(body, offset);
  }

  private static String unescape(String body, long offset) throws MalformedException {
    StringBuilder out = new StringBuilder(body.length());
    int i = 0;
    while (i < body.length()) {
      char c = body.charAt(i++);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      if (i == body.length()) {
        throw new MalformedException("a string ends in a backslash", offset + i);
      }
      char kind = body.charAt(i++);
      switch (kind) {
        case '\n' -> {}
        case '\\', '\'', '"' -> out.append(kind);
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 't' -> out.append('\t');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 'v' -> out.append('\013');
        case 'a' -> out.append('\007');
        case '0', '1', '2', '3', '4', '5', '6', '7' -> {
          int value = kind - '0';
          for (int k = 0;
              k < 2 && i < body.length() && body.charAt(i) >= '0' && body.charAt(i) <= '7';
              k++) {
            value = value * 8 + body.charAt(i++) - '0';
          }
          out.append((char) (value & 0xff));
        }
        case 'x' -> {
          int value = i + 2 <= body.length() ? hex(body, i, 2) : -1;
          if (value < 0) {
            throw new MalformedException("a hexadecimal escape is cut off", offset + i);
          }
          out.append((char) value);
          i += 2;
        }
        default -> out.append('\\').append(kind);
      }
    }
    return out.toString();
  }

  /// INT: `00` and `01` are booleans; else C's `strtol` with base 0, then `PyLong_FromString` with
  /// base 0.
  static Value integer(byte[] line, long offset) throws MalformedException {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    if (text.equals("00") || text.equals("01")) {
      return new Value.Bool(text.equals("01"));
    }
    return number(text, true, offset);
  }

  /// LONG: `PyLong_FromString` with base 0 once the trailing `L` is gone.
  static Value longInteger(byte[] line, long offset) throws MalformedException {
    String text = new String(line, StandardCharsets.ISO_8859_1);
    return number(text.endsWith("L") ? text.substring(0, text.length() - 1) : text, false, offset);
  }

  /// Whether `pickle.py`, whose `int(text, 0)` knows no octal by a leading zero, refuses what C
  /// reads.
  static boolean onlyC(byte[] line) {
    String text = new String(line, StandardCharsets.ISO_8859_1).strip();
    int first = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    return text.length() > first + 1
        && text.charAt(first) == '0'
        && Character.isDigit(text.charAt(first + 1))
        && !text.equals("00")
        && !text.equals("01")
        && text.chars().skip(first).anyMatch(c -> c != '0');
  }

  /// A memo key: base 10, blanks and sign as `int` takes them.
  static long memoKey(byte[] line, long offset) throws MalformedException {
    String text = new String(line, StandardCharsets.ISO_8859_1).strip().replace("_", "");
    try {
      BigInteger key = new BigInteger(text.startsWith("+") ? text.substring(1) : text);
      return key.signum() < 0 || key.bitLength() > 62 ? -1 : key.longValue();
    } catch (NumberFormatException e) {
      throw new MalformedException("a memo key is not a decimal number", offset);
    }
  }

  private static Value number(String raw, boolean octal, long offset) throws MalformedException {
    String text = raw.strip().toLowerCase(Locale.ROOT);
    boolean negative = text.startsWith("-");
    String digits = negative || text.startsWith("+") ? text.substring(1) : text;
    int base = 10;
    if (digits.startsWith("0x") || digits.startsWith("0o") || digits.startsWith("0b")) {
      base = digits.charAt(1) == 'x' ? 16 : digits.charAt(1) == 'o' ? 8 : 2;
      digits = digits.substring(2);
    } else if (octal && digits.length() > 1 && digits.startsWith("0") && digits.indexOf('_') < 0) {
      base = 8;
    }
    digits = digits.replace("_", "");
    if (base == 10 && digits.length() > DIGITS || digits.length() > 1 << 20) {
      return new Value.Unknown("an integer of " + digits.length() + " digits");
    }
    if (digits.isEmpty() || digits.charAt(0) == '-' || digits.charAt(0) == '+') {
      throw new MalformedException("not an integer: " + Decompiler.quote(raw), offset);
    }
    try {
      if (digits.length() < 16) {
        long value = Long.parseLong(digits, base);
        return new Value.Int(negative ? -value : value);
      }
      BigInteger value = new BigInteger(digits, base);
      return of(negative ? value.negate() : value);
    } catch (NumberFormatException e) {
      throw new MalformedException("not an integer: " + Decompiler.quote(raw), offset);
    }
  }

  static Value of(BigInteger value) {
    return value.bitLength() < 64 ? new Value.Int(value.longValue()) : new Value.BigInt(value);
  }

  /// FLOAT: `PyOS_string_to_double`.
  static Value floating(byte[] line, long offset) throws MalformedException {
    String text = new String(line, StandardCharsets.ISO_8859_1).strip().toLowerCase(Locale.ROOT);
    String body = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    double sign = text.startsWith("-") ? -1 : 1;
    if (body.equals("inf") || body.equals("infinity")) {
      return new Value.Float(sign * Double.POSITIVE_INFINITY);
    }
    if (body.equals("nan")) {
      return new Value.Float(Double.NaN);
    }
    boolean python =
        !body.isEmpty()
            && body.chars().allMatch(c -> c >= '0' && c <= '9' || ".e+-_".indexOf(c) >= 0);
    try {
      if (python && body.length() < 4096) {
        return new Value.Float(sign * Double.parseDouble(body.replace("_", "")));
      }
    } catch (NumberFormatException e) {
      // Reported below, as for every other wrong spelling.
    }
    throw new MalformedException("not a float: " + Decompiler.quote(text), offset);
  }
}
