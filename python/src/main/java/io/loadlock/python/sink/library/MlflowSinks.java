package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink.Form;
import io.loadlock.python.sink.SinkRow;
import java.util.List;

/// MLflow: flavours whose models are pickles, or bring code of their own.
final class MlflowSinks {
  /// Flavours with their own safe formats (onnx, catboost, prophet, h2o, xgboost, paddle …) are not
  /// among them.
  private static final List<String> FLAVOURS =
      List.of(
          "sklearn",
          "pytorch",
          "statsmodels",
          "pmdarima",
          "lightgbm",
          "tensorflow",
          "langchain",
          "dspy");

  private static final String ADVICE =
      "Log models in a format without pickle (onnx, skops, safetensors), pin the model version, and"
          + " set MLFLOW_ALLOW_MODEL_CODE_EXECUTION=false.";

  private MlflowSinks() {}

  static final Library LIBRARY =
      Library.of(
          "MLflow",
          "mlflow",
          SinkRow.of(Form.FUNCTION, SinkRow.each("mlflow.", FLAVOURS, ".load_model"))
              .kind("mlflow-load-model")
              .high()
              .loads("model_uri", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "mlflow 3.18.0 mlflow/sklearn/__init__.py _load_model_from_local_file, and each"
                      + " flavour's load_model"),
          SinkRow.function(
                  "mlflow.pyfunc.load_model",
                  "mlflow.pyfunc.load_pyfunc",
                  "mlflow.pyfunc.spark_udf")
              .kind("mlflow-load-model")
              .high()
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "mlflow 3.18.0 mlflow/pyfunc/__init__.py load_model, pyfunc/model.py"
                      + " _load_context_model_and_signature"),
          SinkRow.function("mlflow.pytorch.load_state_dict")
              .kind("mlflow-load-model")
              .high()
              .loads("state_dict_uri", 0)
              .safeWhenTrue("weights_only", SinkRow.KEYWORD_ONLY)
              .argumentSince("1.13", "torch")
              .codes(Codes.FRAMEWORK)
              .advice("Pass weights_only=True; it reaches torch.load.")
              .readIn("mlflow 3.18.0 mlflow/pytorch/__init__.py load_state_dict"),
          SinkRow.function("mlflow.shap.load_explainer")
              .kind("mlflow-load-model")
              .high()
              .loads("model_uri", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Compute the explainer again from the model and its background data.")
              .readIn("mlflow 3.18.0 mlflow/shap/__init__.py load_explainer"));
}
