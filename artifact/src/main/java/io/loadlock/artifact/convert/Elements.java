package io.loadlock.artifact.convert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongConsumer;

/// Writes the elements of one weight in C order, little-endian. Memory is bounded whatever the
/// size: contiguous elements go from file to file, others through boxes of at most [#BOX] bytes.
final class Elements {
  /// In bytes: the largest part of a strided tensor that is gathered at once.
  static final int BOX = 16 << 20;

  /// In bytes: the longest stretch of a storage that is read for elements that stand apart in it.
  private static final int SPAN = 1 << 20;

  /// In bytes: after how many of them whoever waits is told.
  private static final long PIECE = 32 << 20;

  private final Weight weight;
  private final LongConsumer progress;
  private final int size;
  private final long[] shape;
  private final long[] strides;

  private Elements(Weight weight, LongConsumer progress) {
    this.weight = weight;
    this.progress = progress;
    this.size = weight.dtype().bytes();
    this.shape = weight.shape().stream().mapToLong(Long::longValue).toArray();
    this.strides = weight.strides().stream().mapToLong(Long::longValue).toArray();
  }

  /// Writes all of `weight`, of which [Plan] has checked that it fits its storage.
  ///
  /// @param progress is told of bytes as they are written
  static void write(Weight weight, WritableByteChannel target, LongConsumer progress)
      throws IOException {
    boolean turned = weight.storage().bigEndian() && weight.dtype().swapped() > 1;
    if (weight.count() == 0) {
      return;
    }
    if (weight.isContiguous() && !turned) {
      long start = weight.offset() * weight.dtype().bytes();
      for (long done = 0; done < weight.bytes(); done += PIECE) {
        long count = Math.min(PIECE, weight.bytes() - done);
        weight.storage().content().transferTo(start + done, count, target);
        progress.accept(count);
      }
    } else {
      new Elements(weight, progress).box(0, weight.offset(), target);
    }
  }

  /// Writes the part of the tensor whose first `dimension` indices are fixed, its first element
  /// being `start`.
  private void box(int dimension, long start, WritableByteChannel target) throws IOException {
    long inner = 1;
    for (int i = dimension + 1; i < shape.length; i++) {
      inner = Math.multiplyExact(inner, shape[i]);
    }
    if (dimension >= shape.length) {
      gather(dimension, 1, start, 1, target);
      return;
    }
    long most = BOX / Math.max(1, Math.multiplyExact(inner, size));
    if (most == 0) {
      for (long i = 0; i < shape[dimension]; i++) {
        box(dimension + 1, start + i * strides[dimension], target);
      }
      return;
    }
    for (long i = 0; i < shape[dimension]; i += most) {
      long length = Math.min(most, shape[dimension] - i);
      gather(dimension, length, start + i * strides[dimension], inner, target);
    }
  }

  /// Gathers `length` indices of `dimension` and all of the dimensions below it, `inner` elements
  /// for each.
  private void gather(
      int dimension, long length, long start, long inner, WritableByteChannel target)
      throws IOException {
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
    if (weight.storage().bigEndian()) {
      turn(box, weight.dtype().swapped());
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

  /// Copies `count` elements that stand `apart` from each other to places that are `step` from each
  /// other.
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
    weight.storage().content().read(Math.multiplyExact(element, size), target, from, length);
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
