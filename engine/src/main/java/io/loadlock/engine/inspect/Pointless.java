package io.loadlock.engine.inspect;

import io.loadlock.artifact.Budget;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files that stand for others, and those with nothing in them.
final class Pointless {
  /// The first line of a pointer, as the Git LFS specification demands it.
  private static final byte[] LFS =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  private Pointless() {}

  static @Nullable Outcome skip(ByteSource content) throws IOException {
    byte[] head = Head.of(content, LFS.length);
    if (head.length == 0) {
      if (content instanceof Inflating inflating) {
        inflating.size();
        Optional<Problem> problem = inflating.problem();
        if (problem.isPresent()) {
          return new Outcome.Failed(problem.get());
        }
      }
      return new Outcome.Skipped("empty");
    }
    return java.util.Arrays.equals(head, LFS)
        ? new Outcome.Skipped("Git LFS pointer: the file itself is not here")
        : null;
  }

  /// Whether bytes that nobody reads are a bomb for who unpacks them: what a container declares is
  /// charged as if it had been read, and where it declares nothing, it is inflated.
  static Optional<Problem> measure(ByteSource content, Budget budget) {
    if (!(content instanceof Inflating inflating)) {
      return Optional.empty();
    }
    if (inflating.expected() < 0) {
      inflating.size();
      return inflating.problem();
    }
    return budget.spend(inflating.expected())
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                "inflates to " + inflating.expected() + " bytes, more than the budget allows"));
  }
}
