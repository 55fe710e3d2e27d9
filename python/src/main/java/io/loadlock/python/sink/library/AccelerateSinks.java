package io.loadlock.python.sink.library;

import static io.loadlock.python.sink.SinkRow.KEYWORD_ONLY;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// Accelerate: object collectives unpickle; its own load restricts by default from torch 2.4 on.
final class AccelerateSinks {
  private AccelerateSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Accelerate",
          "accelerate",
          SinkRow.function(
                  "accelerate.utils.gather_object",
                  "accelerate.utils.operations.gather_object",
                  "accelerate.utils.broadcast_object_list",
                  "accelerate.utils.operations.broadcast_object_list")
              .kind("torch-distributed")
              .privateChannel()
              .loads("", 0)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Send tensors with gather and broadcast; every rank that can send here can run"
                      + " code here.")
              .readIn(
                  "accelerate 1.15.0 accelerate/utils/operations.py gather_object,"
                      + " broadcast_object_list"),
          SinkRow.function("accelerate.utils.load", "accelerate.utils.other.load")
              .kind("torch-load")
              .loads("f", 0)
              .safeWhenTrue("weights_only", KEYWORD_ONLY)
              .argumentSince("1.1", "accelerate")
              .absentIsSafe(true)
              .codes(Codes.TORCH)
              .advice("Leave weights_only at its default, True, with torch 2.4 or newer.")
              .readIn("accelerate 1.15.0 accelerate/utils/other.py load"),
          SinkRow.function("accelerate.checkpointing.load_custom_state")
              .kind("torch-load")
              .loads("path", 1)
              .codes(Codes.TORCH)
              .advice(
                  "Register only objects whose state is tensors; this call always passes"
                      + " weights_only=False.")
              .readIn("accelerate 1.15.0 accelerate/checkpointing.py load_custom_state"));
}
