package io.loadlock.core;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Bytes at 64-bit positions: a file, an array, a part of another source. Reading is positioned, so
/// that one source can be read from several threads; only what is asked for is read.
public interface ByteSource extends Closeable {
  /// In bytes: what a copy between two places that are no files holds at once.
  int COPY_BUFFER = 1 << 18;

  /// In bytes.
  long size();

  /// Fills `target` from `from` on with `length` bytes at `position`.
  ///
  /// @throws EOFException when the source ends before
  void read(long position, byte[] target, int from, int length) throws IOException;

  @Override
  void close() throws IOException;

  /// `length` bytes at `position`, in an array of their own. The caller has checked `length`
  /// against its budget.
  default byte[] bytes(long position, int length) throws IOException {
    if (position < 0 || length < 0 || position > size() - length) {
      throw new EOFException(length + " bytes at " + position + " of " + size());
    }
    byte[] target = new byte[length];
    read(position, target, 0, length);
    return target;
  }

  /// Copies `count` bytes from `position` on to `target`, without holding more than a small buffer.
  /// From a file they do not pass through the heap at all.
  ///
  /// @throws EOFException when the source ends before
  default void transferTo(long position, long count, WritableByteChannel target)
      throws IOException {
    byte[] buffer = new byte[(int) Math.min(count, COPY_BUFFER)];
    long left = count;
    while (left > 0) {
      int length = (int) Math.min(left, buffer.length);
      read(position + (count - left), buffer, 0, length);
      ByteBuffer full = ByteBuffer.wrap(buffer, 0, length);
      while (full.hasRemaining()) {
        target.write(full);
      }
      left -= length;
    }
  }

  /// A part of this source with positions of its own; closing it does not close this one.
  default ByteSource slice(long offset, long length) {
    if (offset < 0 || length < 0 || offset > size() - length) {
      throw new IndexOutOfBoundsException(length + " bytes at " + offset + " of " + size());
    }
    ByteSource whole = this;
    return new ByteSource() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public void read(long position, byte[] target, int from, int count) throws IOException {
        if (position < 0 || position > length - count) {
          throw new EOFException(count + " bytes at " + position + " of " + length);
        }
        whole.read(offset + position, target, from, count);
      }

      @Override
      public void transferTo(long position, long count, WritableByteChannel target)
          throws IOException {
        if (position < 0 || count < 0 || position > length - count) {
          throw new EOFException(count + " bytes at " + position + " of " + length);
        }
        whole.transferTo(offset + position, count, target);
      }

      @Override
      public void close() {}
    };
  }

  /// The array itself, not a copy.
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(long position, byte[] target, int from, int length) throws IOException {
        if (position < 0 || position > bytes.length - length) {
          throw new EOFException(length + " bytes at " + position + " of " + bytes.length);
        }
        System.arraycopy(bytes, (int) position, target, from, length);
      }

      @Override
      public void close() {}
    };
  }

  /// Opens a regular file. The size is taken once; bytes that vanish later are an [EOFException].
  static ByteSource open(Path file) throws IOException {
    return of(FileChannel.open(file, StandardOpenOption.READ));
  }

  /// What is in a file by now. Closing it closes the channel.
  static ByteSource of(FileChannel channel) throws IOException {
    long size = channel.size();
    return new ByteSource() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long position, byte[] target, int from, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, from, length);
        long at = position;
        while (buffer.hasRemaining()) {
          int count = channel.read(buffer, at);
          if (count < 0) {
            throw new EOFException(length + " bytes at " + position + " of " + size);
          }
          at += count;
        }
      }

      @Override
      public void transferTo(long position, long count, WritableByteChannel target)
          throws IOException {
        long done = 0;
        while (done < count) {
          long moved = channel.transferTo(position + done, count - done, target);
          if (moved <= 0) {
            throw new EOFException(count + " bytes at " + position + " of " + size);
          }
          done += moved;
        }
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
