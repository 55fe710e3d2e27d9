package io.loadlock.engine.link;

import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.WeightsOnly;
import java.util.SortedMap;
import java.util.TreeMap;

/// A model file that a load leads to, and what reading it showed.
///
/// @param path as reports name it
/// @param complete whether it was read to its end
/// @param verdict what loading it would do
/// @param summary what is in it, a clause such as `tensors and an OrderedDict`
/// @param weightsOnly what `weights_only=True` would make of it, a clause such as
///   `weights_only=True will work`; empty where the question makes no sense
/// @param answers what `weights_only=True` says to it, by release of torch; empty where torch does
///   not load it
/// @param locked whether `loadlock.lock` holds its digest, and it has that digest
/// @param pickled whether loading all of it runs a pickle: of an `.npy`, whether it holds objects
/// @param estimator whether it is an estimator of scikit-learn, which `loadlock convert` exports
public record Linked(
    String path,
    boolean complete,
    Verdict verdict,
    String summary,
    String weightsOnly,
    SortedMap<TorchVersion, WeightsOnly> answers,
    boolean locked,
    boolean pickled,
    boolean estimator) {
  public Linked {
    answers = new TreeMap<>(answers);
  }

  /// Of a file of which it is not known that it can be loaded without a pickle.
  public Linked(
      String path,
      boolean complete,
      Verdict verdict,
      String summary,
      String weightsOnly,
      SortedMap<TorchVersion, WeightsOnly> answers,
      boolean locked) {
    this(path, complete, verdict, summary, weightsOnly, answers, locked, true, false);
  }

  /// Whether it can stand as a proof: read to its end, nothing in it that was not vetted.
  public boolean reviewed() {
    return complete && verdict.compareTo(Verdict.NEEDS_TYPES) <= 0;
  }
}
