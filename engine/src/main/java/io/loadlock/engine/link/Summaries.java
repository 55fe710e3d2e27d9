package io.loadlock.engine.link;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.core.Outcome;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.pins.PinProject.Knowledge;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/// Says in a clause what is in a file.
final class Summaries {
  private static final int NAMES = 3;

  /// Formats whose tensors are NumPy's.
  private static final Set<String> ARRAYS = Set.of("npy", "npz", "joblib", "pickle");

  /// Classes that are how a tensor or an array is kept, not what a file holds.
  private static final Set<String> PLUMBING =
      Set.of("Size", "NumpyArrayWrapper", "NDArrayWrapper", "ZNDArrayWrapper", "NumpyUnpickler");

  private Summaries() {}

  /// @param torch what the project of the loading line proves of its torch
  static Linked linked(Model model, Knowledge torch, boolean locked) {
    Inspection inspection = model.inspection();
    boolean complete = inspection.outcome() instanceof Outcome.Complete;
    SortedMap<TorchVersion, WeightsOnly> answers = SafeLoads.answers(inspection);
    return new Linked(
        model.path(),
        complete,
        inspection.verdict(),
        summary(inspection),
        SafeLoads.clause(answers, torch),
        answers,
        locked,
        pickled(inspection),
        complete && estimator(inspection));
  }

  /// By the private module that keeps its class: `sklearn.linear_model._logistic`.
  private static boolean estimator(Inspection inspection) {
    List<Reading> readings = new ArrayList<>();
    collect(inspection, readings);
    return readings.stream()
        .flatMap(reading -> reading.globals().stream())
        .anyMatch(use -> use.module().startsWith("sklearn.") && isType(use));
  }

  private static boolean pickled(Inspection inspection) {
    return inspection.readings().stream().anyMatch(reading -> reading.format().contains("pickle"))
        || inspection.nested().stream().anyMatch(nested -> nested.loaded() && pickled(nested));
  }

  static String summary(Inspection inspection) {
    if (inspection.verdict() == Verdict.RUNS_CODE) {
      return runs(inspection);
    }
    switch (inspection.outcome()) {
      case Outcome.Failed failed -> {
        return "it could not be read (" + failed.problem() + ")";
      }
      case Outcome.Skipped skipped -> {
        return "it was not read (" + skipped.reason() + ")";
      }
      case Outcome.Complete _, Outcome.Partial _ -> {
        // Said below.
      }
    }
    List<Reading> readings = new ArrayList<>();
    collect(inspection, readings);
    String content = content(inspection, readings);
    return inspection.outcome() instanceof Outcome.Partial partial
        ? content + ", as far as it could be read (" + partial.problems().getFirst() + ")"
        : content;
  }

  private static String runs(Inspection inspection) {
    Effect worst = firstEffect(inspection);
    if (worst == null) {
      return "runs code when it is loaded";
    }
    String text = worst.text().length() > 80 ? worst.text().substring(0, 77) + "…" : worst.text();
    return "runs `" + text + "` at byte " + "%,d".formatted(worst.offset());
  }

  private static @org.jspecify.annotations.Nullable Effect firstEffect(Inspection inspection) {
    for (Reading reading : inspection.readings()) {
      for (Effect effect : reading.effects()) {
        if (effect.verdict() == Verdict.RUNS_CODE) {
          return effect;
        }
      }
    }
    for (Inspection nested : inspection.nested()) {
      Effect effect = nested.loaded() ? firstEffect(nested) : null;
      if (effect != null) {
        return effect;
      }
    }
    return null;
  }

  private static String content(Inspection inspection, List<Reading> readings) {
    int tensors = 0;
    Set<String> types = new LinkedHashSet<>();
    Set<String> unknown = new LinkedHashSet<>();
    for (Reading reading : readings) {
      for (Tensor _ : reading.tensors()) {
        tensors++;
      }
      for (GlobalUse use : reading.globals()) {
        if (use.verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0) {
          unknown.add(use.module() + "." + use.name());
        } else if (isType(use)) {
          types.add(use.name());
        }
      }
    }
    if (!unknown.isEmpty()) {
      return "needs " + names(unknown) + ", of which nothing is known";
    }
    List<String> parts = new ArrayList<>();
    if (tensors > 0) {
      boolean arrays = readings.stream().allMatch(reading -> ARRAYS.contains(reading.format()));
      String noun = arrays ? "array" : "tensor";
      parts.add(tensors == 1 ? "one " + noun : "%,d %ss".formatted(tensors, noun));
    }
    if (!types.isEmpty()) {
      parts.add(names(types));
    }
    return parts.isEmpty()
        ? "plain data (" + inspection.format() + ")"
        : String.join(" and ", parts);
  }

  /// Spelt like a class, and none of those that are only a tensor's own parts.
  private static boolean isType(GlobalUse use) {
    String name = use.name();
    return !name.isEmpty()
        && Character.isUpperCase(name.charAt(0))
        && !name.endsWith("Storage")
        && !PLUMBING.contains(name);
  }

  private static String names(Set<String> names) {
    List<String> first = names.stream().limit(NAMES).map(name -> "`" + name + "`").toList();
    int more = names.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }

  private static void collect(Inspection inspection, List<Reading> readings) {
    readings.addAll(inspection.readings());
    for (Inspection nested : inspection.nested()) {
      if (nested.loaded()) {
        collect(nested, readings);
      }
    }
  }
}
