package io.loadlock.python.sink.library;

import static io.loadlock.python.sink.SinkRow.KEYWORD_ONLY;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink.Rewriting;
import io.loadlock.python.sink.SinkRow;

/// PaddlePaddle: parameters are saved as pickles.
final class PaddleSinks {
  private static final String ADVICE =
      "Save with paddle.save and safetensors=True, and load with the same argument.";

  private PaddleSinks() {}

  static final Library LIBRARY =
      Library.of(
          "PaddlePaddle",
          "paddlepaddle",
          SinkRow.function("paddle.load", "paddle.framework.load", "paddle.framework.io.load")
              .kind("paddle-load")
              .high()
              .loads("path", 0)
              .safeWhenTrue("safetensors", KEYWORD_ONLY)
              .fixedBy(Rewriting.NONE)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("paddlepaddle 3.3.1 paddle/framework/io.py load, _legacy_load"),
          SinkRow.function("paddle.jit.load", "paddle.jit.api.load")
              .kind("paddle-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Save for inference as ONNX; the .pdiparams.info file beside a model is"
                      + " unpickled.")
              .readIn("paddlepaddle 3.3.1 paddle/jit/translated_layer.py _load_persistable_vars"),
          SinkRow.method(
                  "paddle.Model.load", "paddle.hapi.Model.load", "paddle.hapi.model.Model.load")
              .kind("paddle-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("paddlepaddle 3.3.1 paddle/hapi/model.py Model.load"));
}
