package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Surprise: predictions and algorithms are dumped as one pickle.
final class SurpriseSinks {
  private SurpriseSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Surprise",
          "scikit-surprise",
          SinkRow.function("surprise.dump.load")
              .kind("surprise-load")
              .high()
              .loads("file_name", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Keep predictions as CSV and fit the algorithm again.")
              .readIn("scikit-surprise 1.1.4 surprise/dump.py load"));
}
