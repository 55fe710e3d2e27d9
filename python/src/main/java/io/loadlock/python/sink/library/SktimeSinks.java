package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// sktime, tslearn and umap: estimators saved to a path are pickles.
final class SktimeSinks {
  private static final String ADVICE =
      "Save the parameters and fit again, or keep the file where only the program can write.";

  private SktimeSinks() {}

  static final Library LIBRARY =
      Library.of(
          "sktime, tslearn and UMAP",
          "sktime",
          SinkRow.function("sktime.base.load", "sktime.base._serialize.load")
              .kind("sktime-load")
              .high()
              .loads("serial", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("sktime 1.1.0 sktime/base/_serialize.py load"),
          SinkRow.classMethod(
                  "sktime.base.BaseObject.load_from_path",
                  "sktime.base.BaseObject.load_from_serial",
                  "sktime.base.BaseEstimator.load_from_path",
                  "sktime.base.BaseEstimator.load_from_serial")
              .kind("sktime-load")
              .high()
              .loads("serial", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("sktime 1.1.0 sktime/base/_base.py load_from_path, load_from_serial"),
          SinkRow.classMethod(
                  "tslearn.clustering.TimeSeriesKMeans.from_pickle",
                  "tslearn.clustering.KShape.from_pickle",
                  "tslearn.clustering.KernelKMeans.from_pickle",
                  "tslearn.neighbors.KNeighborsTimeSeries.from_pickle",
                  "tslearn.neighbors.KNeighborsTimeSeriesClassifier.from_pickle",
                  "tslearn.neighbors.KNeighborsTimeSeriesRegressor.from_pickle",
                  "tslearn.shapelets.LearningShapelets.from_pickle")
              .kind("tslearn-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Use to_json and from_json, or to_hdf5 and from_hdf5.")
              .readIn("tslearn 0.6.3 tslearn/bases/bases.py from_pickle"),
          SinkRow.function("umap.parametric_umap.load_ParametricUMAP")
              .kind("umap-load")
              .high()
              .loads("save_location", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Save the Keras networks alone and build the UMAP object in code.")
              .readIn("umap-learn 0.5.12 umap/parametric_umap.py load_ParametricUMAP"));
}
