package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Darts and NeuralProphet: a saved forecasting model is a pickle.
final class ForecastingSinks {
  private static final String ADVICE =
      "Save the data and the parameters, and fit again, or lock the file's digest.";

  private ForecastingSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Darts and NeuralProphet",
          "darts",
          SinkRow.classMethod(
                  "darts.models.ARIMA.load",
                  "darts.models.AutoARIMA.load",
                  "darts.models.BlockRNNModel.load",
                  "darts.models.CatBoostModel.load",
                  "darts.models.DLinearModel.load",
                  "darts.models.ExponentialSmoothing.load",
                  "darts.models.LightGBMModel.load",
                  "darts.models.LinearRegressionModel.load",
                  "darts.models.NBEATSModel.load",
                  "darts.models.NHiTSModel.load",
                  "darts.models.NLinearModel.load",
                  "darts.models.NaiveDrift.load",
                  "darts.models.NaiveMean.load",
                  "darts.models.NaiveSeasonal.load",
                  "darts.models.Prophet.load",
                  "darts.models.RNNModel.load",
                  "darts.models.RandomForest.load",
                  "darts.models.RegressionEnsembleModel.load",
                  "darts.models.RegressionModel.load",
                  "darts.models.SKLearnModel.load",
                  "darts.models.TCNModel.load",
                  "darts.models.TFTModel.load",
                  "darts.models.TSMixerModel.load",
                  "darts.models.Theta.load",
                  "darts.models.TiDEModel.load",
                  "darts.models.TransformerModel.load",
                  "darts.models.VARIMA.load",
                  "darts.models.XGBModel.load",
                  "darts.models.forecasting.forecasting_model.ForecastingModel.load",
                  "darts.models.forecasting.torch_forecasting_model.TorchForecastingModel.load")
              .kind("darts-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "darts 0.46.1 darts/models/forecasting/forecasting_model.py load,"
                      + " torch_forecasting_model.py load"),
          SinkRow.classMethod(
                  "darts.models.BlockRNNModel.load_from_checkpoint",
                  "darts.models.DLinearModel.load_from_checkpoint",
                  "darts.models.NBEATSModel.load_from_checkpoint",
                  "darts.models.NHiTSModel.load_from_checkpoint",
                  "darts.models.NLinearModel.load_from_checkpoint",
                  "darts.models.RNNModel.load_from_checkpoint",
                  "darts.models.TCNModel.load_from_checkpoint",
                  "darts.models.TFTModel.load_from_checkpoint",
                  "darts.models.TSMixerModel.load_from_checkpoint",
                  "darts.models.TiDEModel.load_from_checkpoint",
                  "darts.models.TransformerModel.load_from_checkpoint")
              .kind("darts-load")
              .high()
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "darts 0.46.1 darts/models/forecasting/torch_forecasting_model.py"
                      + " load_from_checkpoint"),
          SinkRow.function("neuralprophet.load", "neuralprophet.utils.load")
              .kind("neuralprophet-load")
              .high()
              .loads("path", 0)
              .safeOnlySince("torch", "2.6")
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("neuralprophet 1.0.0rc10 neuralprophet/utils.py load"));
}
