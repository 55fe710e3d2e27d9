package io.loadlock.artifact.sklearn;

import io.loadlock.artifact.pickle.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The estimator that a pickle builds, with those it is composed of, and the versions that it
/// names.
public final class Estimators {
  private static final int DEEPEST = 6;
  private static final int MOST = 64;

  /// Attributes in which composed estimators keep the others: lists of (name, estimator …) or one
  /// estimator.
  private static final List<String> PARTS =
      List.of(
          "steps",
          "transformers",
          "transformer_list",
          "estimators",
          "estimator",
          "best_estimator_",
          "base_estimator",
          "final_estimator",
          "regressor",
          "classifier");

  private int left = MOST;

  private Estimators() {}

  /// `estimator` and the versions found, as details to be shown; empty where the root is no
  /// estimator.
  public static Map<String, String> details(Value root) {
    Map<String, String> details = new TreeMap<>();
    if (root instanceof Value.Call call && isEstimator(call)) {
      details.put("estimator", new Estimators().describe(call, 0));
      version(call).ifPresent(version -> details.put("scikit-learn", version));
    }
    return details;
  }

  static Optional<String> version(Value.Call call) {
    return call.attribute("_sklearn_version")
        .filter(v -> v instanceof Value.Text)
        .map(v -> ((Value.Text) v).value());
  }

  static boolean isEstimator(Value.Call call) {
    return className(call).startsWith("sklearn.") || call.attribute("_sklearn_version").isPresent();
  }

  /// Of the class that was instantiated: directly, or through `copyreg._reconstructor` and
  /// `__newobj__`.
  static String className(Value.Call call) {
    String name = call.name();
    boolean through = name.startsWith("copyreg.") || name.startsWith("copy_reg.");
    return through
            && !call.positional().isEmpty()
            && call.positional().get(0) instanceof Value.Global type
        ? type.full()
        : name;
  }

  private String describe(Value.Call call, int depth) {
    String type = className(call);
    StringBuilder text = new StringBuilder(type.substring(type.lastIndexOf('.') + 1));
    List<String> parts = new ArrayList<>();
    if (depth < DEEPEST) {
      for (String attribute : PARTS) {
        call.attribute(attribute).ifPresent(value -> parts(value, depth, parts));
      }
    }
    if (!parts.isEmpty()) {
      text.append('(').append(String.join(", ", parts)).append(')');
    }
    return text.toString();
  }

  private void parts(Value value, int depth, List<String> parts) {
    if (value instanceof Value.Call call && isEstimator(call) && left-- > 0) {
      parts.add(describe(call, depth + 1));
    } else if (value instanceof Value.ListValue list) {
      for (Value item : list.items()) {
        if (item instanceof Value.Tuple pair
            && pair.items().size() >= 2
            && pair.items().get(0) instanceof Value.Text(String name)) {
          if (left-- > 0) {
            Value part = pair.items().get(1);
            String text =
                part instanceof Value.Call call
                    ? describe(call, depth + 1)
                    : part instanceof Value.Text(String word) ? "'" + word + "'" : "…";
            parts.add(name + ": " + text);
          }
        }
      }
    }
  }
}
