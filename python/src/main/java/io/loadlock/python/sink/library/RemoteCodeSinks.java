package io.loadlock.python.sink.library;

import static io.loadlock.python.sink.SinkRow.KEYWORD_ONLY;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink.Rewriting;
import io.loadlock.python.sink.SinkRow;

/// Hugging Face: `trust_remote_code=True` imports Python files of the repository that is named.
/// Nothing is deserialized.
final class RemoteCodeSinks {
  private static final String ADVICE =
      "Leave trust_remote_code at its default, or pin revision to a commit whose code you have"
          + " read.";

  private RemoteCodeSinks() {}

  static final Library LIBRARY =
      Library.of(
          "Hugging Face",
          "transformers",
          SinkRow.classMethod(
                  "transformers.AutoModel.from_pretrained",
                  "transformers.AutoModelForCausalLM.from_pretrained",
                  "transformers.AutoModelForSeq2SeqLM.from_pretrained",
                  "transformers.AutoModelForSequenceClassification.from_pretrained",
                  "transformers.AutoModelForTokenClassification.from_pretrained",
                  "transformers.AutoModelForQuestionAnswering.from_pretrained",
                  "transformers.AutoModelForMaskedLM.from_pretrained",
                  "transformers.AutoModelForImageClassification.from_pretrained",
                  "transformers.AutoModelForVision2Seq.from_pretrained",
                  "transformers.AutoModelForImageTextToText.from_pretrained",
                  "transformers.AutoModelForSpeechSeq2Seq.from_pretrained",
                  "transformers.AutoModelForObjectDetection.from_pretrained",
                  "transformers.AutoTokenizer.from_pretrained",
                  "transformers.AutoConfig.from_pretrained",
                  "transformers.AutoProcessor.from_pretrained",
                  "transformers.AutoImageProcessor.from_pretrained",
                  "transformers.AutoFeatureExtractor.from_pretrained",
                  "transformers.AutoModelForCausalLM.from_config",
                  "transformers.AutoModel.from_config")
              .kind("trust-remote-code")
              .remoteCode()
              .loads("pretrained_model_name_or_path", 0)
              .safeWhenFalse("trust_remote_code", KEYWORD_ONLY)
              .fixedBy(Rewriting.LEAVE_OUT)
              .codes(Codes.REMOTE)
              .advice(ADVICE)
              .readIn(
                  "transformers 4.57.1 src/transformers/dynamic_module_utils.py"
                      + " resolve_trust_remote_code"),
          SinkRow.function("transformers.pipeline", "transformers.pipelines.pipeline")
              .kind("trust-remote-code")
              .remoteCode()
              .loads("model", 1)
              .safeWhenFalse("trust_remote_code", KEYWORD_ONLY)
              .fixedBy(Rewriting.LEAVE_OUT)
              .codes(Codes.REMOTE)
              .advice(ADVICE)
              .readIn("transformers 4.57.1 src/transformers/pipelines/__init__.py pipeline"),
          SinkRow.function("datasets.load_dataset", "datasets.load.load_dataset")
              .kind("trust-remote-code")
              .remoteCode()
              .loads("path", 0)
              .safeWhenFalse("trust_remote_code", KEYWORD_ONLY)
              .fixedBy(Rewriting.LEAVE_OUT)
              .codes(Codes.REMOTE)
              .advice(ADVICE)
              .readIn("datasets 3.0.0 src/datasets/load.py load_dataset"),
          SinkRow.constructor(
                  "sentence_transformers.SentenceTransformer", "sentence_transformers.CrossEncoder")
              .kind("trust-remote-code")
              .remoteCode()
              .loads("model_name_or_path", 0)
              .safeWhenFalse("trust_remote_code", KEYWORD_ONLY)
              .fixedBy(Rewriting.LEAVE_OUT)
              .codes(Codes.REMOTE)
              .advice(ADVICE)
              .readIn(
                  "sentence-transformers 5.7.0 sentence_transformers/sentence_transformer/model.py"
                      + " SentenceTransformer.__init__"));
}
