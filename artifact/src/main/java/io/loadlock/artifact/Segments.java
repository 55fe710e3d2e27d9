package io.loadlock.artifact;

import io.loadlock.core.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Bytes that lie in pieces, which need not follow one another, with zeros between them where
/// nobody wrote any.
public final class Segments implements ByteSource {
  private static final long NOWHERE = -1;

  private final ByteSource file;
  private final List<long[]> pieces = new ArrayList<>();
  private long size;

  public Segments(ByteSource file) {
    this.file = file;
  }

  /// Zeros that are nowhere in the file.
  public void zeros(long length) {
    add(NOWHERE, length);
  }

  public void add(long offset, long length) {
    pieces.add(new long[] {offset, length});
    size += length;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, byte[] target, int from, int length) throws IOException {
    if (position < 0 || position > size - length) {
      throw new EOFException(length + " bytes at " + position + " of " + size);
    }
    long skip = position;
    int filled = 0;
    for (long[] piece : pieces) {
      if (filled == length) {
        return;
      }
      if (skip >= piece[1]) {
        skip -= piece[1];
        continue;
      }
      int count = (int) Math.min(piece[1] - skip, length - filled);
      if (piece[0] == NOWHERE) {
        Arrays.fill(target, from + filled, from + filled + count, (byte) 0);
      } else {
        file.read(piece[0] + skip, target, from + filled, count);
      }
      filled += count;
      skip = 0;
    }
  }

  @Override
  public void close() {}
}
