package io.loadlock.artifact.bytes;

import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A position over a byte source, read through a window of 16 KiB. Little-endian unless told
/// otherwise. Whatever would reach behind the end is a [MalformedException] at the position where
/// it was tried.
public final class Cursor {
  private static final int WINDOW = 16 << 10;

  private final ByteSource source;
  private final long size;
  private final byte[] window = new byte[WINDOW];
  private long windowStart;
  private int windowLength;
  private long position;
  private boolean bigEndian;

  public Cursor(ByteSource source) {
    this.source = source;
    this.size = source.size();
  }

  public Cursor bigEndian(boolean big) {
    bigEndian = big;
    return this;
  }

  public long position() {
    return position;
  }

  public long size() {
    return size;
  }

  public long remaining() {
    return size - position;
  }

  public boolean atEnd() {
    return position >= size;
  }

  /// Moves anywhere from 0 to the end.
  public Cursor seek(long target) throws MalformedException {
    if (target < 0 || target > size) {
      throw new MalformedException(
          "points to byte " + Long.toUnsignedString(target) + " of " + size, position);
    }
    position = target;
    return this;
  }

  public void skip(long count) throws MalformedException {
    need(count);
    position += count;
  }

  private void need(long count) throws MalformedException {
    if (count < 0 || count > size - position) {
      throw new MalformedException(
          Long.toUnsignedString(count) + " bytes wanted, " + (size - position) + " left", position);
    }
  }

  public int u8() throws IOException, MalformedException {
    need(1);
    if (position < windowStart || position >= windowStart + windowLength) {
      windowStart = position;
      windowLength = (int) Math.min(WINDOW, size - position);
      source.read(windowStart, window, 0, windowLength);
    }
    return window[(int) (position++ - windowStart)] & 0xFF;
  }

  public int u16() throws IOException, MalformedException {
    int a = u8();
    int b = u8();
    return bigEndian ? a << 8 | b : b << 8 | a;
  }

  public long u32() throws IOException, MalformedException {
    long a = u16();
    long b = u16();
    return bigEndian ? a << 16 | b : b << 16 | a;
  }

  /// Eight bytes; above 2^63 it is negative.
  public long u64() throws IOException, MalformedException {
    long a = u32();
    long b = u32();
    return bigEndian ? a << 32 | b : b << 32 | a;
  }

  /// An unsigned number of `width` bytes, 1 to 8, little-endian.
  public long unsigned(int width) throws IOException, MalformedException {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (long) u8() << (8 * i);
    }
    return value;
  }

  /// `count` bytes, at most `most` of them.
  public byte[] bytes(long count, int most) throws IOException, MalformedException {
    need(count);
    if (count > most) {
      throw new MalformedException(
          count + " bytes at once, at most " + most + " are read", position);
    }
    byte[] bytes = source.bytes(position, (int) count);
    position += count;
    return bytes;
  }

  /// UTF-8, replacement characters for what is none.
  public String text(long count, int most) throws IOException, MalformedException {
    return new String(bytes(count, most), StandardCharsets.UTF_8);
  }

  /// The bytes from here on are these, without moving.
  public boolean startsWith(String ascii) throws IOException {
    if (size - position < ascii.length()) {
      return false;
    }
    byte[] bytes = source.bytes(position, ascii.length());
    return new String(bytes, StandardCharsets.ISO_8859_1).equals(ascii);
  }

  /// A part with offsets of its own.
  public ByteSource slice(long offset, long length) throws MalformedException {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new MalformedException(length + " bytes at " + offset + " of " + size, position);
    }
    return source.slice(offset, length);
  }
}
