package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// pandas and its drop-in twins.
final class PandasSinks {
  private static final String ADVICE =
      "Save frames as Parquet, Feather or CSV and read them with the matching reader.";

  private PandasSinks() {}

  static final Library LIBRARY =
      Library.of(
              "pandas",
              "pandas",
              SinkRow.function(
                      "pandas.read_pickle",
                      "pandas.io.pickle.read_pickle",
                      "pandas.io.api.read_pickle",
                      // Before 0.12 the same function was called load.
                      "pandas.load",
                      "pandas.core.common.load",
                      "pandas.core.api.load",
                      "modin.experimental.pandas.read_pickle_glob",
                      "modin.experimental.pandas.read_pickle_distributed")
                  .kind("pandas-read-pickle")
                  .loads("filepath_or_buffer", 0)
                  .codes(Codes.PANDAS)
                  .advice(ADVICE)
                  .readIn("pandas 3.1.1 pandas/io/pickle.py read_pickle"),
              SinkRow.function("pandas.compat.pickle_compat.load")
                  .kind("pandas-read-pickle")
                  .loads("fh", 0)
                  .codes(Codes.PANDAS)
                  .advice(ADVICE)
                  .readIn("pandas 1.5.3 pandas/compat/pickle_compat.py load"),
              SinkRow.function("pandas.compat.pickle_compat.loads")
                  .kind("pandas-read-pickle")
                  .loads("bytes_object", 0)
                  .inverses("pickle.dumps")
                  .codes(Codes.PANDAS)
                  .advice(ADVICE)
                  .readIn("pandas 3.1.1 pandas/compat/pickle_compat.py loads"),
              SinkRow.method("pandas.compat.pickle_compat.Unpickler.load")
                  .kind("pandas-read-pickle")
                  .loadsWhatItWasMadeOf("file", 0)
                  .hook("find_class")
                  .codes(Codes.PANDAS)
                  .advice(ADVICE)
                  .readIn("pandas 3.1.1 pandas/compat/pickle_compat.py Unpickler"),
              SinkRow.function(
                      "pandas.read_hdf", "pandas.io.pytables.read_hdf", "pandas.io.api.read_hdf")
                  .kind("pandas-hdf")
                  .low()
                  .loads("path_or_buf", 0)
                  .codes(Codes.PANDAS)
                  .advice(ADVICE + " Object columns of an HDF store are pickled.")
                  .readIn("pandas 3.1.1 pandas/io/pytables.py read_hdf"),
              SinkRow.constructor(
                      "pandas.HDFStore", "pandas.io.pytables.HDFStore", "pandas.io.api.HDFStore")
                  .kind("pandas-hdf")
                  .low()
                  .loads("path", 0)
                  .safeWhenOneOf("mode", 1, "'w'")
                  .codes(Codes.PANDAS)
                  .advice(ADVICE + " Object columns of an HDF store are pickled.")
                  .readIn("pandas 3.1.1 pandas/io/pytables.py HDFStore"))
          .alias("pandas", "modin.pandas", "modin.experimental.pandas", "swifter.pandas");
}
