package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// PyCaret: pipelines are joblib pickles, experiments cloudpickle.
final class PycaretSinks {
  private static final String ADVICE = "Export the pipeline's estimator with skops or ONNX.";

  private PycaretSinks() {}

  static final Library LIBRARY =
      Library.of(
          "PyCaret",
          "pycaret",
          SinkRow.function(
                  "pycaret.classification.load_model",
                  "pycaret.regression.load_model",
                  "pycaret.clustering.load_model",
                  "pycaret.anomaly.load_model",
                  "pycaret.time_series.load_model",
                  "pycaret.internal.persistence.load_model",
                  "pycaret.nlp.load_model")
              .kind("pycaret-load")
              .high()
              .loads("model_name", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("pycaret 3.3.2 pycaret/internal/persistence.py load_model"),
          SinkRow.function(
                  "pycaret.classification.load_experiment",
                  "pycaret.regression.load_experiment",
                  "pycaret.clustering.load_experiment",
                  "pycaret.anomaly.load_experiment",
                  "pycaret.time_series.load_experiment")
              .kind("pycaret-load")
              .high()
              .loads("path_or_file", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "pycaret 3.3.2 pycaret/internal/pycaret_experiment/pycaret_experiment.py"
                      + " load_experiment"),
          SinkRow.function("pycaret.utils.generic.load_config")
              .kind("pycaret-load")
              .high()
              .loads("file_name", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("pycaret 3.3.2 pycaret/utils/generic.py load_config"),
          SinkRow.method(
                  "pycaret.classification.ClassificationExperiment.load_model",
                  "pycaret.regression.RegressionExperiment.load_model",
                  "pycaret.clustering.ClusteringExperiment.load_model",
                  "pycaret.anomaly.AnomalyExperiment.load_model",
                  "pycaret.time_series.TSForecastingExperiment.load_model")
              .kind("pycaret-load")
              .high()
              .loads("model_name", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "pycaret 3.3.2 pycaret/internal/pycaret_experiment/pycaret_experiment.py"
                      + " load_model"));
}
