package io.loadlock.artifact.torch;

import io.loadlock.artifact.Elements;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.pickle.Values;
import io.loadlock.core.ByteSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One storage that a checkpoint's pickle refers to.
///
/// @param key its name in the file
/// @param type its class as the pickle names it, such as `torch.FloatStorage`
/// @param location such as `cpu` or `cuda:0`
/// @param elements how many of them, as declared
/// @param bytes its bytes where the file keeps them as they are, as a slice of the file; empty
///   where it has none, or fewer than declared
/// @param packed its bytes where the file keeps them deflated, which torch inflates too
public record Storage(
    String key,
    String type,
    String location,
    long elements,
    Optional<ByteSource> bytes,
    Optional<Inflating> packed) {
  Storage(String key, String type, String location, long elements, Optional<ByteSource> bytes) {
    this(key, type, location, elements, bytes, Optional.empty());
  }

  /// Of one element in bytes; -1 where the type is not known.
  public int elementSize() {
    return TorchType.ofStorage(type).map(TorchType::bytes).orElse(-1);
  }

  /// As declared, in bytes; -1 where that is not known or overflows 2^63.
  public long size() {
    int size = elementSize();
    return size < 0 || elements < 0 || elements > Long.MAX_VALUE / size ? -1 : elements * size;
  }

  /// Whether the byte order of the machine that wrote it shows in it. torch turns numbers round by
  /// the class of their storage, and those of an untyped one not at all.
  public boolean ordered() {
    return elementSize() > 1;
  }

  /// A tensor with its elements, where it is a view of one of `storages`.
  static Tensor locate(Tensor tensor, Map<String, Storage> storages, boolean bigEndian) {
    boolean plain = tensor.kind() == Tensor.Kind.DENSE || tensor.kind() == Tensor.Kind.QUANTIZED;
    Storage storage = storages.get(tensor.storage());
    Optional<TorchType> dtype = TorchType.of(tensor.dtype()).filter(type -> !type.packed());
    if (!plain
        || storage == null
        || storage.bytes.isEmpty()
        || dtype.isEmpty()
        || tensor.shape().size() != tensor.strides().size()) {
      return tensor;
    }
    return tensor.with(
        new Elements(
            storage.bytes.get(),
            bigEndian && storage.ordered(),
            dtype.get().bytes(),
            dtype.get().number(),
            tensor.shape(),
            tensor.strides(),
            tensor.offset()));
  }

  /// A part of it that counts as a storage of its own; empty where it does not lie within.
  Optional<Storage> part(String name, long offset, long count) {
    long each = elementSize();
    if (offset < 0 || count < 0 || each < 0 || offset > elements || count > elements - offset) {
      return Optional.empty();
    }
    return Optional.of(
        new Storage(
            name,
            type,
            location,
            count,
            bytes
                .filter(all -> all.size() / each >= offset + count)
                .map(all -> all.slice(offset * each, count * each))));
  }

  Storage with(ByteSource content) {
    return new Storage(key, type, location, elements, Optional.of(content));
  }

  Storage packed(Inflating content) {
    return new Storage(key, type, location, elements, Optional.empty(), Optional.of(content));
  }

  /// Every storage that a persistent id names: `("storage", type, key, location, elements)` and, in
  /// files without a container, a view. The first mention of a key counts.
  static Map<String, Storage> of(Value root) {
    Map<String, Storage> storages = new LinkedHashMap<>();
    List<Value.Persistent> ids = new ArrayList<>();
    Values.walk(
        root,
        value -> {
          if (value instanceof Value.Persistent persistent) {
            ids.add(persistent);
          }
          return true;
        });
    ids.sort(java.util.Comparator.comparingLong(Value.Persistent::offset));
    for (Value.Persistent id : ids) {
      of(id).ifPresent(storage -> storages.putIfAbsent(storage.key, storage));
    }
    return storages;
  }

  /// The storage that a persistent id names; empty where it names none.
  static Optional<Storage> of(Value.Persistent persistent) {
    if (!(persistent.id() instanceof Value.Tuple tuple) || tuple.items().size() < 5) {
      return Optional.empty();
    }
    List<Value> items = tuple.items();
    if (!text(items.get(0)).equals("storage")
        || !(items.get(1) instanceof Value.Global type)
        || !(items.get(4) instanceof Value.Int(long elements))) {
      return Optional.empty();
    }
    return Optional.of(
        new Storage(
            text(items.get(2)), type.full(), text(items.get(3)), elements, Optional.empty()));
  }

  /// What of a storage a persistent id means: before torch 1.6 a sixth item says so, as `(key,
  /// offset, elements)`.
  ///
  /// @param elements as many as it has; -1 for all
  record Part(long offset, long elements) {
    private static final Part ALL = new Part(0, -1);

    /// Empty where the id says nothing that can be.
    static Optional<Part> of(Value.Persistent persistent) {
      if (!(persistent.id() instanceof Value.Tuple tuple)
          || tuple.items().size() < 6
          || tuple.items().get(5) instanceof Value.None) {
        return Optional.of(ALL);
      }
      return tuple.items().get(5) instanceof Value.Tuple view
              && view.items().size() == 3
              && view.items().get(1) instanceof Value.Int(long offset)
              && view.items().get(2) instanceof Value.Int(long elements)
              && offset >= 0
              && elements >= 0
          ? Optional.of(new Part(offset, elements))
          : Optional.empty();
    }

    /// Whether a tensor's elements are of this part; of a whole storage others ask.
    boolean holds(long start, List<Long> shape, List<Long> strides) {
      if (elements < 0) {
        return true;
      }
      return shape.size() == strides.size()
          && start <= Long.MAX_VALUE - offset
          && Elements.fit(start, shape, strides, 1, elements);
    }
  }

  static String text(Value value) {
    return value instanceof Value.Text(String text)
        ? text
        : value instanceof Value.Int(long number) ? Long.toString(number) : "";
  }
}
