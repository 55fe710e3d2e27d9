package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// MMEngine and MMCV: checkpoints by torch.load(weights_only=False), files by the reader of their
/// ending.
final class OpenMmlabSinks {
  private static final String ADVICE =
      "Convert the checkpoint to safetensors and pass its tensors to load_state_dict.";

  private OpenMmlabSinks() {}

  static final Library LIBRARY =
      Library.of(
          "OpenMMLab",
          "mmengine",
          SinkRow.function(
                  "mmengine.runner.load_checkpoint",
                  "mmengine.runner.checkpoint.load_checkpoint",
                  "mmcv.runner.load_checkpoint",
                  "mmcv.runner.checkpoint.load_checkpoint")
              .kind("mmengine-load")
              .high()
              .loads("filename", 1)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "mmengine 0.10.7 mmengine/runner/checkpoint.py load_checkpoint, load_from_local"),
          SinkRow.function(
                  "mmengine.runner.CheckpointLoader.load_checkpoint",
                  "mmengine.runner.checkpoint.CheckpointLoader.load_checkpoint",
                  "mmengine.runner.checkpoint._load_checkpoint",
                  "mmengine.runner.checkpoint.load_from_local",
                  "mmengine.runner.checkpoint.load_from_http",
                  "mmcv.runner.checkpoint._load_checkpoint",
                  "mmcv.runner.CheckpointLoader.load_checkpoint")
              .kind("mmengine-load")
              .high()
              .loads("filename", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "mmengine 0.10.7 mmengine/runner/checkpoint.py CheckpointLoader.load_checkpoint,"
                      + " load_from_local, load_from_http"),
          SinkRow.function(
                  "mmengine.load",
                  "mmengine.fileio.load",
                  "mmengine.fileio.io.load",
                  "mmcv.load",
                  "mmcv.fileio.load",
                  "mmcv.fileio.io.load")
              .kind("mmengine-load")
              .high()
              .loads("file", 0)
              .safeWhenEndsWith("file", 0, ".json", ".yaml", ".yml")
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Keep annotations and results as .json or .yaml; a path that ends in .pkl is"
                      + " unpickled.")
              .readIn("mmengine 0.10.7 mmengine/fileio/io.py load, handlers/pickle_handler.py"));
}
