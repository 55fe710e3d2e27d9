package io.loadlock.artifact.sklearn;

import java.util.List;
import java.util.Set;

/// What an estimator is fed with: one row for each kind of made-up input. Each defines
/// `make_inputs(model, rng)`, `as_feed(inputs)` and `initial_types(inputs)`.
enum Inputs {
  /// Text for a vectoriser, one in each row: words of its vocabulary.
  TEXT(
      """
      def make_inputs(model, rng):
          step = first(model)
          words = sorted(step.vocabulary_)
          return np.array([" ".join(rng.choice(words, size=rng.integers(1, 12))) for _ in range(ROWS)])


      def initial_types(inputs):
          return [("X", StringTensorType([None, 1]))]


      def as_feed(inputs):
          return {"X": np.asarray(inputs).reshape(-1, 1)}
      """,
      Set.of("CountVectorizer", "TfidfVectorizer")),

  /// The categories of an encoder.
  CATEGORIES(
      """
      def make_inputs(model, rng):
          step = first(model)
          columns = [rng.choice(categories, size=ROWS) for categories in step.categories_]
          inputs = np.column_stack(columns)
          return inputs if inputs.dtype.kind in "OU" else inputs.astype(np.float32)


      def initial_types(inputs):
          one = StringTensorType if inputs.dtype.kind in "OU" else FloatTensorType
          return [("X", one([None, inputs.shape[1]]))]


      def as_feed(inputs):
          return {"X": inputs.astype(str) if inputs.dtype.kind in "OU" else inputs}
      """,
      Set.of("OneHotEncoder", "OrdinalEncoder", "TargetEncoder")),

  /// A column each, with a type of its own: categories where an encoder takes it, else numbers.
  COLUMNS(
      """
      def make_inputs(model, rng):
          step = first(model)
          names = list(getattr(step, "feature_names_in_", range(FEATURES)))
          columns = {str(name): rng.normal(size=ROWS).astype(np.float32) for name in names}
          for _, part, chosen in step.transformers_:
              while hasattr(part, "steps"):
                  part = next((it for _, it in part.steps if hasattr(it, "categories_")), None)
              chosen = [chosen] if isinstance(chosen, (str, int)) else chosen
              chosen = range(len(names))[chosen] if isinstance(chosen, slice) else list(chosen)
              for at, categories in enumerate(getattr(part, "categories_", [])):
                  name = chosen[at] if isinstance(chosen[at], str) else names[chosen[at]]
                  columns[str(name)] = rng.choice(categories, size=ROWS)
          return pandas.DataFrame(columns)


      def initial_types(inputs):
          return [
              (name, (StringTensorType if inputs[name].dtype.kind not in "iuf" else FloatTensorType)([None, 1]))
              for name in inputs.columns
          ]


      def as_feed(inputs):
          return {
              name: inputs[name].to_numpy().astype(np.float32 if inputs[name].dtype.kind in "iuf" else str).reshape(-1, 1)
              for name in inputs.columns
          }
      """,
      Set.of("ColumnTransformer")),

  /// Whole numbers from 0 on, as counts are.
  COUNTS(
      """
      def make_inputs(model, rng):
          return rng.integers(0, 10, size=(ROWS, FEATURES)).astype(np.float32)
      """
          + Inputs.MATRIX,
      Set.of(
          "MultinomialNB",
          "ComplementNB",
          "NMF",
          "MiniBatchNMF",
          "LatentDirichletAllocation",
          "TfidfTransformer")),

  /// 0 and 1, which every categorical column has.
  BITS(
      """
      def make_inputs(model, rng):
          return rng.integers(0, 2, size=(ROWS, FEATURES)).astype(np.float32)
      """
          + Inputs.MATRIX,
      Set.of("CategoricalNB", "BernoulliNB")),

  /// Numbers of several magnitudes, because what the model was fitted on is not known.
  NUMBERS(
      """
      def make_inputs(model, rng):
          scale = 10.0 ** rng.integers(-1, 2, size=(ROWS, FEATURES))
          return (rng.normal(size=(ROWS, FEATURES)) * scale).astype(np.float32)
      """
          + Inputs.MATRIX,
      Set.of());

  private static final String MATRIX =
      """


      def initial_types(inputs):
          return [("X", FloatTensorType([None, inputs.shape[1]]))]


      def as_feed(inputs):
          return {"X": inputs}
      """;

  private final String code;
  private final Set<String> names;

  Inputs(String code, Set<String> names) {
    this.code = code;
    this.names = names;
  }

  String code() {
    return code;
  }

  /// Whether the columns are counted: without, the vocabulary or the categories say how many.
  boolean counted() {
    return switch (this) {
      case TEXT, CATEGORIES -> false;
      case COLUMNS, COUNTS, BITS, NUMBERS -> true;
    };
  }

  /// An item of the dict `options` of `skl2onnx.to_onnx`, in Python; empty where none is needed.
  /// Without the first, ONNX asks the machine for the locale en_US, which many have not.
  String options() {
    return this == TEXT ? "id(first(model)): {\"locale\": \"C\"}" : "";
  }

  /// By the first estimator; where that takes numbers, by what a later one demands of them.
  static Inputs of(Estimator estimator) {
    for (Estimator one : List.of(estimator.first(), estimator.last())) {
      for (Inputs inputs : values()) {
        if (inputs.names.contains(one.className())
            && (one == estimator.first() || inputs.counted() && inputs != COLUMNS)) {
          return inputs;
        }
      }
      if (!one.className().equals("MaxAbsScaler") && !one.className().equals("SimpleImputer")) {
        break;
      }
    }
    return NUMBERS;
  }
}
