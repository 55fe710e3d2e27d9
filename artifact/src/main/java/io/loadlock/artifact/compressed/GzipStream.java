package io.loadlock.artifact.compressed;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// RFC 1952 as CPython's `gzip` reads it: members one behind the other, zeros between them passed
/// over, the header's checksum and its reserved bits ignored. The checksum of the content is not
/// verified: whoever unpickles what comes out has run it before the check fails.
final class GzipStream extends InputStream {
  private static final int TRAILER = 8;
  private static final int HEADER_CHECKSUM = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;

  private final InputStream packed;
  private final Inflater inflater = new Inflater(true);
  private final byte[] buffer = new byte[1 << 14];
  private int next;
  private int filled;
  private boolean over;

  GzipStream(InputStream packed) throws IOException {
    this.packed = packed;
    header();
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
    try {
      while (!over) {
        if (inflater.needsInput() && !inflater.finished()) {
          inflater.setInput(buffer, next, available("the compressed data is cut"));
          next = filled;
        }
        int count = inflater.inflate(target, from, length);
        if (count > 0) {
          return count;
        }
        if (inflater.finished()) {
          next = filled - inflater.getRemaining();
          another();
        }
      }
      return -1;
    } catch (DataFormatException e) {
      throw new IOException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Behind the end of a member.
  private void another() throws IOException {
    skip(TRAILER, "the checksum is cut");
    int first = poll();
    while (first == 0) {
      first = poll();
    }
    if (first < 0) {
      over = true;
    } else {
      next--;
      header();
      inflater.reset();
    }
  }

  private void header() throws IOException {
    if (one() != 0x1F || one() != 0x8B) {
      over = true;
      throw new IOException("what follows the member is no gzip");
    }
    skip(1, "the header is cut");
    int flags = one();
    skip(6, "the header is cut");
    if ((flags & EXTRA) != 0) {
      skip(one() | one() << 8, "the header is cut");
    }
    for (int text : new int[] {NAME, COMMENT}) {
      if ((flags & text) != 0) {
        skipText();
      }
    }
    if ((flags & HEADER_CHECKSUM) != 0) {
      skip(2, "the header is cut");
    }
  }

  /// Up to the zero that ends it.
  private void skipText() throws IOException {
    int letter = one();
    while (letter != 0) {
      letter = one();
    }
  }

  private void skip(int count, String cut) throws IOException {
    for (int left = count; left > 0; ) {
      int step = Math.min(left, available(cut));
      next += step;
      left -= step;
    }
  }

  private int one() throws IOException {
    available("the header is cut");
    return buffer[next++] & 0xFF;
  }

  private int poll() throws IOException {
    return next == filled && !fill() ? -1 : buffer[next++] & 0xFF;
  }

  /// How many bytes are in the buffer, at least one.
  private int available(String cut) throws IOException {
    if (next == filled && !fill()) {
      over = true;
      throw new EOFException(cut);
    }
    return filled - next;
  }

  private boolean fill() throws IOException {
    next = 0;
    filled = Math.max(0, packed.read(buffer, 0, buffer.length));
    return filled > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    packed.close();
  }
}
