package io.loadlock.artifact.compressed.zstd;

import java.io.IOException;

/// Bits from the end of a stretch of bytes to its beginning (RFC 8878 §4.1.1): the highest set bit
/// of the last byte only marks where they start. Bits in front of the beginning are zeros.
final class BackwardBits {
  private final byte[] bytes;
  private final int start;

  /// Bits left; negative when more were taken than there are.
  private long left;

  BackwardBits(byte[] bytes, int start, int end) throws IOException {
    if (end <= start || bytes[end - 1] == 0) {
      throw new IOException("bit stream without an end mark");
    }
    this.bytes = bytes;
    this.start = start;
    int last = bytes[end - 1] & 0xFF;
    this.left = 8L * (end - 1 - start) + (31 - Integer.numberOfLeadingZeros(last));
  }

  /// `count` bits, at most 32, the first of them the highest.
  long take(int count) {
    long value = 0;
    left -= count;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 1 | bit(left + i);
    }
    return value;
  }

  private int bit(long index) {
    return index < 0 ? 0 : bytes[start + (int) (index >> 3)] >> (int) (index & 7) & 1;
  }

  boolean overrun() {
    return left < 0;
  }

  long left() {
    return left;
  }
}
