package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// AllenNLP: archives hold weights for torch.load and a configuration that names classes.
final class AllennlpSinks {
  private static final String ADVICE =
      "Run with a torch whose load restricts by default, or convert the weights to safetensors.";

  private AllennlpSinks() {}

  static final Library LIBRARY =
      Library.of(
          "AllenNLP",
          "allennlp",
          SinkRow.function("allennlp.models.archival.load_archive", "allennlp.models.load_archive")
              .kind("allennlp-load")
              .high()
              .loads("archive_file", 0)
              .safeOnlySince("torch", "2.6")
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "allennlp 2.10.1 allennlp/models/archival.py load_archive, nn/util.py"
                      + " read_state_dict"),
          SinkRow.classMethod(
                  "allennlp.models.Model.from_archive",
                  "allennlp.models.model.Model.from_archive",
                  "allennlp.predictors.Predictor.from_path",
                  "allennlp.predictors.predictor.Predictor.from_path")
              .kind("allennlp-load")
              .high()
              .loads("", 0)
              .safeOnlySince("torch", "2.6")
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "allennlp 2.10.1 allennlp/models/model.py from_archive, predictors/predictor.py"
                      + " from_path"));
}
