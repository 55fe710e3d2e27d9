package io.loadlock.artifact.sklearn;

import io.loadlock.core.PythonText;
import java.util.Optional;

/// The script of Python that exports one estimator to a format that runs nothing, and fails unless
/// what it wrote predicts the same. It loads the file, which executes what is in it: so it begins
/// with the file's digest, and loads the very bytes that it has compared.
public final class ExportScript {
  /// Where to.
  public enum Target {
    ONNX(".onnx", "joblib numpy skl2onnx onnxruntime"),
    PMML(".pmml", "joblib numpy sklearn2pmml jpmml-evaluator  # and Java");

    private final String ending;
    private final String packages;

    Target(String ending, String packages) {
      this.ending = ending;
      this.packages = packages;
    }

    /// Of its files, with the dot.
    public String ending() {
      return ending;
    }

    public static Optional<Target> ofWord(String word) {
      for (Target target : values()) {
        if (target.name().equalsIgnoreCase(word)) {
          return Optional.of(target);
        }
      }
      return Optional.empty();
    }
  }

  private static final String HEAD =
      """
      #!/usr/bin/env python3
      ""\"Exports %1$s to %2$s, and fails unless both predict the same.

      Written by loadlock convert for this one file. Loading it executes its pickle,
      which is why its digest is compared first.

          pip install %3$s
          python SCRIPT [SAMPLES.npy]

      SAMPLES.npy: rows to compare predictions on. Made-up ones are used without.
      ""\"
      """;

  private static final String LOAD =
      """

      SOURCE = %1$s
      SHA256 = "%2$s"
      TARGET = %3$s
      FEATURES = %4$s
      ROWS = 200


      def load():
          with open(SOURCE, "rb") as file:
              data = file.read()
          if hashlib.sha256(data).hexdigest() != SHA256:
              raise SystemExit("not the file that this script was written for: " + SOURCE)
          return joblib.load(io.BytesIO(data))%5$s


      """;

  private static final String FIRST =
      """
      def first(model):
          while hasattr(model, "steps"):
              model = model.steps[0][1]
          return model


      """;

  private static final String COMPARE =
      """


      def same(what, expected, actual):
          expected, actual = np.asarray(expected, dtype=float), np.asarray(actual, dtype=float)
          if expected.size != actual.size:
              raise SystemExit(f"{what}: {actual.shape} instead of {expected.shape}")
          expected, actual = expected.ravel(), actual.ravel()
          finite = np.abs(expected[np.isfinite(expected)])
          tolerance = 1e-4 * max(1.0, finite.max(initial=0.0))
          wrong = ~np.isclose(expected, actual, rtol=1e-3, atol=tolerance, equal_nan=True)
          if wrong.any():
              at = int(np.flatnonzero(wrong)[0])
              raise SystemExit(f"{what} differ: {actual[at]} instead of {expected[at]}")


      def same_labels(expected, actual, scores):
          ""\"Labels agree, except where the scores of two are equal for 32-bit numbers.""\"
          scores = np.asarray(scores, dtype=float).reshape(len(scores), -1)
          if scores.shape[1] == 1:
              margin = np.abs(scores[:, 0])
          else:
              best = np.sort(scores, axis=1)
              margin = best[:, -1] - best[:, -2]
          close = margin <= 1e-4 * np.maximum(1.0, np.abs(scores).max(axis=1))
          expected, actual = np.asarray(expected), np.asarray(actual)
          if expected.size != actual.size:
              raise SystemExit(f"labels: {actual.shape} instead of {expected.shape}")
          wrong = (expected.astype(str) != actual.reshape(expected.shape).astype(str)) & ~close
          if wrong.any() or close.mean() > 0.5:
              raise SystemExit(f"labels differ in {wrong.sum()} of {len(wrong)} rows, {close.sum()} are ties")


      """;

  private static final String ONNX_MAIN =
      """
      def compare(model, inputs, outputs):
      %2$s

      def main():
          model = load()
          inputs = np.load(sys.argv[1]) if len(sys.argv) > 1 else make_inputs(model, np.random.default_rng(0))
          exported = to_onnx(model, initial_types=initial_types(inputs), options={%1$s}%3$s)
          data = exported.SerializeToString()
          session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
          compare(model, inputs, session.run(None, as_feed(inputs)))
          with open(TARGET, "wb") as file:
              file.write(data)
          print(f"wrote {TARGET}: the same predictions for {len(inputs)} rows")


      if __name__ == "__main__":
          main()
      """;

  private static final String PMML_MAIN =
      """
      def as_table(inputs):
          if isinstance(inputs, pandas.DataFrame):
              return inputs
          columns = inputs if inputs.dtype.kind in "OU" else inputs.astype(float)
          return pandas.DataFrame({f"x{i + 1}": columns[:, i] for i in range(inputs.shape[1])})


      def compare(model, inputs, outputs):
      %2$s

      def main():
          model = load()
          inputs = np.load(sys.argv[1]) if len(sys.argv) > 1 else make_inputs(model, np.random.default_rng(0))
          unchecked = TARGET + ".unchecked"
          try:
              sklearn2pmml(make_pmml_pipeline(model), unchecked)
              evaluator = make_evaluator(unchecked).verify()
              compare(model, inputs, evaluator.evaluateAll(as_table(inputs)))
              os.replace(unchecked, TARGET)
          finally:
              if os.path.exists(unchecked):
                  os.remove(unchecked)
          print(f"wrote {TARGET}: the same predictions for {len(inputs)} rows")


      if __name__ == "__main__":
          main()
      """;

