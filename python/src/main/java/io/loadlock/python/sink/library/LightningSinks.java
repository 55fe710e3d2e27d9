package io.loadlock.python.sink.library;

import static io.loadlock.python.sink.SinkRow.KEYWORD_ONLY;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// PyTorch Lightning and Fabric. Up to 2.5 every checkpoint was unpickled in full; since 2.6
/// `weights_only` is passed on to torch, whose default decides for local paths, while URLs are
/// still unpickled in full.
final class LightningSinks {
  private static final String ADVICE =
      "Pass weights_only=True (Lightning 2.6 or newer), or save the weights alone as safetensors.";

  private LightningSinks() {}

  static final Library LIBRARY =
      Library.of(
              "Lightning",
              "lightning",
              SinkRow.classMethod("lightning.pytorch.LightningModule.load_from_checkpoint")
                  .kind("lightning-checkpoint")
                  .high()
                  .loads("checkpoint_path", 0)
                  .safeWhenTrue("weights_only", 4)
                  .argumentSince("2.6", "lightning", "pytorch-lightning", "lightning-fabric")
                  .codes(Codes.FRAMEWORK)
                  .advice(ADVICE)
                  .readIn("lightning 2.6.1 lightning/pytorch/core/saving.py _load_from_checkpoint"),
              SinkRow.classMethod("lightning.pytorch.LightningDataModule.load_from_checkpoint")
                  .kind("lightning-checkpoint")
                  .high()
                  .loads("checkpoint_path", 0)
                  .safeWhenTrue("weights_only", 3)
                  .argumentSince("2.6", "lightning", "pytorch-lightning", "lightning-fabric")
                  .codes(Codes.FRAMEWORK)
                  .advice(ADVICE)
                  .readIn(
                      "lightning 2.6.1 lightning/pytorch/core/datamodule.py load_from_checkpoint"),
              SinkRow.method(
                      "lightning.fabric.Fabric.load",
                      "lightning.fabric.Fabric.load_raw",
                      "lightning.pytorch.lite.LightningLite.load")
                  .kind("fabric-load")
                  .high()
                  .loads("path", 0)
                  .safeWhenTrue("weights_only", KEYWORD_ONLY)
                  .argumentSince("2.6.1", "lightning", "pytorch-lightning", "lightning-fabric")
                  .codes(Codes.FRAMEWORK)
                  .advice(ADVICE)
                  .readIn("lightning 2.6.1 lightning/fabric/fabric.py load, load_raw"),
              SinkRow.function(
                      "lightning.fabric.utilities.cloud_io._load",
                      "lightning.pytorch.utilities.cloud_io.load",
                      "lightning.pytorch.core.saving.pl_load")
                  .kind("lightning-checkpoint")
                  .high()
                  .loads("path_or_url", 0)
                  .safeWhenTrue("weights_only", 2)
                  .argumentSince("2.4", "lightning", "pytorch-lightning", "lightning-fabric")
                  .codes(Codes.FRAMEWORK)
                  .advice(ADVICE)
                  .readIn("lightning 2.6.1 lightning/fabric/utilities/cloud_io.py _load"))
          .alias("lightning.pytorch", "pytorch_lightning")
          .alias("lightning.fabric", "lightning_fabric")
          .alias(
              "lightning.pytorch.LightningModule",
              "lightning.LightningModule",
              "lightning.pytorch.core.LightningModule",
              "lightning.pytorch.core.module.LightningModule",
              "lightning.pytorch.core.lightning.LightningModule")
          .alias(
              "lightning.pytorch.LightningDataModule",
              "lightning.LightningDataModule",
              "lightning.pytorch.core.LightningDataModule",
              "lightning.pytorch.core.datamodule.LightningDataModule")
          .alias("lightning.fabric.Fabric", "lightning.Fabric", "lightning.fabric.fabric.Fabric");
}
