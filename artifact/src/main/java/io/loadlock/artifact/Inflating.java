package io.loadlock.artifact;

import io.loadlock.core.ByteSource;
import io.loadlock.core.Problem;
import java.util.Optional;

/// Bytes that are made while they are read. Damage in the compressed stream, or the end of the
/// budget, ends the source there: what was made before can be read, [#size] counts only that, and
/// [#problem] says why.
public interface Inflating extends ByteSource {
  /// In bytes. The first call inflates all there is, which may be much: ask [#expected] first where
  /// an estimate will do.
  @Override
  long size();

  /// The size that the container declares, in bytes; -1 where it says nothing. It may lie.
  long expected();

  /// Why the source ends before its stream does, as far as it has been read by now.
  Optional<Problem> problem();
}
