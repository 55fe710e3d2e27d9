package io.loadlock.artifact.onnx;

import java.util.List;

/// Numbers of a packed repeated field.
final class Packed {
  private Packed() {}

  /// Adds the varints in `bytes` to `numbers`; a cut one at the end is dropped.
  static void varints(byte[] bytes, List<Long> numbers) {
    long value = 0;
    int shift = 0;
    for (byte b : bytes) {
      if (shift < 64) {
        value |= (long) (b & 0x7F) << shift;
      }
      shift += 7;
      if (b >= 0) {
        numbers.add(value);
        value = 0;
        shift = 0;
      }
    }
  }
}
