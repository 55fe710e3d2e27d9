package io.loadlock.artifact;

import io.loadlock.core.Outcome;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What one reader learnt from one byte source.
///
/// @param format the reader's name, such as `torch-zip`
/// @param outcome whether it could be read to its end
/// @param verdict the worst of effects and globals; [Verdict#PLAIN_DATA] where there is neither
/// @param effects in order of execution
/// @param globals in order of first mention
/// @param tensors in order of the file
/// @param notices in order of position
/// @param nested members for the loop to read next
/// @param weightsOnly what `torch.load(weights_only=True)` says, by release; empty for formats that
///   torch does not load
/// @param details what else is worth showing, such as `torch version` or `protocol`
public record Reading(
    String format,
    Outcome outcome,
    Verdict verdict,
    List<Effect> effects,
    List<GlobalUse> globals,
    List<Tensor> tensors,
    List<Notice> notices,
    List<Nested> nested,
    SortedMap<TorchVersion, WeightsOnly> weightsOnly,
    SortedMap<String, String> details) {
  public Reading(
      String format,
      Outcome outcome,
      Verdict verdict,
      List<Effect> effects,
      List<GlobalUse> globals,
      List<Tensor> tensors,
      List<Notice> notices,
      List<Nested> nested,
      SortedMap<String, String> details) {
    this(
        format,
        outcome,
        verdict,
        effects,
        globals,
        tensors,
        notices,
        nested,
        new TreeMap<>(),
        details);
  }

  /// The same with other notices.
  public Reading noticing(List<Notice> others) {
    return new Reading(
        format, outcome, verdict, effects, globals, tensors, others, nested, weightsOnly, details);
  }

  /// The same with other tensors.
  public Reading with(List<Tensor> others) {
    return new Reading(
        format, outcome, verdict, effects, globals, others, notices, nested, weightsOnly, details);
  }

  public Reading {
    effects = List.copyOf(effects);
    globals = List.copyOf(globals);
    tensors = List.copyOf(tensors);
    notices = List.copyOf(notices);
    nested = List.copyOf(nested);
    weightsOnly = new TreeMap<>(weightsOnly);
    details = new TreeMap<>(details);
  }
}
