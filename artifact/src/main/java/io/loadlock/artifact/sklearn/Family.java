package io.loadlock.artifact.sklearn;

import java.util.Set;

/// What an estimator predicts: one row for each way in which an export has to be asked for, and its
/// predictions compared.
enum Family {
  /// A label and the probability of each class. Without `zipmap=False`, skl2onnx gives a list of
  /// dicts.
  CLASSIFIER(
      "id(model): {\"zipmap\": False}",
      """
          labels, chances = outputs[:2]
          if hasattr(model, "predict_proba"):
              expected = model.predict_proba(inputs)
              same("probabilities", expected, chances)
          else:
              expected = model.decision_function(inputs)
          same_labels(model.predict(inputs), labels, expected)
      """,
      Set.of(
          "SVC",
          "NuSVC",
          "LogisticRegression",
          "LogisticRegressionCV",
          "Perceptron",
          "GaussianNB",
          "MultinomialNB",
          "BernoulliNB",
          "ComplementNB",
          "CategoricalNB",
          "LinearDiscriminantAnalysis",
          "QuadraticDiscriminantAnalysis",
          "NearestCentroid")),

  /// A label and how far it is from the boundary; there is no list of dicts to avoid.
  MARGIN(
      "",
      """
          same_labels(model.predict(inputs), outputs[0], model.decision_function(inputs))
      """,
      Set.of("LinearSVC")),

  /// A number, or several.
  REGRESSOR(
      "",
      """
          same("predictions", model.predict(inputs), outputs[0])
      """,
      Set.of(
          "LinearRegression",
          "Ridge",
          "RidgeCV",
          "Lasso",
          "LassoCV",
          "LassoLars",
          "LassoLarsCV",
          "LassoLarsIC",
          "Lars",
          "LarsCV",
          "ElasticNet",
          "ElasticNetCV",
          "MultiTaskLasso",
          "MultiTaskLassoCV",
          "MultiTaskElasticNet",
          "MultiTaskElasticNetCV",
          "BayesianRidge",
          "ARDRegression",
          "OrthogonalMatchingPursuit",
          "OrthogonalMatchingPursuitCV",
          "SVR",
          "LinearSVR",
          "NuSVR",
          "PLSRegression")),

  /// The number of a cluster, and the distance to each centre.
  CLUSTERER(
      "",
      """
          expected = -model.transform(inputs)
          same("distances", -expected, outputs[1])
          same_labels(model.predict(inputs), outputs[0], expected)
      """,
      Set.of("KMeans", "MiniBatchKMeans")),

  /// The number of a component, and how likely each is.
  MIXTURE(
      "",
      """
          expected = model.predict_proba(inputs)
          same("probabilities", expected, outputs[1])
          same_labels(model.predict(inputs), outputs[0], expected)
      """,
      Set.of("GaussianMixture", "BayesianGaussianMixture")),

  /// 1 for what is ordinary, -1 for what is not.
  OUTLIER(
      "",
      """
          same_labels(model.predict(inputs), outputs[0], model.decision_function(inputs))
      """,
      Set.of(
          "IsolationForest",
          "OneClassSVM",
          "LocalOutlierFactor",
          "SGDOneClassSVM",
          "EllipticEnvelope")),

  /// Other columns.
  TRANSFORMER(
      "",
      """
          expected = model.transform(inputs)
          same("results", expected.toarray() if hasattr(expected, "toarray") else expected, outputs[0])
      """,
      Set.of());

  private final String options;
  private final String check;
  private final Set<String> names;

  Family(String options, String check, Set<String> names) {
    this.options = options;
    this.check = check;
    this.names = names;
  }

  /// An item of the dict `options` of `skl2onnx.to_onnx`, in Python; empty where none is needed.
  String options() {
    return options;
  }

  /// Lines of Python that compare `outputs` with what `model` makes of `inputs`.
  String check() {
    return check;
  }

  /// By the class that predicts. Names that end as scikit-learn's own do are of that family; what
  /// is left transforms.
  static Family of(Estimator estimator) {
    String name = estimator.last().className();
    for (Family family : values()) {
      if (family.names.contains(name)) {
        return family;
      }
    }
    if (name.endsWith("Classifier") || name.endsWith("ClassifierCV")) {
      return CLASSIFIER;
    }
    return name.endsWith("Regressor") || name.endsWith("RegressorCV") ? REGRESSOR : TRANSFORMER;
  }
}
