package io.loadlock.python.filter;

import java.util.Arrays;

/// Characters beyond ASCII that NFKC turns into ASCII letters, digits or underscores, so that an
/// identifier written with them is another one for Python (PEP 3131). A test compares the table
/// with the JDK's normalizer.
final class Folding {
  /// First and last of each range; a few characters that fold to nothing of the kind are in them.
  private static final int[] RANGES = {
    0x00AA, 0x00AA, 0x00BA, 0x00BA, 0x0132, 0x0133, 0x017F, 0x017F, 0x01C7, 0x01CC, 0x01F1, 0x01F3,
    0x02B0, 0x02B8, 0x02E1, 0x02E3, 0x1D2C, 0x1D65, 0x1D9C, 0x1DBB, 0x2071, 0x2071, 0x207F, 0x207F,
    0x2090, 0x209C, 0x2102, 0x2102, 0x210A, 0x2115, 0x2119, 0x211D, 0x2124, 0x2124, 0x2128, 0x2134,
    0x2139, 0x2139, 0x2145, 0x2149, 0x2160, 0x217F, 0x2C7C, 0x2C7D, 0xA7F2, 0xA7F4, 0xFB00, 0xFB06,
    0xFE33, 0xFE34, 0xFE4D, 0xFE4F, 0xFF10, 0xFF19, 0xFF21, 0xFF3A, 0xFF3F, 0xFF3F, 0xFF41, 0xFF5A,
    0x10780, 0x107BF, 0x1CCF0, 0x1CCF9, 0x1D400, 0x1D7FF, 0x1FBF0, 0x1FBF9,
  };

  private Folding() {}

  /// Whether NFKC may turn `character` into ASCII.
  static boolean folds(int character) {
    int index = Arrays.binarySearch(RANGES, character);
    return index >= 0 || (-index - 1) % 2 == 1;
  }

  /// The same of the UTF-8 character that begins at `at`; false within one, or where there is none.
  static boolean foldsToAscii(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0xC2 || lead >= 0xE3 && lead < 0xEA || lead > 0xF0) {
      return false;
    }
    int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (at + length > bytes.length) {
      return false;
    }
    int character = lead & 0xFF >> length + 1;
    for (int i = 1; i < length; i++) {
      character = character << 6 | bytes[at + i] & 0x3F;
    }
    return folds(character);
  }
}
