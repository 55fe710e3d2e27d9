package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// statsmodels: models and results are pickles.
final class StatsmodelsSinks {
  private static final String ADVICE =
      "Save the parameters as numbers and fit or predict from the model's formula again.";

  private StatsmodelsSinks() {}

  static final Library LIBRARY =
      Library.of(
          "statsmodels",
          "statsmodels",
          SinkRow.function(
                  "statsmodels.api.load",
                  "statsmodels.api.load_pickle",
                  "statsmodels.iolib.smpickle.load_pickle",
                  "statsmodels.iolib.load_pickle",
                  "statsmodels.iolib.api.load_pickle")
              .kind("statsmodels")
              .high()
              .loads("fname", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("statsmodels 0.15.0 statsmodels/iolib/smpickle.py load_pickle"),
          SinkRow.classMethod(
                  "statsmodels.base.model.LikelihoodModelResults.load",
                  "statsmodels.base.model.GenericLikelihoodModelResults.load",
                  "statsmodels.base.wrapper.ResultsWrapper.load",
                  "statsmodels.regression.linear_model.RegressionResults.load",
                  "statsmodels.regression.linear_model.RegressionResultsWrapper.load",
                  "statsmodels.regression.linear_model.OLSResults.load",
                  "statsmodels.regression.mixed_linear_model.MixedLMResults.load",
                  "statsmodels.discrete.discrete_model.DiscreteResults.load",
                  "statsmodels.discrete.discrete_model.BinaryResults.load",
                  "statsmodels.discrete.discrete_model.LogitResults.load",
                  "statsmodels.discrete.discrete_model.ProbitResults.load",
                  "statsmodels.discrete.discrete_model.MultinomialResults.load",
                  "statsmodels.discrete.discrete_model.CountResults.load",
                  "statsmodels.genmod.generalized_linear_model.GLMResults.load",
                  "statsmodels.genmod.generalized_linear_model.GLMResultsWrapper.load",
                  "statsmodels.genmod.generalized_estimating_equations.GEEResults.load",
                  "statsmodels.robust.robust_linear_model.RLMResults.load",
                  "statsmodels.tsa.arima.model.ARIMAResults.load",
                  "statsmodels.tsa.arima.model.ARIMAResultsWrapper.load",
                  "statsmodels.tsa.arima_model.ARIMAResults.load",
                  "statsmodels.tsa.arima_model.ARMAResults.load",
                  "statsmodels.tsa.ar_model.AutoRegResults.load",
                  "statsmodels.tsa.holtwinters.results.HoltWintersResultsWrapper.load",
                  "statsmodels.tsa.statespace.mlemodel.MLEResults.load",
                  "statsmodels.tsa.statespace.sarimax.SARIMAXResults.load",
                  "statsmodels.tsa.statespace.varmax.VARMAXResults.load",
                  "statsmodels.tsa.statespace.structural.UnobservedComponentsResults.load",
                  "statsmodels.tsa.statespace.dynamic_factor.DynamicFactorResults.load")
              .kind("statsmodels")
              .high()
              .loads("fname", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "statsmodels 0.15.0 statsmodels/base/model.py LikelihoodModelResults.load,"
                      + " base/wrapper.py load"));
}
