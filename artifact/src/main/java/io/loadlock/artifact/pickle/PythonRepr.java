package io.loadlock.artifact.pickle;

import java.math.BigDecimal;
import java.math.MathContext;

/// `repr` of CPython's `str`, `bytes` and `float`.
final class PythonRepr {
  private PythonRepr() {}

  static String text(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    int i = 0;
    while (i < text.length()) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point == quote || point == '\\') {
        out.append('\\').append((char) point);
      } else if (!escape(out, point)) {
        out.appendCodePoint(point);
      }
    }
    return out.append(quote).toString();
  }

  private static boolean escape(StringBuilder out, int point) {
    switch (point) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (printable(point)) {
          return false;
        }
        out.append(
            point < 0x100
                ? "\\x%02x".formatted(point)
                : point < 0x10000 ? "\\u%04x".formatted(point) : "\\U%08x".formatted(point));
      }
    }
    return true;
  }

  /// `str.isprintable` of one character.
  private static boolean printable(int point) {
    if (point < 0x7f) {
      return point >= ' ';
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> true;
    };
  }

  static String bytes(byte[] bytes, boolean mutable) {
    boolean single = false;
    boolean twice = false;
    for (byte one : bytes) {
      single |= one == '\'';
      twice |= one == '"';
    }
    char quote = single && !twice ? '"' : '\'';
    StringBuilder out = new StringBuilder(bytes.length + 3);
    out.append(mutable ? "bytearray(b" : "b").append(quote);
    for (byte one : bytes) {
      int c = one & 0xff;
      if (c == quote || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c == '\n' || c == '\r' || c == '\t') {
        out.append(c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t");
      } else if (c >= ' ' && c < 0x7f) {
        out.append((char) c);
      } else {
        out.append("\\x%02x".formatted(c));
      }
    }
    return out.append(quote).append(mutable ? ")" : "").toString();
  }

  /// The shortest digits that give the number back, with an exponent below 1e-4 and from 1e16 on.
  static String floating(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(number);
    if (size == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    if (exact.precision() == 2) {
      // Java always prints two digits, even where one would do: 4.9E-324 is Python's 5e-324.
      BigDecimal one = exact.round(new MathContext(1));
      exact = one.doubleValue() == number ? one.stripTrailingZeros() : exact;
    }
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = exact.toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    String digits = exact.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return (number < 0 ? "-" : "")
        + mantissa
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
