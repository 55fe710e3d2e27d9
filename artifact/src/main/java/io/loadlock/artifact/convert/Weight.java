package io.loadlock.artifact.convert;

import io.loadlock.artifact.Elements;
import io.loadlock.core.ByteSource;
import java.util.List;

/// One tensor to be written, and where its elements are.
///
/// @param name under which it is written
/// @param dtype of its elements
/// @param shape in elements, outermost dimension first; empty for a single number
/// @param strides in elements, one for each dimension; 0 where a dimension repeats
/// @param storage its elements' bytes and those of the tensors that share them
/// @param offset of the first element in the storage, in elements
public record Weight(
    String name, Dtype dtype, List<Long> shape, List<Long> strides, Storage storage, long offset) {
  public Weight {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    if (shape.size() != strides.size()) {
      throw new IllegalArgumentException(
          "a stride for each dimension, not " + shape + " and " + strides);
    }
  }

  /// Bytes that tensors may share.
  ///
  /// @param key what tells it from other storages of the same file
  /// @param content all of it; positioned within its file, so that contiguous tensors are copied
  ///   without the heap
  /// @param bigEndian whether the numbers in it are
  public record Storage(String key, ByteSource content, boolean bigEndian) {}

  /// Number of elements.
  ///
  /// @throws ArithmeticException beyond 2^63 - 1
  public long count() {
    return elements().count();
  }

  /// Bytes it fills in the output.
  ///
  /// @throws ArithmeticException beyond 2^63 - 1
  public long bytes() {
    return Math.multiplyExact(count(), dtype.bytes());
  }

  /// Where they are.
  Elements elements() {
    return new Elements(
        storage.content(),
        storage.bigEndian(),
        dtype.bytes(),
        dtype.number(),
        shape,
        strides,
        offset);
  }

  /// Whether another name stands for exactly these elements.
  boolean isSameView(Weight other) {
    return storage.key().equals(other.storage.key())
        && dtype == other.dtype
        && offset == other.offset
        && shape.equals(other.shape)
        && strides.equals(other.strides);
  }

  /// The same tensor under another name.
  public Weight named(String other) {
    return new Weight(other, dtype, shape, strides, storage, offset);
  }
}
