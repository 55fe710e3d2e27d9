package io.loadlock.artifact.pickle;

import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;

/// Sequential reading of a [ByteSource] through one small buffer; what is skipped is not read.
final class ByteWindow {
  private static final int SIZE = 1 << 14;

  private final ByteSource source;
  private final long size;
  private final byte[] buffer;

  /// Position of `buffer[0]`, how much of the buffer is filled, and the next byte's index.
  private long start;

  private int filled;
  private int next;

  ByteWindow(ByteSource source, long position) {
    this.source = source;
    this.size = source.size();
    this.buffer = new byte[(int) Math.min(SIZE, Math.max(size, 1))];
    this.start = position;
  }

  ByteSource source() {
    return source;
  }

  long position() {
    return start + next;
  }

  long remaining() {
    return size - position();
  }

  void seek(long position) {
    if (position >= start && position <= start + filled) {
      next = (int) (position - start);
    } else {
      start = position;
      filled = 0;
      next = 0;
    }
  }

  /// The next byte, 0 to 255; -1 at the end.
  int poll() throws IOException {
    if (next == filled && !fill()) {
      return -1;
    }
    return buffer[next++] & 0xff;
  }

  int u1() throws IOException, MalformedException {
    int value = poll();
    if (value < 0) {
      throw truncated();
    }
    return value;
  }

  int u2() throws IOException, MalformedException {
    return u1() | u1() << 8;
  }

  int i4() throws IOException, MalformedException {
    if (filled - next >= 4) {
      int at = next;
      next += 4;
      return buffer[at] & 0xff
          | (buffer[at + 1] & 0xff) << 8
          | (buffer[at + 2] & 0xff) << 16
          | buffer[at + 3] << 24;
    }
    return u2() | u2() << 16;
  }

  long u4() throws IOException, MalformedException {
    return i4() & 0xffffffffL;
  }

  /// Negative where the value is 2^63 or more.
  long i8() throws IOException, MalformedException {
    return u4() | u4() << 32;
  }

  long bigEndian8() throws IOException, MalformedException {
    return Long.reverseBytes(i8());
  }

  /// Checks that `length` bytes are there, and gives their position.
  long claim(long length) throws MalformedException {
    if (length < 0 || length > remaining()) {
      throw truncated();
    }
    return position();
  }

  byte[] take(int length) throws IOException, MalformedException {
    claim(length);
    byte[] bytes = new byte[length];
    if (filled - next >= length) {
      System.arraycopy(buffer, next, bytes, 0, length);
      next += length;
    } else {
      source.read(position(), bytes, 0, length);
      seek(position() + length);
    }
    return bytes;
  }

  /// A short ASCII text as Latin-1 without an array in between; null when it is not in the buffer
  /// or not ASCII.
  @org.jspecify.annotations.Nullable
  String ascii(int length) throws IOException {
    if (filled - next < length && (remaining() < length || !refill(length))) {
      return null;
    }
    for (int i = next; i < next + length; i++) {
      if (buffer[i] < 0) {
        return null;
      }
    }
    String text = new String(buffer, next, length, java.nio.charset.StandardCharsets.ISO_8859_1);
    next += length;
    return text;
  }

  /// The bytes up to the next newline, which is consumed.
  byte[] line(int limit) throws IOException, MalformedException {
    long begin = position();
    long at = begin;
    while (true) {
      if (next == filled && !fill()) {
        seek(begin);
        throw truncated();
      }
      while (next < filled && buffer[next] != '\n') {
        next++;
      }
      at = position();
      if (at - begin > limit) {
        throw new MalformedException("a line of more than " + limit + " bytes", begin);
      }
      if (next < filled) {
        break;
      }
    }
    int length = (int) (at - begin);
    seek(begin);
    byte[] bytes = take(length);
    u1();
    return bytes;
  }

  MalformedException truncated() {
    return new MalformedException("pickle data was truncated", position());
  }

  private boolean fill() throws IOException {
    start = position();
    filled = 0;
    next = 0;
    long left = size - start;
    if (left <= 0) {
      return false;
    }
    int count = (int) Math.min(buffer.length, left);
    source.read(start, buffer, 0, count);
    filled = count;
    return true;
  }

  private boolean refill(int length) throws IOException {
    return length <= buffer.length && fill() && filled >= length;
  }
}
