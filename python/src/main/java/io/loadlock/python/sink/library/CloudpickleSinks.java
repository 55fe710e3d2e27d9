package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// cloudpickle, and the copies of it that other libraries carry. Its `load` and `loads` are
/// pickle's own.
final class CloudpickleSinks {
  private static final String ADVICE =
      "Send names of importable functions and plain data; cloudpickle bytes hold code by design.";

  private CloudpickleSinks() {}

  static final Library LIBRARY =
      Library.of(
              "cloudpickle",
              "cloudpickle",
              SinkRow.function("cloudpickle.load")
                  .kind("cloudpickle-load")
                  .loads("file", 0)
                  .codes(Codes.PICKLE)
                  .advice(ADVICE)
                  .readIn("cloudpickle 3.1.3 cloudpickle/cloudpickle.py"),
              SinkRow.function("cloudpickle.loads")
                  .kind("cloudpickle-load")
                  .loads("data", 0)
                  .inverses("cloudpickle.dumps", "pickle.dumps", "dill.dumps")
                  .codes(Codes.PICKLE)
                  .advice(ADVICE)
                  .readIn("cloudpickle 3.1.3 cloudpickle/cloudpickle.py"))
          .alias(
              "cloudpickle",
              "cloudpickle.cloudpickle",
              "cloudpickle.cloudpickle_fast",
              "joblib.externals.cloudpickle",
              "sklearn.externals.joblib.externals.cloudpickle",
              "pyspark.cloudpickle",
              "srsly.cloudpickle",
              "ray.cloudpickle",
              "ray.cloudpickle.cloudpickle",
              "ray.cloudpickle.cloudpickle_fast")
          .importedToUnpickle("cloudpickle");
}
