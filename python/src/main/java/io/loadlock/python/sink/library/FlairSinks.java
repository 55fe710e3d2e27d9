package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// flair: models are pickled dictionaries, loaded with weights_only=False.
final class FlairSinks {
  private static final String ADVICE =
      "Load only models whose digest you have pinned; flair has no loader without pickle.";

  private FlairSinks() {}

  static final Library LIBRARY =
      Library.of(
          "flair",
          "flair",
          SinkRow.classMethod(
                  "flair.models.SequenceTagger.load",
                  "flair.models.TextClassifier.load",
                  "flair.models.TextPairClassifier.load",
                  "flair.models.TextPairRegressor.load",
                  "flair.models.TextRegressor.load",
                  "flair.models.TextTripleClassifier.load",
                  "flair.models.TokenClassifier.load",
                  "flair.models.WordTagger.load",
                  "flair.models.SpanClassifier.load",
                  "flair.models.RelationClassifier.load",
                  "flair.models.RelationExtractor.load",
                  "flair.models.MultitaskModel.load",
                  "flair.models.Lemmatizer.load",
                  "flair.models.TARSClassifier.load",
                  "flair.models.TARSTagger.load",
                  "flair.models.FewshotClassifier.load",
                  "flair.models.EntityMentionLinker.load",
                  "flair.models.PrefixedSequenceTagger.load",
                  "flair.models.EntityLinker.load",
                  "flair.nn.Model.load",
                  "flair.nn.Classifier.load",
                  "flair.nn.DefaultClassifier.load",
                  "flair.nn.model.Model.load")
              .kind("flair-load")
              .high()
              .loads("model_path", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("flair 0.15.1 flair/nn/model.py Model.load, file_utils.py load_torch_state"),
          SinkRow.classMethod(
                  "flair.models.LanguageModel.load_language_model",
                  "flair.models.LanguageModel.load_checkpoint",
                  "flair.models.language_model.LanguageModel.load_language_model")
              .kind("flair-load")
              .high()
              .loads("model_file", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn(
                  "flair 0.15.1 flair/models/language_model.py load_language_model,"
                      + " load_checkpoint"),
          SinkRow.function("flair.file_utils.load_torch_state")
              .kind("flair-load")
              .high()
              .loads("model_file", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("flair 0.15.1 flair/file_utils.py load_torch_state"));
}
