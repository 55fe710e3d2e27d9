package io.loadlock.artifact.convert;

import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.torch.Storage;
import io.loadlock.artifact.torch.TensorWalk;
import io.loadlock.artifact.torch.TorchCheckpoint;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a checkpoint of torch gives to a safetensors file.
///
/// @param weights its tensors, in the order of the checkpoint
/// @param values plain values beside them, as JSON text, by dotted name
/// @param leftOut dotted names of what is neither
public record StateDict(
    List<Weight> weights, SortedMap<String, String> values, List<String> leftOut) {
  public StateDict {
    weights = List.copyOf(weights);
    values = new TreeMap<>(values);
    leftOut = List.copyOf(leftOut);
  }

  /// Which tensors, under which names.
  ///
  /// @param key dotted way to the dict that holds them; empty for the root, or the one dict below
  ///   it that holds any
  /// @param flatten takes those of all dicts, under dotted names
  /// @param strip what names begin with and shall not, such as `module.`
  public record Selection(String key, boolean flatten, String strip) {
    public static final Selection ALL = new Selection("", false, "");
  }

  /// Takes a checkpoint apart.
  ///
  /// @param unpacked where what is compressed is unpacked to; open as long as weights are copied
  /// @throws ConversionException naming what is broken, missing, or has no counterpart in
  ///   safetensors
  public static StateDict of(TorchCheckpoint checkpoint, Selection selection, Unpacked unpacked)
      throws IOException, ConversionException {
    Value root = root(checkpoint);
    Tensors tensors = new Tensors(checkpoint);
    Value chosen = selection.key().isEmpty() ? root : Entries.at(root, selection.key());
    String label = selection.key();
    if (selection.key().isEmpty() && !selection.flatten()) {
      Optional<Entries.Named> only = Entries.onlyHolder(chosen, tensors);
      while (only.isPresent()) {
        chosen = only.get().value();
        label = only.get().name();
        only = Entries.onlyHolder(chosen, tensors);
      }
      Entries.refuseSeveral(chosen, tensors);
    }
    return new Collector(checkpoint, selection, tensors, unpacked).collect(root, chosen, label);
  }

  /// What the pickle builds that torch loads. Problems elsewhere in the file are no reason to
  /// refuse it: a tensor whose bytes are not there is.
  private static Value root(TorchCheckpoint checkpoint) throws ConversionException {
    // The reading of a file without a container is of its storages too.
    boolean whole = checkpoint.format().equals("torch-legacy");
    for (Reading pickle : checkpoint.pickles()) {
      if (!(pickle.outcome() instanceof Outcome.Complete)
          && !(whole && checkpoint.root().isPresent())) {
        throw new ConversionException(
            "its pickle breaks: " + pickle.outcome().problems().getFirst());
      }
    }
    for (Problem problem : checkpoint.problems()) {
      if (problem.reason().contains("data.pkl")) {
        throw new ConversionException(problem.toString());
      }
    }
    if (checkpoint.root().isEmpty()) {
      throw new ConversionException(
          checkpoint.problems().isEmpty()
              ? "there is no "
                  + (checkpoint.format().equals("torch-tar") ? "pickle" : "data.pkl")
                  + " in it"
              : checkpoint.problems().getFirst().toString());
    }
    return checkpoint.root().get();
  }

  private static final class Collector {
    private final TorchCheckpoint checkpoint;
    private final Selection selection;
    private final Tensors tensors;
    private final Unpacked unpacked;
    private final Map<String, Weight.Storage> storages = new HashMap<>();

    Collector(TorchCheckpoint checkpoint, Selection selection, Tensors tensors, Unpacked unpacked) {
      this.checkpoint = checkpoint;
      this.tensors = tensors;
      this.unpacked = unpacked;
      this.selection = selection;
    }

    StateDict collect(Value root, Value chosen, String label)
        throws IOException, ConversionException {
      TensorWalk.Found found = tensors.of(chosen);
      if (!found.complete()) {
        throw new ConversionException(
            "it holds more tensors than can be listed, or nests them too deep");
      }
      List<Weight> weights = new ArrayList<>();
      for (Tensor tensor : found.tensors()) {
        weights.add(weight(tensor));
      }
      if (weights.isEmpty()) {
        throw new ConversionException(
            (label.isEmpty() ? "it holds no tensor" : "there is no tensor below " + label)
                + ": "
                + Tensors.described(chosen));
      }
      PlainValues plain = new PlainValues(tensors);
      plain.add(chosen, "");
      if (!plain.foreign().isEmpty()) {
        throw new ConversionException(
            plain.foreign().getFirst()
                + " is a tensor that torch makes in a way that is not understood here");
      }
      if (chosen != root) {
        plain.beside(root, chosen, "");
      }
      return new StateDict(weights, plain.values(), plain.leftOut());
    }

    private Weight weight(Tensor tensor) throws IOException, ConversionException {
      String name = name(tensor);
      String problem =
          switch (tensor.kind()) {
            case DENSE -> "";
            case QUANTIZED -> "is quantized";
            case SPARSE -> "is sparse";
            case NESTED -> "is a nested tensor";
            case SUBCLASS ->
                "is of a subclass of Tensor, which may give its elements another meaning";
            case META -> "has a shape and no elements";
            case LAZY -> "is conjugated or negated lazily";
          };
      if (!problem.isEmpty()) {
        throw new ConversionException(name + " " + problem + ": safetensors cannot hold that");
      }
      Storage storage = checkpoint.storages().get(tensor.storage());
      if (storage == null) {
        throw new ConversionException(
            name + ": there is no storage " + tensor.storage() + " in the file");
      }
      Dtype dtype =
          Dtype.ofTorch(tensor.dtype())
              .orElseThrow(
                  () ->
                      new ConversionException(
                          name
                              + " is of "
                              + (tensor.dtype().isEmpty() ? storage.type() : tensor.dtype())
                              + ", which safetensors does not have"));
      if (tensor.shape().size() != tensor.strides().size()) {
        throw new ConversionException(
            name
                + ": its shape "
                + tensor.shape()
                + " and strides "
                + tensor.strides()
                + " have different lengths");
      }
      return new Weight(
          name, dtype, tensor.shape(), tensor.strides(), bytes(storage, name), tensor.offset());
    }

    private String name(Tensor tensor) {
      String name = tensor.name().isEmpty() ? "tensor" : tensor.name();
      return name.startsWith(selection.strip()) && name.length() > selection.strip().length()
          ? name.substring(selection.strip().length())
          : name;
    }

    private Weight.Storage bytes(Storage storage, String name)
        throws IOException, ConversionException {
      Weight.Storage known = storages.get(storage.key());
      if (known != null) {
        return known;
      }
      Optional<ByteSource> found = storage.bytes();
      if (storage.packed().isPresent() && storage.size() > 0) {
        try {
          found = Optional.of(unpacked.of(storage.packed().get(), storage.size()));
        } catch (MalformedException e) {
          throw new ConversionException(
              name + ": storage '" + storage.key() + "': " + e.getMessage());
        }
      }
      ByteSource content = found.orElse(ByteSource.of(new byte[0]));
      if (found.isEmpty() && storage.elements() != 0) {
        throw new ConversionException(name + ": " + absence(storage));
      }
      if (!storage.type().startsWith("torch.")) {
        throw new ConversionException(
            name
                + ": storage "
                + storage.key()
                + " is of "
                + storage.type()
                + ", which is not torch's");
      }
      if (storage.elementSize() > 0) {
        if (storage.size() < 0 || storage.size() > content.size()) {
          throw new ConversionException(
              name + ": storage " + storage.key() + " claims " + storage.elements() + " elements");
        }
        content = content.slice(0, storage.size());
      }
      Weight.Storage made =
          new Weight.Storage(storage.key(), content, checkpoint.bigEndian() && storage.ordered());
      storages.put(storage.key(), made);
      return made;
    }

    /// Why there are no bytes of a storage, in the reader's words.
    private String absence(Storage storage) {
      String quoted = "storage '" + storage.key() + "'";
      for (Problem problem : checkpoint.problems()) {
        if (problem.reason().startsWith(quoted)) {
          return problem.toString();
        }
      }
      for (Problem problem : checkpoint.problems()) {
        if (problem.reason().contains("data/" + storage.key() + " ")) {
          return problem.toString();
        }
      }
      return quoted
          + (checkpoint.format().equals("torch-legacy")
              ? " is not in the file"
              : " is encrypted, damaged or compressed in a way that torch does not know");
    }
  }
}
