package io.loadlock.artifact;

import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads numbers and strings one after another. Every access beyond the end is a
/// [MalformedException] that names what was wanted, so that readers check no bounds.
public final class Cursor {
  private static final int WINDOW = 8192;

  private final ByteSource source;
  private final long end;
  private byte[] window = {};
  private long windowStart;
  private int windowLength;
  private long position;

  private Cursor(ByteSource source, long position, long end) {
    this.source = source;
    this.position = position;
    this.end = end;
  }

  public static Cursor of(ByteSource source) {
    return new Cursor(source, 0, source.size());
  }

  /// From `position` up to `end`, which positions count from the start of `source`.
  public static Cursor of(ByteSource source, long position, long end) {
    if (position < 0 || position > end || end > source.size()) {
      throw new IndexOutOfBoundsException(position + " to " + end + " of " + source.size());
    }
    return new Cursor(source, position, end);
  }

  /// Of the next byte, from the start of the source.
  public long position() {
    return position;
  }

  public long remaining() {
    return end - position;
  }

  /// Goes to `target`, forwards or backwards.
  public void seek(long target) throws MalformedException {
    if (target < 0 || target > end) {
      throw new MalformedException("points to byte " + target + " of " + end, position);
    }
    position = target;
  }

  public void skip(long count) throws MalformedException {
    need(count, "bytes to be skipped");
    position += count;
  }

  /// An unsigned byte.
  public int u8(String what) throws IOException, MalformedException {
    int at = fill(1, what);
    position += 1;
    return window[at] & 0xFF;
  }

  /// Two bytes, little-endian, unsigned.
  public int u16(String what) throws IOException, MalformedException {
    int at = fill(2, what);
    position += 2;
    return window[at] & 0xFF | (window[at + 1] & 0xFF) << 8;
  }

  /// Four bytes, little-endian, unsigned.
  public long u32(String what) throws IOException, MalformedException {
    int at = fill(4, what);
    position += 4;
    return little(at, 4);
  }

  /// Eight bytes, little-endian, signed.
  public long i64(String what) throws IOException, MalformedException {
    int at = fill(8, what);
    position += 8;
    return little(at, 8);
  }

  /// Four bytes, big-endian, unsigned.
  public long u32Big(String what) throws IOException, MalformedException {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(what)));
  }

  /// Eight bytes, big-endian, signed.
  public long i64Big(String what) throws IOException, MalformedException {
    return Long.reverseBytes(i64(what));
  }

  /// @param most the length that memory may be taken for; a larger one is malformed
  public byte[] bytes(long length, int most, String what) throws IOException, MalformedException {
    need(length, what);
    if (length > most) {
      throw new MalformedException(what + " of " + length + " bytes, more than " + most, position);
    }
    byte[] bytes;
    if (length <= WINDOW) {
      int at = fill((int) length, what);
      bytes = Arrays.copyOfRange(window, at, at + (int) length);
    } else {
      bytes = source.bytes(position, (int) length);
    }
    position += length;
    return bytes;
  }

  /// Bytes as Latin-1, for names that are compared and shown but not trusted to be UTF-8.
  public String latin(long length, int most, String what) throws IOException, MalformedException {
    return new String(bytes(length, most, what), StandardCharsets.ISO_8859_1);
  }

  private void need(long count, String what) throws MalformedException {
    if (count < 0 || count > end - position) {
      throw new MalformedException(
          "ends within " + what + ": " + count + " bytes wanted, " + (end - position) + " left",
          position);
    }
  }

  private int fill(int count, String what) throws IOException, MalformedException {
    need(count, what);
    if (position < windowStart || position + count > windowStart + windowLength) {
      if (window.length < count || windowLength == window.length && window.length < WINDOW) {
        window = new byte[(int) Math.min(WINDOW, Math.max(count, end - position))];
      }
      windowLength = (int) Math.min(window.length, end - position);
      windowStart = position;
      source.read(position, window, 0, windowLength);
    }
    return (int) (position - windowStart);
  }

  private long little(int at, int count) {
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      value = value << 8 | window[at + i] & 0xFF;
    }
    return value;
  }
}
