package io.loadlock.artifact.sevenzip;

import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// A source as the channel that commons-compress wants.
final class SourceChannel implements SeekableByteChannel {
  private final ByteSource source;
  private long position;

  SourceChannel(ByteSource source) {
    this.source = source;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int count = (int) Math.min(target.remaining(), source.size() - position);
    if (count <= 0) {
      return target.hasRemaining() ? -1 : 0;
    }
    byte[] bytes = source.bytes(position, count);
    target.put(bytes);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer bytes) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long target) throws IOException {
    if (target < 0) {
      throw new IOException("position " + target);
    }
    position = target;
    return this;
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public SeekableByteChannel truncate(long size) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return true;
  }

  @Override
  public void close() {}
}
