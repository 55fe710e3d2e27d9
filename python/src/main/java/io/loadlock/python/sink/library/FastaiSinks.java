package io.loadlock.python.sink.library;

import static io.loadlock.python.sink.SinkRow.KEYWORD_ONLY;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// fastai: an exported learner is a pickle of everything; weights alone are safe since 2.8 with
/// torch 2.5.
final class FastaiSinks {
  private FastaiSinks() {}

  static final Library LIBRARY =
      Library.of(
          "fastai",
          "fastai",
          SinkRow.function(
                  "fastai.learner.load_learner",
                  "fastai.basics.load_learner",
                  "fastai.vision.all.load_learner",
                  "fastai.text.all.load_learner",
                  "fastai.tabular.all.load_learner",
                  "fastai.collab.load_learner",
                  "fastai.vision.load_learner",
                  "fastai.text.load_learner",
                  "fastai.tabular.load_learner",
                  "fastai.basic_train.load_learner")
              .kind("fastai-load")
              .high()
              .loads("", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Build the learner in code and call Learner.load, which reads weights alone.")
              .readIn("fastai 2.8.12 fastai/learner.py load_learner"),
          SinkRow.function("fastai.learner.load_model", "fastai.basics.load_model")
              .kind("fastai-load")
              .high()
              .loads("file", 0)
              .safeWhenTrue("weights_only", KEYWORD_ONLY)
              .argumentSince("1.13", "torch")
              .safeSince("fastai", "2.8")
              .codes(Codes.FRAMEWORK)
              .advice("Pass weights_only=True; it is the default since fastai 2.8 with torch 2.5.")
              .readIn("fastai 2.8.12 fastai/learner.py load_model"),
          SinkRow.method(
                  "fastai.learner.Learner.load",
                  "fastai.basics.Learner.load",
                  "fastai.vision.all.Learner.load")
              .kind("fastai-load")
              .high()
              .loads("file", 0)
              .safeWhenTrue("weights_only", KEYWORD_ONLY)
              .argumentSince("1.13", "torch")
              .safeSince("fastai", "2.8")
              .absentIsSafe(true)
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Leave weights_only at its default, True, which fastai 2.8 with torch 2.5"
                      + " brought.")
              .readIn("fastai 2.8.12 fastai/learner.py Learner.load, load_model"),
          SinkRow.function("fastai.text.learner.load_model_text", "fastai.text.all.load_model_text")
              .kind("fastai-load")
              .high()
              .loads("file", 0)
              .safeWhenTrue("weights_only", KEYWORD_ONLY)
              .argumentSince("1.13", "torch")
              .codes(Codes.FRAMEWORK)
              .advice("Pass weights_only=True; the default of this function is False.")
              .readIn("fastai 2.8.12 fastai/text/learner.py load_model_text"));
}
