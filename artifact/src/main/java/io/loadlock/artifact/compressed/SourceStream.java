package io.loadlock.artifact.compressed;

import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.io.InputStream;

/// A stretch of a source as the stream that decoders want. Closing it does not close the source.
public final class SourceStream extends InputStream {
  private final ByteSource source;
  private final long end;
  private long position;

  /// @param position of the first byte
  /// @param end behind the last one, at most the source's size
  public SourceStream(ByteSource source, long position, long end) {
    this.source = source;
    this.position = position;
    this.end = end;
  }

  /// Of the next byte, from the start of the source.
  public long position() {
    return position;
  }

  @Override
  public int read() throws IOException {
    if (position >= end) {
      return -1;
    }
    byte[] one = new byte[1];
    source.read(position++, one, 0, 1);
    return one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (position >= end) {
      return -1;
    }
    int count = (int) Math.min(length, end - position);
    source.read(position, target, from, count);
    position += count;
    return count;
  }

  @Override
  public long skip(long count) {
    long skipped = Math.clamp(count, 0, end - position);
    position += skipped;
    return skipped;
  }

  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, end - position);
  }
}
