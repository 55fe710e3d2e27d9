package io.loadlock.artifact.tree;

import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.io.InputStream;

/// A source from its beginning on, for libraries that read streams.
final class SourceStream extends InputStream {
  private final ByteSource source;
  private long position;

  SourceStream(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int count = (int) Math.min(length, source.size() - position);
    if (count <= 0) {
      return -1;
    }
    source.read(position, target, from, count);
    position += count;
    return count;
  }
}
