package io.loadlock.artifact.sklearn;

import io.loadlock.artifact.pickle.Value;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// An estimator as a pickle holds it, with those that it is composed of.
///
/// @param name within what holds it, such as the name of a pipeline's step; empty for the outermost
/// @param type its class, such as `sklearn.linear_model._logistic.LogisticRegression`
/// @param version of the scikit-learn that saved it; empty where it does not say
/// @param features how many columns it was fitted on, `n_features_in_`; empty where it does not say
/// @param parameters of its constructor, each as Python would write it, cut where it is long
/// @param fitted by attribute, what fitting gave: an array's type and shape, or a value
/// @param parts in their order
public record Estimator(
    String name,
    String type,
    Optional<String> version,
    OptionalLong features,
    SortedMap<String, String> parameters,
    SortedMap<String, String> fitted,
    List<Estimator> parts) {
  public Estimator {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
    fitted = Collections.unmodifiableSortedMap(new TreeMap<>(fitted));
    parts = List.copyOf(parts);
  }

  /// The estimator that a pickle's root is; empty where it is none.
  public static Optional<Estimator> of(Value root) {
    return new EstimatorReader().read(root);
  }

  /// The last name of its class.
  public String className() {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /// The one that sees the data first: of a pipeline its first step's, and so on.
  public Estimator first() {
    return className().equals("Pipeline") && !parts.isEmpty() ? parts.getFirst().first() : this;
  }

  /// The one that predicts: of a pipeline its last step's, of a search its best one's.
  public Estimator last() {
    if (className().equals("Pipeline") && !parts.isEmpty()) {
      return parts.getLast().last();
    }
    return parts.stream()
        .filter(part -> part.name().equals("best_estimator_"))
        .findFirst()
        .map(Estimator::last)
        .orElse(this);
  }

  /// Of itself, or of the first part that says so.
  public OptionalLong columns() {
    if (features.isPresent()
        || !(className().equals("Pipeline") || className().endsWith("SearchCV"))) {
      return features;
    }
    for (Estimator part : parts) {
      if (part.columns().isPresent()) {
        return part.columns();
      }
    }
    return OptionalLong.empty();
  }
}
