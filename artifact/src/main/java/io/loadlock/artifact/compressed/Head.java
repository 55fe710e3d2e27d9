package io.loadlock.artifact.compressed;

import io.loadlock.core.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;

/// The first bytes of a source, without asking for its size: of inflated bytes that would inflate
/// all.
public final class Head {
  private Head() {}

  /// Up to `length` bytes; fewer when there are no more.
  public static byte[] of(ByteSource source, int length) throws IOException {
    byte[] bytes = new byte[length];
    int count = 0;
    int step = length;
    while (step > 0) {
      try {
        source.read(count, bytes, count, Math.min(step, length - count));
        count += Math.min(step, length - count);
        if (count == length) {
          return bytes;
        }
      } catch (EOFException e) {
        step /= 2;
      }
    }
    return Arrays.copyOf(bytes, count);
  }
}
