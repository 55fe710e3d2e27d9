package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// DeepChem: datasets and checkpoints on disk are pickles.
final class DeepchemSinks {
  private static final String ADVICE = "Keep datasets as CSV or numeric npz.";

  private DeepchemSinks() {}

  static final Library LIBRARY =
      Library.of(
          "DeepChem",
          "deepchem",
          SinkRow.function("deepchem.utils.data_utils.load_pickle_file")
              .kind("deepchem-load")
              .high()
              .loads("input_file", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("deepchem 2.8.0 deepchem/utils/data_utils.py load_pickle_file"),
          SinkRow.function(
                  "deepchem.utils.data_utils.load_from_disk",
                  "deepchem.utils.load_from_disk",
                  "deepchem.utils.save.load_from_disk")
              .kind("deepchem-load")
              .high()
              .loads("filename", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("deepchem 2.8.0 deepchem/utils/data_utils.py load_from_disk"));
}
