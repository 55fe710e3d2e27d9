package io.loadlock.engine.link;

import io.loadlock.artifact.Reading;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.pins.Bounds;
import io.loadlock.pins.PinProject.Knowledge;
import io.loadlock.pins.Version;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What `torch.load(weights_only=True)` would make of a file, in words.
final class SafeLoads {
  private static final int NAMES = 6;

  private SafeLoads() {}

  /// The answers of a file; empty where torch does not load it.
  static SortedMap<TorchVersion, WeightsOnly> answers(Inspection inspection) {
    for (Reading reading : inspection.readings()) {
      if (!reading.weightsOnly().isEmpty()) {
        return reading.weightsOnly();
      }
    }
    return new TreeMap<>();
  }

  /// One clause, such as `weights_only=True will work`; empty where nothing is known. It holds for
  /// every release whose source was read, or says for which.
  ///
  /// @param torch what the project proves of its torch
  static String clause(SortedMap<TorchVersion, WeightsOnly> answers, Knowledge torch) {
    if (answers.isEmpty()) {
      return "";
    }
    Optional<TorchVersion> pinned = exact(torch);
    TorchVersion version = pinned.orElse(answers.lastKey());
    WeightsOnly answer = WeightsOnly.of(answers, version);
    boolean always = answers.values().stream().allMatch(answer::equals);
    String text = words(answer);
    return text.isEmpty() || always ? text : "with torch " + version + " " + text;
  }

  private static Optional<TorchVersion> exact(Knowledge torch) {
    if (!(torch instanceof Knowledge.Proven proven)) {
      return Optional.empty();
    }
    Bounds bounds = proven.bounds();
    Optional<Version> lower = bounds.lower();
    if (lower.isEmpty() || !lower.equals(bounds.upper()) || lower.get().release().isEmpty()) {
      return Optional.empty();
    }
    List<java.math.BigInteger> release = lower.get().release();
    int minor = release.size() > 1 ? release.get(1).intValue() : 0;
    return Optional.of(new TorchVersion(release.getFirst().intValue(), minor));
  }

  private static String words(WeightsOnly answer) {
    return switch (answer) {
      case WeightsOnly.Accept _ -> "`weights_only=True` will work";
      case WeightsOnly.AcceptAfter after ->
          after.vetted()
              ? "`weights_only=True` needs `add_safe_globals([" + names(after.allow()) + "])`"
              : "`weights_only=True` would need "
                  + names(after.allow())
                  + " to be allowed, which nobody vetted";
      case WeightsOnly.Refused refused -> "`weights_only=True` refuses it: " + refused.why();
      case WeightsOnly.Unknown _ -> "";
    };
  }

  private static String names(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(NAMES, names.size())));
    return names.size() > NAMES ? first + ", …" : first;
  }
}
