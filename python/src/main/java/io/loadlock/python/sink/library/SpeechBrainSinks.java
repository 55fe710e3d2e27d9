package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// SpeechBrain: hyperparameter files name and build Python objects, checkpoints go through
/// torch.load.
final class SpeechBrainSinks {
  private static final String ADVICE =
      "Run with torch 2.6 or newer, whose torch.load restricts by default.";

  private SpeechBrainSinks() {}

  static final Library LIBRARY =
      Library.of(
          "SpeechBrain",
          "speechbrain",
          SinkRow.function("speechbrain.dataio.dataio.load_pickle")
              .kind("speechbrain-load")
              .high()
              .loads("pickle_path", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Save the data as JSON or numeric arrays.")
              .readIn("speechbrain 1.0.3 speechbrain/dataio/dataio.py load_pickle"),
          SinkRow.function("speechbrain.utils.checkpoints.torch_patched_state_dict_load")
              .kind("speechbrain-load")
              .high()
              .loads("path", 0)
              .safeOnlySince("torch", "2.6")
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "speechbrain 1.0.3 speechbrain/utils/checkpoints.py"
                      + " torch_patched_state_dict_load"),
          SinkRow.function(
                  "speechbrain.utils.checkpoints.torch_recovery",
                  "speechbrain.utils.checkpoints.torch_parameter_transfer")
              .kind("speechbrain-load")
              .high()
              .loads("path", 1)
              .safeOnlySince("torch", "2.6")
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "speechbrain 1.0.3 speechbrain/utils/checkpoints.py torch_recovery,"
                      + " torch_parameter_transfer"));
}
