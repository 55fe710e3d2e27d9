package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// pytorch-tabnet: a zip archive with JSON and a checkpoint that `torch.load` reads with its
/// defaults.
final class TabnetSinks {
  private TabnetSinks() {}

  static final Library LIBRARY =
      Library.of(
          "pytorch-tabnet",
          "pytorch-tabnet",
          SinkRow.method(
                  "pytorch_tabnet.tab_model.TabNetClassifier.load_model",
                  "pytorch_tabnet.tab_model.TabNetRegressor.load_model",
                  "pytorch_tabnet.multitask.TabNetMultiTaskClassifier.load_model",
                  "pytorch_tabnet.pretraining.TabNetPretrainer.load_model",
                  "pytorch_tabnet.abstract_model.TabModel.load_model")
              .kind("tabnet-load")
              .high()
              .loads("filepath", 0)
              .safeOnlySince("torch", "2.6")
              .codes(Codes.FRAMEWORK)
              .advice("Require torch 2.6 or newer, or load the network's weights with safetensors.")
              .readIn("pytorch-tabnet 4.1.0 pytorch_tabnet/abstract_model.py TabModel.load_model"));
}
