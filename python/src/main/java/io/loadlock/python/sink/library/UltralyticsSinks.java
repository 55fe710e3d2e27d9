package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink.Form;
import io.loadlock.python.sink.SinkRow;
import java.util.ArrayList;
import java.util.List;

/// Ultralytics: a `.pt` given to a model class is unpickled in full, with the default patched to
/// `weights_only=False`.
final class UltralyticsSinks {
  private static final String[] SAFE = {
    ".yaml", ".yml", ".onnx", ".engine", ".tflite", ".mlpackage", ".mlmodel", ".xml", ".pb", ".mnn"
  };

  private static final String ADVICE =
      "Set ULTRALYTICS_SAFE_LOAD=1 in current releases, export to ONNX, or build from .yaml and"
          + " load a state_dict with weights_only=True.";

  private UltralyticsSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Ultralytics",
          "ultralytics",
          SinkRow.of(Form.CONSTRUCTOR, models())
              .kind("ultralytics-load")
              .high()
              .loads("model", 0)
              .safeWhenEndsWith("model", 0, SAFE)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "ultralytics 8.4.190 ultralytics/engine/model.py Model.__init__, nn/tasks.py"
                      + " torch_safe_load"),
          SinkRow.method("ultralytics.YOLO.load", "ultralytics.engine.model.Model.load")
              .kind("ultralytics-load")
              .high()
              .loads("weights", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("ultralytics 8.4.190 ultralytics/engine/model.py Model.load"),
          SinkRow.function("ultralytics.nn.tasks.torch_safe_load")
              .kind("ultralytics-load")
              .high()
              .loads("weight", 0)
              .safeWhenTrue("safe_only", 1)
              .argumentSince("8.2.100", "ultralytics")
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Pass safe_only=True; despite its name the function unpickles in full without"
                      + " it.")
              .readIn("ultralytics 8.4.190 ultralytics/nn/tasks.py torch_safe_load"),
          SinkRow.function(
                  "ultralytics.nn.tasks.load_checkpoint",
                  "ultralytics.nn.tasks.attempt_load_one_weight",
                  "ultralytics.nn.tasks.attempt_load_weights",
                  "ultralytics.nn.attempt_load_one_weight",
                  "ultralytics.nn.attempt_load_weights",
                  "ultralytics.nn.load_checkpoint")
              .kind("ultralytics-load")
              .high()
              .loads("", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("ultralytics 8.4.190 ultralytics/nn/tasks.py load_checkpoint"),
          SinkRow.function("ultralytics.utils.patches.torch_load")
              .kind("torch-load")
              .loads("f", 0)
              .safeWhenTrue("weights_only", SinkRow.KEYWORD_ONLY)
              .argumentSince("1.13", "torch")
              .codes(Codes.TORCH)
              .advice(
                  "Pass weights_only=True; the default of this function is False in every torch.")
              .readIn("ultralytics 8.4.190 ultralytics/utils/patches.py torch_load"));

  private static List<String> models() {
    var names = new ArrayList<String>();
    String[][] families = {
      {"yolo", "YOLO", "YOLOWorld", "YOLOE"},
      {"nas", "NAS"},
      {"sam", "SAM"},
      {"fastsam", "FastSAM"},
      {"rtdetr", "RTDETR"}
    };
    for (String[] family : families) {
      for (int i = 1; i < family.length; i++) {
        names.add("ultralytics." + family[i]);
        names.add("ultralytics.models." + family[i]);
        names.add("ultralytics.models." + family[0] + "." + family[i]);
        names.add("ultralytics.models." + family[0] + ".model." + family[i]);
      }
    }
    return names;
  }
}
