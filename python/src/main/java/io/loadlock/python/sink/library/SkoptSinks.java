package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// scikit-optimize: results are joblib's pickles.
final class SkoptSinks {
  private SkoptSinks() {}

  static final Library LIBRARY =
      Library.of(
          "scikit-optimize",
          "scikit-optimize",
          SinkRow.function("skopt.load", "skopt.utils.load")
              .kind("skopt-load")
              .high()
              .loads("filename", 0)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Keep the points and values that were tried as JSON, and pass them as x0 and y0.")
              .readIn("scikit-optimize 0.10.2 skopt/utils.py load"));
}
