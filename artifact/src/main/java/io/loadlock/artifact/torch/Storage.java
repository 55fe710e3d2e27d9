package io.loadlock.artifact.torch;

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
/// @param bytes its bytes where the file keeps them: a slice of the file where they are not
///   compressed; empty where the file has none, or fewer than declared
public record Storage(
    String key, String type, String location, long elements, Optional<ByteSource> bytes) {
  private static final Map<String, Integer> SIZES =
      Map.ofEntries(
          Map.entry("DoubleStorage", 8),
          Map.entry("FloatStorage", 4),
          Map.entry("HalfStorage", 2),
          Map.entry("LongStorage", 8),
          Map.entry("IntStorage", 4),
          Map.entry("ShortStorage", 2),
          Map.entry("CharStorage", 1),
          Map.entry("ByteStorage", 1),
          Map.entry("BoolStorage", 1),
          Map.entry("BFloat16Storage", 2),
          Map.entry("ComplexDoubleStorage", 16),
          Map.entry("ComplexFloatStorage", 8),
          Map.entry("QUInt8Storage", 1),
          Map.entry("QInt8Storage", 1),
          Map.entry("QInt32Storage", 4),
          Map.entry("QUInt4x2Storage", 1),
          Map.entry("QUInt2x4Storage", 1),
          Map.entry("UntypedStorage", 1));

  /// Of one element in bytes; -1 where the type is not known.
  public int elementSize() {
    return SIZES.getOrDefault(type.substring(type.lastIndexOf('.') + 1), -1);
  }

  /// As declared, in bytes; -1 where that is not known or overflows 2^63.
  public long size() {
    int size = elementSize();
    return size < 0 || elements < 0 || elements > Long.MAX_VALUE / size ? -1 : elements * size;
  }

  Storage with(ByteSource content) {
    return new Storage(key, type, location, elements, Optional.of(content));
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

  static String text(Value value) {
    return value instanceof Value.Text(String text)
        ? text
        : value instanceof Value.Int(long number) ? Long.toString(number) : "";
  }
}
