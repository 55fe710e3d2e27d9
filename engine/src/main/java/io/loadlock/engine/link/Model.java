package io.loadlock.engine.link;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.engine.inspect.Inspection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A model file that was taken apart.
///
/// @param path as reports name it
/// @param bytes its size
public record Model(String path, Path file, long bytes, Inspection inspection) {
  /// Effects that a report lists of one file.
  private static final int EFFECTS = 20;

  /// What reports show of it beside its verdict: `weightsOnly`, the answer of the newest torch that
  /// was read, and `effects`, one decompiled call a line.
  public Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>();
    SortedMap<TorchVersion, WeightsOnly> answers = SafeLoads.answers(inspection);
    if (!answers.isEmpty()) {
      facts.put("weightsOnly", WeightsOnly.of(answers, answers.lastKey()).word());
    }
    List<String> effects = new ArrayList<>();
    effects(inspection, effects);
    if (!effects.isEmpty()) {
      facts.put("effects", String.join("\n", effects));
    }
    return facts;
  }

  private static void effects(Inspection inspection, List<String> effects) {
    for (Reading reading : inspection.readings()) {
      for (Effect effect : reading.effects()) {
        if (effects.size() < EFFECTS && effect.verdict() != Verdict.PLAIN_DATA) {
          effects.add(effect.text().replace('\n', ' '));
        }
      }
    }
    for (Inspection nested : inspection.nested()) {
      if (nested.loaded()) {
        effects(nested, effects);
      }
    }
  }
}
