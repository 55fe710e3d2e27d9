package io.loadlock.artifact.torch;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.tar.TarArchive;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What `torch.load` would find in a file, without its storages' bytes having been read.
///
/// @param format `torch-zip`, `torchscript`, `torch-package`, `torch-tar` or `torch-legacy`
/// @param root what the main pickle builds; empty where it breaks
/// @param storages by key, in the order in which the pickle names them
/// @param kept tensors that stand beside the main pickle, by what its persistent ids say: in tar
///   files
/// @param bigEndian whether the file says that numbers in storages are big-endian
/// @param pickles what was read of each pickle that loading runs; for `torch-legacy` one reading of
///   all five
/// @param notices what is odd about the container
/// @param problems what is missing or could not be read, besides the pickles' own
/// @param nested the pickles, with their readings, and whatever else is in the container
/// @param details such as the versions that the file names
public record TorchCheckpoint(
    String format,
    Optional<Value> root,
    Map<String, Storage> storages,
    Map<String, Tensor> kept,
    boolean bigEndian,
    List<Reading> pickles,
    List<Notice> notices,
    List<Problem> problems,
    List<Nested> nested,
    Map<String, String> details) {

  /// The tensors below a part of what the main pickle builds.
  public TensorWalk.Found tensors(Value part) {
    return TensorWalk.of(part, kept);
  }

  /// Reads a checkpoint of any layout.
  ///
  /// @throws MalformedException when it is none, or too damaged to say anything
  public static TorchCheckpoint read(ByteSource source, Limits limits)
      throws IOException, MalformedException {
    return read(source, Policy.bundled(), limits);
  }

  static TorchCheckpoint read(ByteSource source, Policy policy, Limits limits)
      throws IOException, MalformedException {
    if (ZipArchive.begins(source)) {
      return new ZipCheckpoint(source, policy, limits).read();
    }
    if (TarArchive.recognises(source)) {
      return new TarCheckpoint(source, policy, limits).read();
    }
    if (RawCheckpoint.recognises(source)) {
      return new RawCheckpoint(source, policy, limits).read();
    }
    throw new MalformedException("not a checkpoint of torch", 0);
  }
}
