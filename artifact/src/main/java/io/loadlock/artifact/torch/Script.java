package io.loadlock.artifact.torch;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import java.util.ArrayList;
import java.util.List;

/// The pickles of TorchScript name classes that the archive itself defines, in a language without
/// access to Python.
final class Script {
  /// Classes in C++ that a library registers: those of PyTorch's own are part of saved models.
  private static final String CLASSES = "__torch__.torch.classes.";

  private Script() {}

  /// `reading` with the archive's own classes (`__torch__…`) and the unpickler's own functions
  /// (`torch.jit._pickle`) as what they are: types.
  static Reading judge(Reading reading) {
    List<GlobalUse> globals = new ArrayList<>();
    Verdict verdict = Verdict.PLAIN_DATA;
    for (GlobalUse global : reading.globals()) {
      GlobalUse judged = own(global.full()) ? typed(global) : global;
      verdict = verdict.worse(judged.verdict());
      globals.add(judged);
    }
    List<Effect> effects = new ArrayList<>();
    for (Effect effect : reading.effects()) {
      Effect judged =
          own(effect.text())
              ? new Effect(
                  effect.offset(),
                  effect.text(),
                  Verdict.NEEDS_TYPES,
                  "class of this TorchScript archive")
              : effect;
      verdict = verdict.worse(judged.verdict());
      effects.add(judged);
    }
    return new Reading(
        reading.format(),
        reading.outcome(),
        verdict,
        effects,
        globals,
        reading.tensors(),
        reading.notices(),
        reading.nested(),
        reading.details());
  }

  private static boolean own(String name) {
    return name.startsWith("torch.jit._pickle.")
        || name.startsWith("__torch__.")
            && (!name.startsWith(CLASSES)
                || Sources.vetted(name.substring(CLASSES.length()).split("\\.", 2)[0]));
  }

  private static GlobalUse typed(GlobalUse global) {
    return new GlobalUse(
        global.module(),
        global.name(),
        global.offset(),
        global.use(),
        GlobalUse.Nature.VETTED,
        Verdict.NEEDS_TYPES,
        "class of this TorchScript archive");
  }
}
