package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Tensor;

/// What stands between two opcodes of a pickle, in formats that write array bytes into the stream.
public sealed interface Interleaved {
  /// Nothing: the next opcode.
  record None() implements Interleaved {}

  /// Bytes that the loader reads itself; the object that was built becomes that array.
  ///
  /// @param count how many to skip, padding included
  record Bytes(long count, Tensor array) implements Interleaved {}

  /// A whole pickle with a stack and memo of its own; its result replaces the object that was
  /// built.
  record Pickle() implements Interleaved {}
}