  /// The newest that skl2onnx has an isolation forest for.
  private static final String OUTLIER_OPSET = ", target_opset={\"\": 17, \"ai.onnx.ml\": 3}";

  private ExportScript() {}

  /// Why there is no such script, one clause; empty where there is one.
  public static Optional<String> refusal(SavedPart part, Target format) {
    Family family = Family.of(part.estimator());
    if (format != Target.PMML) {
      return Optional.empty();
    }
    if (Inputs.of(part.estimator()) == Inputs.TEXT) {
      return Optional.of(
          "sklearn2pmml wants a tokenizer of its own in a "
              + part.estimator().first().className()
              + "; --to onnx exports it");
    }
    String last = part.estimator().last().className();
    if (last.equals("AdaBoostClassifier")) {
      return Optional.of("sklearn2pmml has no " + last + "; --to onnx exports it");
    }
    return pmmlCheck(family).isEmpty()
        ? Optional.of(
            "PMML has no predictions of what "
                + part.estimator().className()
                + " gives; --to onnx exports it")
        : Optional.empty();
  }

  /// The script, for Python 3.8 and later; where there is no [#refusal].
  ///
  /// @param source path of the file as the script opens it
  /// @param sha256 of the file, hexadecimal
  /// @param target path of what the script writes
  public static String of(
      SavedPart part, String source, String sha256, Target format, String target) {
    Estimator estimator = part.estimator();
    Inputs inputs = Inputs.of(estimator);
    Family family = Family.of(estimator);
    String version =
        estimator
            .version()
            .filter(it -> it.matches("[0-9a-z.+]+"))
            .map(it -> "scikit-learn==" + it + " ")
            .orElse("scikit-learn ");
    String features =
        estimator.columns().isPresent() ? Long.toString(estimator.columns().getAsLong()) : "None";
    boolean table = inputs == Inputs.COLUMNS;
    return HEAD.formatted(
            comment(source), comment(target), version + format.packages + (table ? " pandas" : ""))
        + (format == Target.ONNX ? onnxImports(inputs) : pmmlImports())
        + LOAD.formatted(
            PythonText.quoted(source), sha256, PythonText.quoted(target), features, subscript(part))
        + (inputs.code().contains("first(model)") ? FIRST : "")
        + inputs.code()
        + COMPARE
        + (format == Target.ONNX ? ONNX_MAIN : PMML_MAIN)
            .formatted(
                options(family, inputs),
                format == Target.ONNX ? family.check() : pmmlCheck(family),
                family == Family.OUTLIER ? OUTLIER_OPSET : "");
  }

  private static String subscript(SavedPart part) {
    return part.key().isEmpty()
        ? ""
        : "[" + (part.indexed() ? part.key() : PythonText.quoted(part.key())) + "]";
  }

  private static String options(Family family, Inputs inputs) {
    boolean both = !family.options().isEmpty() && !inputs.options().isEmpty();
    return family.options() + (both ? ", " : "") + inputs.options();
  }

  private static String onnxImports(Inputs inputs) {
    boolean text = inputs.code().contains("StringTensorType");
    boolean numbers = inputs.code().contains("FloatTensorType");
    String types =
        (numbers ? "FloatTensorType" : "")
            + (numbers && text ? ", " : "")
            + (text ? "StringTensorType" : "");
    return """
    import hashlib
    import io
    import sys

    import joblib
    import numpy as np
    import onnxruntime
    %sfrom skl2onnx import to_onnx
    from skl2onnx.common.data_types import %s
    """
        .formatted(inputs == Inputs.COLUMNS ? "import pandas\n" : "", types);
  }

  private static String pmmlImports() {
    return """
    import hashlib
    import io
    import os
    import sys

    import joblib
    import numpy as np
    import pandas
    from jpmml_evaluator import make_evaluator
    from sklearn2pmml import make_pmml_pipeline, sklearn2pmml
    """;
  }

  private static String pmmlCheck(Family family) {
    return switch (family) {
      case CLASSIFIER, MARGIN ->
          """
              scores = model.predict_proba(inputs) if hasattr(model, "predict_proba") else model.decision_function(inputs)
              same_labels(model.predict(inputs), outputs["y"], scores)
          """;
      case REGRESSOR ->
          """
              same("predictions", model.predict(inputs), outputs["y"])
          """;
      case CLUSTERER ->
          """
              same_labels(model.predict(inputs), outputs["cluster"], -model.transform(inputs))
          """;
      case OUTLIER ->
          """
              same_labels(model.predict(inputs) == -1, outputs["outlier"], model.decision_function(inputs))
          """;
      case MIXTURE, TRANSFORMER -> "";
    };
  }

  private static String comment(String text) {
    String quoted = PythonText.quoted(text);
    return quoted.substring(1, quoted.length() - 1);
  }
}
