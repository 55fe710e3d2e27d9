package io.loadlock.artifact.zip;

/// APPNOTE 4.5: extra fields, each an id u16, a length u16 and that many bytes.
final class Extra {
  private static final int ZIP64 = 1;

  private Extra() {}

  record Sizes(long size, long packed, long header) {}

  /// APPNOTE 4.5.3: the 64-bit values, of which only those are there whose 32-bit field is all
  /// ones. A field that is cut leaves the 32-bit value.
  static Sizes zip64(byte[] extra, long size, long packed, long header) {
    int at = find(extra, ZIP64);
    if (at < 0) {
      return new Sizes(size, packed, header);
    }
    int end = Math.min(extra.length, at + 4 + u16(extra, at + 2));
    int next = at + 4;
    long[] values = {size, packed, header};
    for (int i = 0; i < values.length; i++) {
      if (values[i] == 0xFFFFFFFFL && next + 8 <= end) {
        values[i] = i64(extra, next);
        next += 8;
      }
    }
    return new Sizes(values[0], values[1], values[2]);
  }

  private static int find(byte[] extra, int id) {
    int at = 0;
    while (at + 4 <= extra.length) {
      if (u16(extra, at) == id) {
        return at;
      }
      at += 4 + u16(extra, at + 2);
    }
    return -1;
  }

  private static int u16(byte[] bytes, int at) {
    return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
  }

  private static long i64(byte[] bytes, int at) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | bytes[at + i] & 0xFF;
    }
    return value;
  }
}
