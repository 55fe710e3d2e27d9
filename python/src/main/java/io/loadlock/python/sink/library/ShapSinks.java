package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// SHAP: explainers, models and maskers are streams of pickles, whose classes are looked at only
/// after they are loaded.
final class ShapSinks {
  private ShapSinks() {}

  static final Library LIBRARY =
      Library.of(
          "SHAP",
          "shap",
          SinkRow.classMethod(
                  "shap.Explainer.load",
                  "shap.explainers._explainer.Explainer.load",
                  "shap.AdditiveExplainer.load",
                  "shap.ExactExplainer.load",
                  "shap.KernelExplainer.load",
                  "shap.LinearExplainer.load",
                  "shap.PartitionExplainer.load",
                  "shap.PermutationExplainer.load",
                  "shap.TreeExplainer.load",
                  "shap.models.Model.load",
                  "shap.models.TeacherForcing.load",
                  "shap.models.TextGeneration.load",
                  "shap.models.TopKLM.load",
                  "shap.maskers.Composite.load",
                  "shap.maskers.FixedComposite.load",
                  "shap.maskers.Image.load",
                  "shap.maskers.Impute.load",
                  "shap.maskers.Independent.load",
                  "shap.maskers.Masker.load",
                  "shap.maskers.OutputComposite.load",
                  "shap.maskers.Partition.load",
                  "shap.maskers.Text.load")
              .kind("shap-load")
              .high()
              .loads("in_file", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Build the explainer again from the model and the background data.")
              .readIn("shap 0.51.0 shap/_serializable.py Serializable.load, Deserializer.load"));
}
