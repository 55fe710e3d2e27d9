package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// AutoGluon: predictors and models are pickles.
final class AutogluonSinks {
  private static final String ADVICE =
      "Load only predictors that your own account wrote, and lock their digests.";

  private AutogluonSinks() {}

  static final Library LIBRARY =
      Library.of(
          "AutoGluon",
          "autogluon",
          SinkRow.classMethod(
                  "autogluon.tabular.TabularPredictor.load",
                  "autogluon.tabular.predictor.TabularPredictor.load",
                  "autogluon.timeseries.TimeSeriesPredictor.load",
                  "autogluon.timeseries.predictor.TimeSeriesPredictor.load",
                  "autogluon.multimodal.MultiModalPredictor.load",
                  "autogluon.multimodal.predictor.MultiModalPredictor.load",
                  "autogluon.core.models.AbstractModel.load")
              .kind("autogluon-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "autogluon 1.6.1 autogluon/tabular/predictor/predictor.py load,"
                      + " timeseries/predictor.py load, multimodal/learners/base.py"),
          SinkRow.function(
                  "autogluon.common.loaders.load_pkl.load",
                  "autogluon.core.utils.loaders.load_pkl.load")
              .kind("autogluon-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("autogluon 1.6.1 autogluon/common/loaders/load_pkl.py load"));
}
