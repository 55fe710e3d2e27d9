package io.loadlock.python.sink.library;

import static io.loadlock.python.sink.SinkRow.KEYWORD_ONLY;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// PyTorch itself.
final class TorchSinks {
  private static final String ADVICE =
      "Pass weights_only=True, or load a safetensors file with safetensors.torch.load_file.";

  private TorchSinks() {}

  static final Library LIBRARY =
      Library.of(
              "PyTorch",
              "torch",
              SinkRow.function("torch.load", "torch.serialization.load")
                  .kind("torch-load")
                  .loads("f", 0)
                  .safeWhenTrue("weights_only", KEYWORD_ONLY)
                  .argumentSince("1.13", "torch")
                  .safeSince("torch", "2.6")
                  .voidedBy("pickle_module", 2)
                  .codes(Codes.TORCH)
                  .advice(ADVICE)
                  .readIn("torch 2.15.0 torch/serialization.py load"),
              SinkRow.function(
                      "torch.hub.load_state_dict_from_url",
                      "torch.utils.model_zoo.load_url",
                      "torchvision._internally_replaced_utils.load_state_dict_from_url",
                      "torchvision.models.utils.load_state_dict_from_url")
                  .kind("torch-hub-url")
                  .loads("url", 0)
                  .safeWhenTrue("weights_only", 6)
                  .argumentSince("2.1", "torch")
                  .codes(Codes.TORCH)
                  .advice(
                      "Pass weights_only=True; the default of this function is False in every"
                          + " torch.")
                  .readIn("torch 2.15.0 torch/hub.py load_state_dict_from_url"),
              SinkRow.function("torch.hub.load")
                  .kind("torch-hub-load")
                  .high()
                  .loads("repo_or_dir", 0)
                  .codes(Codes.TORCH)
                  .advice(
                      "Vendor the model's code and load its weights with weights_only=True;"
                          + " hubconf.py of the repository is run.")
                  .readIn("torch 2.15.0 torch/hub.py load, _load_local"),
              SinkRow.method("torch.package.PackageImporter.load_pickle")
                  .kind("torch-package")
                  .loadsWhatItWasMadeOf("file_or_buffer", 0)
                  .codes(Codes.TORCH)
                  .alsoCodes("pytorch-package")
                  .advice(
                      "Save the weights as safetensors; a torch.package holds Python source and"
                          + " pickles.")
                  .readIn("torch 2.15.0 torch/package/package_importer.py load_pickle"),
              SinkRow.method("torch.package.PackageImporter.import_module")
                  .kind("torch-package")
                  .high()
                  .loadsWhatItWasMadeOf("file_or_buffer", 0)
                  .codes(Codes.TORCH)
                  .alsoCodes("pytorch-package")
                  .advice(
                      "Install the code as a package; import_module runs the source in the"
                          + " archive.")
                  .readIn("torch 2.15.0 torch/package/package_importer.py import_module"),
              SinkRow.function("torch.jit.load", "torch.jit._serialization.load")
                  .kind("torch-jit-load")
                  .low()
                  .loads("f", 0)
                  .codes(Codes.TORCH)
                  .advice(
                      "Load weights alone where that is enough; TorchScript can read and write"
                          + " files.")
                  .readIn("torch 2.15.0 torch/jit/_serialization.py load"))
          .alias("torch.package.PackageImporter", "torch.package.package_importer.PackageImporter");
}
