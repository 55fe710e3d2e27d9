package io.loadlock.python.notebook;

import java.util.function.IntConsumer;

/// Bytes that are not UTF-8, made harmless where they stand.
final class Utf8 {
  private Utf8() {}

  /// Whether a byte order mark comes first.
  static boolean hasMark(byte[] bytes) {
    return bytes.length > 2
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /// `bytes` itself where it is UTF-8; else a copy of the same length with `?` in the place of each
  /// byte that belongs to no character.
  ///
  /// @param first is told the offset of the first such byte
  static byte[] repaired(byte[] bytes, IntConsumer first) {
    byte[] text = bytes;
    boolean damaged = false;
    int i = 0;
    while (i < bytes.length) {
      if (bytes[i] >= 0) {
        i++;
        continue;
      }
      int length = length(bytes, i);
      if (length > 0) {
        i += length;
        continue;
      }
      if (!damaged) {
        damaged = true;
        first.accept(i);
        text = bytes.clone();
      }
      text[i++] = '?';
    }
    return text;
  }

  /// Of the character beyond ASCII that begins at `at` (Unicode 16, table 3-7); 0 where none does.
  private static int length(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    int length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || at + length > bytes.length) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean excluded =
        switch (lead) {
          case 0xE0 -> second < 0xA0;
          case 0xED -> second > 0x9F;
          case 0xF0 -> second < 0x90;
          case 0xF4 -> second > 0x8F;
          default -> false;
        };
    return excluded ? 0 : length;
  }
}
