package io.loadlock.engine.inspect;

import io.loadlock.artifact.Budget;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Files that stand for others, and those with nothing in them.
final class Pointless {
  /// The first line of a pointer, as the Git LFS specification demands it.
  private static final byte[] LFS =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  /// In bytes, by the same specification.
  private static final int LONGEST_POINTER = 1024;

  private Pointless() {}

  static Optional<Outcome> skip(Nested member) throws IOException {
    byte[] head = Head.of(member.content(), LFS.length);
    if (head.length == 0) {
      return Optional.of(empty(member));
    }
    return Arrays.equals(head, LFS) && isPointer(member.content())
        ? Optional.of(new Outcome.Skipped("Git LFS pointer: the file itself is not here"))
        : Optional.empty();
  }

  /// A pointer is short and nothing but text: what only begins like one may end as an archive.
  private static boolean isPointer(ByteSource content) throws IOException {
    byte[] text = Head.of(content, LONGEST_POINTER + 1);
    if (text.length > LONGEST_POINTER) {
      return false;
    }
    for (byte value : text) {
      if (value != '\n' && value != '\r' && (value < ' ' || value > '~')) {
        return false;
      }
    }
    return true;
  }

  private static Outcome empty(Nested member) {
    if (member.content() instanceof Inflating inflating) {
      inflating.size();
      Optional<Problem> problem = inflating.problem();
      if (problem.isPresent()) {
        return new Outcome.Failed(problem.get());
      }
    }
    return member.format().isEmpty()
        ? new Outcome.Skipped("empty")
        : new Outcome.Failed(Problem.of("empty, where " + member.format() + " is expected"));
  }

  /// What becomes of bytes that no format claims. They may still be a bomb for who unpacks them:
  /// what a container declares is charged as if it had been read, and where it declares nothing, it
  /// is inflated.
  static Outcome nobody(Nested member, Budget budget) {
    if (!member.format().isEmpty()) {
      return new Outcome.Failed(Problem.of("not " + member.format()));
    }
    Optional<Problem> bomb = Optional.empty();
    if (member.content() instanceof Inflating inflating) {
      if (inflating.expected() < 0) {
        inflating.size();
        bomb = inflating.problem();
      } else if (!budget.spend(inflating.expected())) {
        String problem =
            "inflates to " + inflating.expected() + " bytes, more than the budget allows";
        bomb = Optional.of(Problem.of(problem));
      }
    }
    return bomb.<Outcome>map(problem -> new Outcome.Partial(List.of(problem)))
        .orElse(new Outcome.Skipped("no known format"));
  }
}
