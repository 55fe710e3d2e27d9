package io.loadlock.artifact;

import java.util.List;
import java.util.Optional;

/// One array or tensor, by its description alone.
///
/// @param name the way to it from the root, such as `model.layer1.weight`; empty for a lone one
/// @param dtype the framework's own word, such as `torch.bfloat16` or `<f4`
/// @param shape in elements
/// @param strides in elements; empty where the format is contiguous
/// @param storage the key of its storage; tensors with one key share memory
/// @param offset of its first element in the storage, in elements
/// @param bytes it would fill if it were contiguous; -1 where that overflows 2^63 or the element
///   size is not known
/// @param kind how its storage is to be understood
/// @param elements where its elements are, if they are in the file, readable and within their
///   storage
public record Tensor(
    String name,
    String dtype,
    List<Long> shape,
    List<Long> strides,
    String storage,
    long offset,
    long bytes,
    Kind kind,
    Optional<Elements> elements) {
  public Tensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
  }

  public Tensor(
      String name,
      String dtype,
      List<Long> shape,
      List<Long> strides,
      String storage,
      long offset,
      long bytes) {
    this(name, dtype, shape, strides, storage, offset, bytes, Kind.DENSE);
  }

  public Tensor(
      String name,
      String dtype,
      List<Long> shape,
      List<Long> strides,
      String storage,
      long offset,
      long bytes,
      Kind kind) {
    this(name, dtype, shape, strides, storage, offset, bytes, kind, Optional.empty());
  }

  /// The same under another name.
  public Tensor named(String other) {
    return new Tensor(other, dtype, shape, strides, storage, offset, bytes, kind, elements);
  }

  /// The same with its elements, unless these do not fit their storage.
  public Tensor with(Elements found) {
    return new Tensor(
        name,
        dtype,
        shape,
        strides,
        storage,
        offset,
        bytes,
        kind,
        Optional.of(found).filter(Elements::fit));
  }

  /// What a copy of the elements would have to know besides.
  public enum Kind {
    /// Elements by strides, and nothing else.
    DENSE,
    /// Elements with scale and zero point.
    QUANTIZED,
    /// Indices and values.
    SPARSE,
    /// Tensors of different shapes in one buffer.
    NESTED,
    /// Of a subclass of Tensor, which may give the elements another meaning.
    SUBCLASS,
    /// A shape without elements.
    META,
    /// The values are the conjugates or the negatives of what the storage holds.
    LAZY
  }
}
