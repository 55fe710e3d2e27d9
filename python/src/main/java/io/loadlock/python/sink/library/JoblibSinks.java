package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// joblib, on its own and as scikit-learn carried it up to 0.22.
final class JoblibSinks {
  private static final String ADVICE =
      "Save scikit-learn models with skops or export them to ONNX; joblib.load unpickles.";

  private JoblibSinks() {}

  static final Library LIBRARY =
      Library.of(
              "joblib",
              "joblib",
              SinkRow.function(
                      "joblib.load",
                      "joblib.numpy_pickle.load",
                      "joblib.numpy_pickle.load_temporary_memmap",
                      "joblib.numpy_pickle_compat.load_compatibility")
                  .kind("joblib-load")
                  .loads("filename", 0)
                  .codes(Codes.JOBLIB)
                  .advice(ADVICE)
                  .readIn("joblib 1.6.0 joblib/numpy_pickle.py load, numpy_pickle_compat.py"),
              SinkRow.method(
                      "joblib.numpy_pickle.NumpyUnpickler.load",
                      "joblib.numpy_pickle_compat.ZipNumpyUnpickler.load")
                  .kind("joblib-load")
                  .loadsWhatItWasMadeOf("filename", 0)
                  .hook("find_class")
                  .codes(Codes.JOBLIB)
                  .advice(ADVICE)
                  .readIn("joblib 1.6.0 joblib/numpy_pickle.py NumpyUnpickler"),
              SinkRow.constructor("joblib.Memory", "joblib.memory.Memory")
                  .kind("joblib-memory")
                  .privateChannel()
                  .loads("location", 0)
                  .safeWhenOneOf("location", 0, "None")
                  .absentIsSafe(true)
                  .codes(Codes.JOBLIB)
                  .advice("Keep the cache folder writable for the program's own user alone.")
                  .readIn("joblib 1.6.0 joblib/memory.py Memory, _store_backends.py load_item"))
          .alias(
              "joblib",
              "sklearn.externals.joblib",
              "sklearn.utils._joblib",
              "sklearn.utils._joblib.joblib")
          .importedToUnpickle("joblib");
}
