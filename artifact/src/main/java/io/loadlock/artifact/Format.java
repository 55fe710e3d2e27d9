package io.loadlock.artifact;

import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.Set;

/// One row of the format table: recognises by content and reads. Implementations keep no state.
public interface Format {
  /// Stable, lower case, such as `pickle`, `torch-zip`, `npy`, `safetensors`.
  String name();

  /// How sure this format is that `content` is its own. Reads a few kilobytes at most.
  ///
  /// @param name of the file or member: a hint, used only to break ties
  Claim claims(ByteSource content, String name) throws IOException;

  /// The more general formats that this one stands in for where it claims as strongly as they do,
  /// such as `zip` for a torch checkpoint. Two claims that neither refines are two readings that
  /// loaders might make, and both are made.
  default Set<String> refines() {
    return Set.of();
  }

  /// Reads it.
  ///
  /// @throws MalformedException when nothing useful could be read; damage behind a readable part is
  ///   a partial outcome
  Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException;

  /// Strength of a claim, weakest first.
  enum Claim {
    NO,
    /// The bytes could be this, nothing proves it (a protocol 0 pickle, a text format).
    POSSIBLE,
    /// A magic number or a structure that nothing else has.
    CERTAIN
  }
}
