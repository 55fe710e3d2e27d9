package io.loadlock.report;

/// A line of source laid out in columns of a terminal.
///
/// @param text what is printed: tabs expanded, harmful characters escaped
/// @param columns for each UTF-16 index of the source line, and for its end, the column from 0 at
///   which it stands
@SuppressWarnings("ArrayRecordComponent") // never compared
record Laid(String text, int[] columns) {
  private static final int TAB = 4;

  /// Beginnings and ends of the ranges of code points that take two columns: East Asian Wide and
  /// Fullwidth of UAX #11, which is also what emoji are.
  private static final int[] WIDE = {
    0x1100, 0x115F, 0x231A, 0x231B, 0x2329, 0x232A, 0x23E9, 0x23EC, 0x23F0, 0x23F0, 0x23F3, 0x23F3,
    0x25FD, 0x25FE, 0x2614, 0x2615, 0x2648, 0x2653, 0x267F, 0x267F, 0x2693, 0x2693, 0x26A1, 0x26A1,
    0x26AA, 0x26AB, 0x26BD, 0x26BE, 0x26C4, 0x26C5, 0x26CE, 0x26CE, 0x26D4, 0x26D4, 0x26EA, 0x26EA,
    0x26F2, 0x26F3, 0x26F5, 0x26F5, 0x26FA, 0x26FA, 0x26FD, 0x26FD, 0x2705, 0x2705, 0x270A, 0x270B,
    0x2728, 0x2728, 0x274C, 0x274C, 0x274E, 0x274E, 0x2753, 0x2755, 0x2757, 0x2757, 0x2795, 0x2797,
    0x27B0, 0x27B0, 0x27BF, 0x27BF, 0x2B1B, 0x2B1C, 0x2B50, 0x2B50, 0x2B55, 0x2B55, 0x2E80, 0x303E,
    0x3041, 0x3247, 0x3250, 0x4DBF, 0x4E00, 0xA4CF, 0xA960, 0xA97C, 0xAC00, 0xD7A3, 0xF900, 0xFAFF,
    0xFE10, 0xFE19, 0xFE30, 0xFE6B, 0xFF01, 0xFF60, 0xFFE0, 0xFFE6, 0x16FE0, 0x16FE4, 0x16FF0,
    0x16FF1, 0x17000, 0x18D08, 0x1AFF0, 0x1B2FF, 0x1F004, 0x1F004, 0x1F0CF, 0x1F0CF, 0x1F18E,
    0x1F18E, 0x1F191, 0x1F19A, 0x1F200, 0x1F320, 0x1F32D, 0x1F335, 0x1F337, 0x1F37C, 0x1F37E,
    0x1F393, 0x1F3A0, 0x1F3CA, 0x1F3CF, 0x1F3D3, 0x1F3E0, 0x1F3F0, 0x1F3F4, 0x1F3F4, 0x1F3F8,
    0x1F43E, 0x1F440, 0x1F440, 0x1F442, 0x1F4FC, 0x1F4FF, 0x1F53D, 0x1F54B, 0x1F54E, 0x1F550,
    0x1F567, 0x1F57A, 0x1F57A, 0x1F595, 0x1F596, 0x1F5A4, 0x1F5A4, 0x1F5FB, 0x1F64F, 0x1F680,
    0x1F6C5, 0x1F6CC, 0x1F6CC, 0x1F6D0, 0x1F6D2, 0x1F6D5, 0x1F6D7, 0x1F6DC, 0x1F6DF, 0x1F6EB,
    0x1F6EC, 0x1F6F4, 0x1F6FC, 0x1F7E0, 0x1F7EB, 0x1F7F0, 0x1F7F0, 0x1F90C, 0x1F93A, 0x1F93C,
    0x1F945, 0x1F947, 0x1F9FF, 0x1FA70, 0x1FAFF, 0x20000, 0x2FFFD, 0x30000, 0x3FFFD
  };

  static Laid of(String line) {
    StringBuilder out = new StringBuilder(line.length() + 16);
    int[] columns = new int[line.length() + 1];
    int column = 0;
    for (int at = 0; at < line.length(); ) {
      int point = line.codePointAt(at);
      int length = Character.charCount(point);
      for (int unit = 0; unit < length; unit++) {
        columns[at + unit] = column;
      }
      int printed = out.length();
      if (point == '\t') {
        out.repeat(' ', TAB - column % TAB);
        column += out.length() - printed;
      } else if (Printable.isHarmful(point)) {
        Printable.append(out, point);
        column += out.length() - printed;
      } else {
        out.appendCodePoint(point);
        column += width(point);
      }
      at += length;
    }
    columns[line.length()] = column;
    return new Laid(out.toString(), columns);
  }

  int width() {
    return columns[columns.length - 1];
  }

  /// Columns that printable `text` takes.
  static int width(String text) {
    return text.codePoints().map(Laid::width).sum();
  }

  /// Columns that one printable code point takes: 0, 1 or 2.
  static int width(int point) {
    if (point < 0x300) {
      return 1;
    }
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    for (int range = 0; range < WIDE.length && WIDE[range] <= point; range += 2) {
      if (point <= WIDE[range + 1]) {
        return 2;
      }
    }
    return 1;
  }

  /// The part of [#text] between two columns, with `…` where something is cut.
  String window(int from, int to) {
    if (from <= 0 && to >= width()) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      int next = column + width(point);
      if (column >= from && next <= to) {
        out.appendCodePoint(point);
      }
      column = next;
      at += Character.charCount(point);
    }
    return (from > 0 ? "…" : "") + out + (to < width() ? "…" : "");
  }
}
