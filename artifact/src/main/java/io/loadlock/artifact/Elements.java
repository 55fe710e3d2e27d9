package io.loadlock.artifact;

import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.function.LongConsumer;

/// The elements of one tensor, and where they are.
///
/// @param content the bytes of its storage
/// @param bigEndian whether the numbers in it are
/// @param size of one element, in bytes
/// @param number bytes of one number, which byte orders turn round: half an element of a complex
///   type
/// @param shape in elements, outermost dimension first; empty for a single number
/// @param strides in elements, one for each dimension; 0 where a dimension repeats
/// @param offset of the first element in the storage, in elements
public record Elements(
    ByteSource content,
    boolean bigEndian,
    int size,
    int number,
    List<Long> shape,
    List<Long> strides,
    long offset) {
  /// In bytes: the largest part of a strided tensor that is gathered at once.
  public static final int BOX = 16 << 20;

  /// In bytes: the longest stretch of a storage that is read for elements that stand apart in it.
  private static final int SPAN = 1 << 20;

  /// In bytes: after how many of them whoever waits is told.
  private static final long PIECE = 32 << 20;

  public Elements {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size()) {
      throw new IllegalArgumentException(
          "a stride for each dimension, not " + shape + " and " + strides);
    }
  }

  /// Number of elements.
  ///
  /// @throws ArithmeticException beyond 2^63 - 1
  public long count() {
    return count(shape);
  }

  private static long count(List<Long> shape) {
    long count = 1;
    boolean empty = shape.contains(0L);
    for (long length : shape) {
      count = empty ? 0 : Math.multiplyExact(count, length);
    }
    return count;
  }

  /// Whether they stand one behind the other.
  public boolean isContiguous() {
    long expected = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      if (shape.get(i) != 1 && strides.get(i) != expected) {
        return false;
      }
      expected *= shape.get(i);
    }
    return true;
  }

  /// Whether each of them lies within the content. No size is trusted.
  public boolean fit() {
    return fit(offset, shape, strides, size, content.size());
  }

  /// Whether each element of such a tensor lies within so many bytes.
  public static boolean fit(
      long offset, List<Long> shape, List<Long> strides, int size, long bytes) {
    try {
      if (shape.stream().anyMatch(length -> length < 0) || offset < 0) {
        return false;
      }
      if (count(shape) == 0) {
        return true;
      }
      long last = offset;
      for (int i = 0; i < shape.size(); i++) {
        if (strides.get(i) < 0) {
          return false;
        }
        last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
      }
      return Math.multiplyExact(Math.addExact(last, 1), (long) size) <= bytes;
    } catch (ArithmeticException e) {
      return false;
    }
  }

  /// Writes all of them in C order, little-endian. Memory is bounded whatever the size: contiguous
  /// elements go from file to file, others through boxes of at most [#BOX] bytes. They must [#fit].
  ///
  /// @param progress is told of bytes as they are written
  public void write(WritableByteChannel target, LongConsumer progress) throws IOException {
    long count = count();
    if (count == 0) {
      return;
    }
    if (isContiguous() && !(bigEndian && number > 1)) {
      long start = offset * size;
      long bytes = Math.multiplyExact(count, (long) size);
      for (long done = 0; done < bytes; done += PIECE) {
        long now = Math.min(PIECE, bytes - done);
        content.transferTo(start + done, now, target);
        progress.accept(now);
      }
    } else {
      new Gathering(this, target, progress).box(0, offset);
    }
  }

  /// One tensor whose elements stand apart, on its way into a channel.
  private static final class Gathering {
    private final Elements elements;
    private final WritableByteChannel target;
    private final LongConsumer progress;
    private final int size;
    private final long[] shape;
    private final long[] strides;

    Gathering(Elements elements, WritableByteChannel target, LongConsumer progress) {
      this.elements = elements;
      this.target = target;
      this.progress = progress;
      this.size = elements.size;
      this.shape = elements.shape.stream().mapToLong(Long::longValue).toArray();
      this.strides = elements.strides.stream().mapToLong(Long::longValue).toArray();
    }

    /// Writes the part of the tensor whose first `dimension` indices are fixed, its first element
    /// being `start`.
    private void box(int dimension, long start) throws IOException {
      long inner = 1;
      for (int i = dimension + 1; i < shape.length; i++) {
        inner = Math.multiplyExact(inner, shape[i]);
      }
      if (dimension >= shape.length) {
        gather(dimension, 1, start, 1);
        return;
      }
      long most = BOX / Math.max(1, Math.multiplyExact(inner, size));
      if (most == 0) {
        for (long i = 0; i < shape[dimension]; i++) {
          box(dimension + 1, start + i * strides[dimension]);
        }
        return;
      }
      for (long i = 0; i < shape[dimension]; i += most) {
        long length = Math.min(most, shape[dimension] - i);
        gather(dimension, length, start + i * strides[dimension], inner);
      }
    }

    /// Gathers `length` indices of `dimension` and all of the dimensions below it, `inner` elements
    /// for each.
    private void gather(int dimension, long length, long start, long inner) throws IOException {
      byte[] box = new byte[Math.toIntExact(length * inner * size)];
      int rank = shape.length - dimension;
      long[] sizes = new long[rank];
      long[] apart = new long[rank];
      long[] steps = new long[rank];
      long step = 1;
      for (int i = rank - 1; i >= 0; i--) {
        sizes[i] = i == 0 ? length : shape[dimension + i];
        apart[i] = strides[dimension + i];
        steps[i] = step;
        step *= sizes[i];
      }
      int run = closest(sizes, apart);
      long[] index = new long[rank];
      do {
        long from = start;
        long to = 0;
        for (int i = 0; i < rank; i++) {
          from += index[i] * apart[i];
          to += index[i] * steps[i];
        }
        if (run < 0) {
          copy(from, 1, 1, box, to, 1);
        } else {
          copy(from, sizes[run], apart[run], box, to, steps[run]);
        }
      } while (next(index, sizes, run));
      if (elements.bigEndian) {
        turn(box, elements.number);
      }
      ByteBuffer full = ByteBuffer.wrap(box);
      while (full.hasRemaining()) {
        target.write(full);
      }
      progress.accept(box.length);
    }

    /// The dimension whose elements stand closest together; -1 where there is none.
    private static int closest(long[] sizes, long[] apart) {
      int best = -1;
      for (int i = 0; i < sizes.length; i++) {
        boolean moves = sizes[i] > 1 && apart[i] > 0;
        if (moves && (best < 0 || apart[i] < apart[best])) {
          best = i;
        }
      }
      return best;
    }

    /// Counts `index` up, leaving out the dimension `run`; false when it is through.
    private static boolean next(long[] index, long[] sizes, int run) {
      for (int i = index.length - 1; i >= 0; i--) {
        if (i != run) {
          if (++index[i] < sizes[i]) {
            return true;
          }
          index[i] = 0;
        }
      }
      return false;
    }

    /// Copies `count` elements that stand `apart` from each other to places that are `step` from
    /// each other.
    private void copy(long from, long count, long apart, byte[] box, long to, long step)
        throws IOException {
      if (apart == 1 && step == 1) {
        read(from, box, Math.toIntExact(to * size), Math.toIntExact(count * size));
        return;
      }
      long atOnce = Math.max(1, SPAN / Math.max(1, Math.multiplyExact(apart, size)));
      byte[] span = new byte[Math.toIntExact(((Math.min(atOnce, count) - 1) * apart + 1) * size)];
      for (long done = 0; done < count; done += atOnce) {
        long now = Math.min(atOnce, count - done);
        read(from + done * apart, span, 0, Math.toIntExact(((now - 1) * apart + 1) * size));
        for (int i = 0; i < now; i++) {
          int target = Math.toIntExact((to + (done + i) * step) * size);
          System.arraycopy(span, Math.toIntExact(i * apart * size), box, target, size);
        }
      }
    }

    private void read(long element, byte[] target, int from, int length) throws IOException {
      elements.content.read(Math.multiplyExact(element, size), target, from, length);
    }

    /// Turns the bytes of each number round.
    private static void turn(byte[] bytes, int width) {
      for (int at = 0; at < bytes.length; at += width) {
        for (int i = 0; i < width / 2; i++) {
          byte one = bytes[at + i];
          bytes[at + i] = bytes[at + width - 1 - i];
          bytes[at + width - 1 - i] = one;
        }
      }
    }
  }
}
