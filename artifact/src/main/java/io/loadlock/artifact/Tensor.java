package io.loadlock.artifact;

import java.util.List;

/// One array or tensor, by its description alone.
///
/// @param name the way to it from the root, such as `model.layer1.weight`; empty for a lone one
/// @param dtype the framework's own word, such as `torch.bfloat16` or `<f4`
/// @param shape in elements
/// @param strides in elements; empty where the format is contiguous
/// @param storage the key of its storage; tensors with one key share memory
/// @param offset of its first element in the storage, in elements
/// @param bytes it would fill if it were contiguous; -1 where that overflows 2^63
public record Tensor(
    String name, String dtype, List<Long> shape, List<Long> strides, String storage, long offset, long bytes) {
  public Tensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
  }
}
