package io.loadlock.cli;

import io.loadlock.core.Problem;
import io.loadlock.engine.inspect.Inspection;

/// What `inspect` says of one file.
///
/// @param size in bytes; -1 where it could not be asked
/// @param digests of the file and of its tensors; none unless they were asked for
record InspectedFile(Inspection inspection, long size, Digests digests) {
  /// The same, and no longer complete.
  InspectedFile with(Problem problem) {
    return new InspectedFile(inspection.with(problem), size, digests);
  }
}
