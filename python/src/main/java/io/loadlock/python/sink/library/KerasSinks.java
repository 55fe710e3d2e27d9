package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Keras, on its own and inside TensorFlow: Lambda layers carry marshalled code, which safe mode
/// refuses.
final class KerasSinks {
  private static final String ADVICE =
      "Leave safe_mode at its default, True, and replace Lambda layers by classes of your own.";

  private KerasSinks() {}

  static final Library LIBRARY =
      Library.of(
              "Keras",
              "keras",
              SinkRow.function(
                      "keras.models.load_model",
                      "keras.saving.load_model",
                      "keras.src.saving.saving_api.load_model",
                      "keras.src.saving.saving_lib.load_model",
                      "keras.src.saving.legacy.save.load_model",
                      "keras.src.legacy.saving.legacy_h5_format.load_model_from_hdf5",
                      "keras.engine.saving.load_model")
                  .kind("keras-load-model")
                  .high()
                  .loads("filepath", 0)
                  .safeWhenTrue("safe_mode", 3)
                  .safeSince("keras", "2.13")
                  .argumentSince("2.13", "keras")
                  .absentIsSafe(true)
                  .codes(Codes.FRAMEWORK)
                  .advice(ADVICE)
                  .readIn("keras 3.15.1 keras/src/saving/saving_api.py load_model"),
              SinkRow.function(
                      "tensorflow.keras.models.load_model", "tensorflow.keras.saving.load_model")
                  .kind("keras-load-model")
                  .high()
                  .loads("filepath", 0)
                  .safeWhenTrue("safe_mode", 3)
                  .safeSince("tensorflow", "2.13")
                  .argumentSince("2.13", "tensorflow")
                  .absentIsSafe(true)
                  .codes(Codes.FRAMEWORK)
                  .advice(ADVICE)
                  .readIn("keras 3.15.1 keras/src/saving/saving_api.py load_model"),
              SinkRow.function(
                      "keras.saving.deserialize_keras_object",
                      "keras.utils.deserialize_keras_object",
                      "keras.src.saving.serialization_lib.deserialize_keras_object",
                      "tensorflow.keras.utils.deserialize_keras_object",
                      "tensorflow.keras.saving.deserialize_keras_object")
                  .kind("keras-load-model")
                  .high()
                  .loads("config", 0)
                  .safeWhenTrue("safe_mode", 2)
                  .argumentSince("2.13", "keras")
                  .absentIsSafe(true)
                  .codes(Codes.FRAMEWORK)
                  .advice(ADVICE)
                  .readIn(
                      "keras 3.15.1 keras/src/saving/serialization_lib.py"
                          + " deserialize_keras_object"),
              SinkRow.function(
                      "keras.config.enable_unsafe_deserialization",
                      "keras.src.saving.serialization_lib.enable_unsafe_deserialization",
                      "tensorflow.keras.config.enable_unsafe_deserialization")
                  .kind("keras-unsafe-deserialization")
                  .voidsProtection(
                      "keras.models.load_model",
                      "tensorflow.keras.models.load_model",
                      "keras.saving.deserialize_keras_object")
                  .codes(Codes.FRAMEWORK)
                  .advice(
                      "Pass safe_mode=False to the one call that needs it, on a file that you have"
                          + " inspected.")
                  .readIn(
                      "keras 3.15.1 keras/src/saving/serialization_lib.py"
                          + " enable_unsafe_deserialization"),
              SinkRow.function(
                      "keras.src.utils.python_utils.func_load",
                      "keras.utils.generic_utils.func_load",
                      "keras.utils.python_utils.func_load")
                  .kind("marshal-load")
                  .high()
                  .loads("code", 0)
                  .codes(Codes.MARSHAL)
                  .advice("Import functions by name; this makes one from marshalled code.")
                  .readIn("keras 3.15.1 keras/src/utils/python_utils.py func_load"))
          .alias(
              "keras", "keras._tf_keras.keras", "tf_keras", "keras.api", "tensorflow.python.keras")
          .alias(
              "tensorflow.keras",
              "tensorflow.compat.v1.keras",
              "tensorflow.compat.v2.keras",
              "tensorflow.contrib.keras");
}
