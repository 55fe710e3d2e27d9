package io.loadlock.artifact.dbm;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The records of one file as they are found, bounded by the limits.
final class Records {
  private final Limits limits;
  private final List<Nested> nested = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  Records(Limits limits) {
    this.limits = limits;
  }

  /// @return false when there are too many, and no more are wanted
  boolean add(String key, long offset, ByteSource value) {
    if (nested.size() >= limits.members()) {
      problem("more than " + limits.members() + " records", offset);
      return false;
    }
    nested.add(new Nested(key, offset, true, value));
    return true;
  }

  void problem(String reason, long offset) {
    if (problems.size() < 100) {
      problems.add(new Problem(reason, "byte " + offset));
    }
  }

  static String key(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Reading reading(String format) {
    TreeMap<String, String> details = new TreeMap<>();
    details.put("records", Integer.toString(nested.size()));
    return new Reading(
        format,
        Outcome.of(problems),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        nested,
        details);
  }
}
