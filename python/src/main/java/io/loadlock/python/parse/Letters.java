package io.loadlock.python.parse;

/// Where names and numbers end (Python reference §2.3 and §2.4).
final class Letters {
  private static final boolean[] PART = new boolean[128];

  static {
    for (char c = 0; c < 128; c++) {
      PART[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
  }

  private Letters() {}

  /// True for an ASCII byte that a name begins with.
  static boolean startsName(byte b) {
    return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '_';
  }

  static boolean isPart(byte b) {
    return b >= 0 && PART[b];
  }

  /// The first byte from `at` on that is no ASCII letter, digit or underscore.
  static int endOfAsciiName(byte[] text, int at, int limit) {
    int end = at;
    while (end < limit) {
      byte b = text[end];
      if (b < 0 || !PART[b]) {
        break;
      }
      end++;
    }
    return end;
  }

  /// The end of a name of which all before `at` is known to belong to it; `at` itself when nothing
  /// follows. Unicode's XID_Continue is Java's identifier part without the ignorable characters.
  static int endOfName(byte[] text, int at, int limit) {
    int end = at;
    while (end < limit) {
      byte b = text[end];
      if (b >= 0) {
        if (!PART[b]) {
          return end;
        }
        end++;
        continue;
      }
      int length = lengthOfCharacter(text, end, limit);
      int character = character(text, end, length);
      if (!Character.isUnicodeIdentifierPart(character)
          || Character.isIdentifierIgnorable(character)) {
        return end;
      }
      end += length;
    }
    return end;
  }

  /// Bytes of the UTF-8 sequence at `at`; 1 where there is no well-formed one.
  static int lengthOfCharacter(byte[] text, int at, int limit) {
    int lead = text[at] & 0xFF;
    int length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1;
    if (at + length > limit) {
      return 1;
    }
    for (int i = 1; i < length; i++) {
      if ((text[at + i] & 0xC0) != 0x80) {
        return 1;
      }
    }
    return length;
  }

  /// The code point of a UTF-8 sequence; a byte that belongs to none stands for nothing (-1 is no
  /// identifier part).
  private static int character(byte[] text, int at, int length) {
    return switch (length) {
      case 2 -> (text[at] & 0x1F) << 6 | text[at + 1] & 0x3F;
      case 3 -> (text[at] & 0x0F) << 12 | (text[at + 1] & 0x3F) << 6 | text[at + 2] & 0x3F;
      case 4 ->
          (text[at] & 0x07) << 18
              | (text[at + 1] & 0x3F) << 12
              | (text[at + 2] & 0x3F) << 6
              | text[at + 3] & 0x3F;
      default -> text[at] < 0 ? -1 : text[at];
    };
  }

  /// The end of the number at `at`: every form from Python 2's `0777` and `10L` to `1_000.5e-3j`.
  static int endOfNumber(byte[] text, int at, int limit) {
    int end = at;
    if (text[at] == '0' && at + 1 < limit) {
      int base = text[at + 1] | 0x20;
      if (base == 'x' || base == 'o' || base == 'b') {
        end = at + 2;
        while (end < limit && isDigit(text[end], base)) {
          end++;
        }
        return end < limit && (text[end] | 0x20) == 'l' ? end + 1 : end;
      }
    }
    end = digits(text, end, limit);
    if (end < limit && text[end] == '.') {
      end = digits(text, end + 1, limit);
    }
    if (end < limit && (text[end] | 0x20) == 'e') {
      int from = end + 1;
      if (from < limit && (text[from] == '+' || text[from] == '-')) {
        from++;
      }
      int to = digits(text, from, limit);
      end = to > from ? to : end;
    }
    return end < limit && ((text[end] | 0x20) == 'j' || (text[end] | 0x20) == 'l') ? end + 1 : end;
  }

  private static boolean isDigit(byte b, int base) {
    if (b == '_' || b >= '0' && b <= '9') {
      return base != 'b' || b == '_' || b <= '1';
    }
    int lower = b | 0x20;
    return base == 'x' && lower >= 'a' && lower <= 'f';
  }

  private static int digits(byte[] text, int at, int limit) {
    int end = at;
    while (end < limit && (text[end] >= '0' && text[end] <= '9' || text[end] == '_')) {
      end++;
    }
    return end;
  }
}
