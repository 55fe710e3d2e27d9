package io.loadlock.python.sink.library;

/// What other tools call the same weakness. A suppression comment that names one of them silences
/// ours.
final class Codes {
  /// Bandit: pickle and what it counts as pickle; the import of such a module.
  static final String[] PICKLE = {
    "B301", "B403", "S301", "S403", "avoid-pickle", "VNX-PY-003", "VNX-345", "S5135"
  };

  static final String[] CPICKLE = {
    "B301",
    "B403",
    "S301",
    "S403",
    "avoid-pickle",
    "avoid-cPickle",
    "VNX-PY-003",
    "VNX-345",
    "S5135"
  };

  static final String[] DILL = {"B301", "B403", "S301", "S403", "avoid-dill"};
  static final String[] SHELVE = {"B301", "B403", "S301", "S403", "avoid-shelve"};
  static final String[] MARSHAL = {"B302", "S302", "marshal-usage"};
  static final String[] JSONPICKLE = {"B301", "B403", "S301", "S403", "avoid-jsonpickle"};
  static final String[] PANDAS = {"B301", "S301", "pickles-in-pandas", "ml-deserialization"};
  static final String[] NUMPY = {"B301", "S301", "pickles-in-numpy", "ml-deserialization"};
  static final String[] JOBLIB = {"B301", "S301", "scikit-joblib-load", "ml-deserialization"};

  static final String[] TORCH = {
    "B614", "S614", "S6985", "TOR102", "pickles-in-pytorch", "ml-deserialization", "VNX-LLM-007"
  };

  /// For loaders of frameworks: no other tool knows them one by one, a suppression of pickle is
  /// meant for them.
  static final String[] FRAMEWORK = {"B301", "S301"};

  /// For code from a hub that is run without being a deserialization.
  static final String[] REMOTE = {"B615"};

  private Codes() {}
}
