package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// fvcore and detectron2 checkpoints: torch.load without weights_only, or pickle for files that end
/// in .pkl.
final class DetectronSinks {
  private DetectronSinks() {}

  static final Library LIBRARY =
      Library.of(
          "detectron2 and fvcore",
          "fvcore",
          SinkRow.method(
                  "fvcore.common.checkpoint.Checkpointer.load",
                  "fvcore.common.checkpoint.Checkpointer.resume_or_load",
                  "detectron2.checkpoint.DetectionCheckpointer.load",
                  "detectron2.checkpoint.DetectionCheckpointer.resume_or_load",
                  "detectron2.checkpoint.detection_checkpoint.DetectionCheckpointer.load",
                  "detectron2.checkpoint.detection_checkpoint.DetectionCheckpointer.resume_or_load",
                  "detectron2.checkpoint.Checkpointer.load",
                  "detectron2.checkpoint.Checkpointer.resume_or_load")
              .kind("detectron2-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Convert the checkpoint to safetensors and pass its tensors to load_state_dict.")
              .readIn(
                  "fvcore 0.1.6 fvcore/common/checkpoint.py Checkpointer._load_file; detectron2 0.6"
                      + " detectron2/checkpoint/detection_checkpoint.py _load_file"));
}
