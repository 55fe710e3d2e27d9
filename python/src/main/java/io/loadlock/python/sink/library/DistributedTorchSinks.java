package io.loadlock.python.sink.library;

import static io.loadlock.python.sink.SinkRow.KEYWORD_ONLY;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// What PyTorch unpickles apart from `torch.load`: object collectives, distributed checkpoints,
/// exported programs.
final class DistributedTorchSinks {
  private static final String BETWEEN_RANKS =
      "Send tensors, or pass weights_only=True where the installed torch has it; every rank that"
          + " can send here can run code here.";

  private static final String CHECKPOINT =
      "Keep distributed checkpoints where only the job can write: the .metadata file and every"
          + " value that is no tensor are unpickled.";

  private DistributedTorchSinks() {}

  static final Library LIBRARY =
      Library.of(
              "PyTorch distributed and export",
              "torch",
              SinkRow.function("torch.distributed.all_gather_object")
                  .kind("torch-distributed")
                  .privateChannel()
                  .loads("object_list", 0)
                  .safeWhenTrue("weights_only", 3)
                  .argumentSince("2.15", "torch")
                  .codes(Codes.FRAMEWORK)
                  .advice(BETWEEN_RANKS)
                  .readIn("torch 2.15.0 torch/distributed/distributed_c10d.py all_gather_object"),
              SinkRow.function(
                      "torch.distributed.gather_object",
                      "torch.distributed.broadcast_object_list",
                      "torch.distributed.scatter_object_list")
                  .kind("torch-distributed")
                  .privateChannel()
                  .loads("", 0)
                  .safeWhenTrue("weights_only", 5)
                  .argumentSince("2.15", "torch")
                  .codes(Codes.FRAMEWORK)
                  .advice(BETWEEN_RANKS)
                  .readIn(
                      "torch 2.15.0 torch/distributed/distributed_c10d.py gather_object,"
                          + " broadcast_object_list, scatter_object_list, _tensor_to_object"),
              SinkRow.function("torch.distributed.recv_object_list")
                  .kind("torch-distributed")
                  .privateChannel()
                  .loads("object_list", 0)
                  .safeWhenTrue("weights_only", 6)
                  .argumentSince("2.15", "torch")
                  .codes(Codes.FRAMEWORK)
                  .advice(BETWEEN_RANKS)
                  .readIn("torch 2.15.0 torch/distributed/distributed_c10d.py recv_object_list"),
              SinkRow.function(
                      "torch.distributed.checkpoint.load",
                      "torch.distributed.checkpoint.state_dict_loader.load")
                  .kind("torch-distributed-checkpoint")
                  .high()
                  .loads("checkpoint_id", KEYWORD_ONLY)
                  .codes(Codes.FRAMEWORK)
                  .advice(CHECKPOINT)
                  .readIn(
                      "torch 2.15.0 torch/distributed/checkpoint/filesystem.py read_metadata,"
                          + " default_planner.py load_bytes"),
              SinkRow.function(
                      "torch.distributed.checkpoint.load_state_dict",
                      "torch.distributed.checkpoint.state_dict_loader.load_state_dict")
                  .kind("torch-distributed-checkpoint")
                  .high()
                  .loads("storage_reader", 1)
                  .codes(Codes.FRAMEWORK)
                  .advice(CHECKPOINT)
                  .readIn(
                      "torch 2.15.0 torch/distributed/checkpoint/state_dict_loader.py"
                          + " load_state_dict"),
              SinkRow.function(
                      "torch.distributed.checkpoint.optimizer.load_sharded_optimizer_state_dict",
                      "torch.distributed.checkpoint.load_sharded_optimizer_state_dict")
                  .kind("torch-distributed-checkpoint")
                  .high()
                  .loads("storage_reader", 2)
                  .codes(Codes.FRAMEWORK)
                  .advice(CHECKPOINT)
                  .readIn(
                      "torch 2.15.0 torch/distributed/checkpoint/optimizer.py"
                          + " load_sharded_optimizer_state_dict"),
              SinkRow.function("torch.distributed.checkpoint.format_utils.dcp_to_torch_save")
                  .kind("torch-distributed-checkpoint")
                  .high()
                  .loads("dcp_checkpoint_dir", 0)
                  .codes(Codes.FRAMEWORK)
                  .advice(CHECKPOINT)
                  .readIn(
                      "torch 2.15.0 torch/distributed/checkpoint/format_utils.py"
                          + " dcp_to_torch_save"),
              SinkRow.function("torch.distributed.checkpoint.format_utils.torch_save_to_dcp")
                  .kind("torch-load")
                  .loads("torch_save_path", 0)
                  .codes(Codes.TORCH)
                  .advice(
                      "Convert a checkpoint from elsewhere with loadlock convert; this unpickles"
                          + " it.")
                  .readIn(
                      "torch 2.15.0 torch/distributed/checkpoint/format_utils.py"
                          + " torch_save_to_dcp"),
              SinkRow.function("torch.storage._load_from_bytes")
                  .kind("torch-load")
                  .loads("b", 0)
                  .codes(Codes.TORCH)
                  .advice("Call torch.load with weights_only=True on the bytes.")
                  .readIn("torch 2.15.0 torch/storage.py _load_from_bytes"),
              SinkRow.function("torch.export.load", "torch.export.pt2_archive._package.load_pt2")
                  .kind("torch-export-load")
                  .high()
                  .loads("f", 0)
                  .codes(Codes.TORCH)
                  .advice(
                      "Export again from code and safetensors; a .pt2 archive may carry pickled"
                          + " weights, constants and example inputs.")
                  .readIn(
                      "torch 2.15.0 torch/export/__init__.py load, pt2_archive/_package.py"
                          + " load_pt2"))
          .alias("torch.distributed", "torch.distributed.distributed_c10d");
}
