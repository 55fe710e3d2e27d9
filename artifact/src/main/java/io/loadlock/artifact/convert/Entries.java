package io.loadlock.artifact.convert;

import io.loadlock.artifact.pickle.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The entries of what loads as a mapping: a dict, an `OrderedDict`, a `defaultdict`.
final class Entries {
  private Entries() {}

  /// One entry with a text key.
  record Named(String name, Value value) {}

  /// Those with text keys, the later of two with one key; empty for what is no mapping.
  static List<Named> of(Value value) {
    List<Value.Entry> entries =
        switch (value) {
          case Value.Dict dict -> dict.entries();
          case Value.Call call -> call.entries();
          default -> List.of();
        };
    List<Named> named = new ArrayList<>();
    for (Value.Entry entry : entries) {
      if (entry.key() instanceof Value.Text(String name)) {
        named.removeIf(earlier -> earlier.name().equals(name));
        named.add(new Named(name, entry.value()));
      }
    }
    return named;
  }

  /// The value at a dotted way; keys may have dots themselves.
  static Value at(Value root, String way) throws ConversionException {
    for (Named entry : of(root)) {
      if (entry.name().equals(way)) {
        return entry.value();
      }
      if (way.startsWith(entry.name() + ".")) {
        try {
          return at(entry.value(), way.substring(entry.name().length() + 1));
        } catch (ConversionException e) {
          // Another key may be longer.
        }
      }
    }
    String keys = of(root).stream().map(Named::name).limit(20).collect(Collectors.joining(", "));
    throw new ConversionException(
        "there is no key " + way + (keys.isEmpty() ? "" : "; there are " + keys));
  }

  /// The one entry below which all tensors are; empty where some stand in the mapping itself, or
  /// below several.
  static Optional<Named> onlyHolder(Value value, Tensors tensors) {
    List<Named> holders = holders(value, tensors);
    return holders.size() == 1 && !tensors.isOne(holders.getFirst().value())
        ? Optional.of(holders.getFirst())
        : Optional.empty();
  }

  /// Refuses a mapping whose tensors stand below several keys, or both in it and below.
  static void refuseSeveral(Value value, Tensors tensors) throws ConversionException {
    List<Named> holders = holders(value, tensors);
    if (holders.stream().allMatch(holder -> tensors.isOne(holder.value()))) {
      return;
    }
    String places =
        holders.stream()
            .filter(holder -> !tensors.isOne(holder.value()))
            .map(holder -> holder.name() + " (" + tensors.of(holder.value()).tensors().size() + ")")
            .collect(Collectors.joining(", "));
    throw new ConversionException(
        "tensors stand below several keys: "
            + places
            + ". Choose one with --key, or keep them all with --flatten");
  }

  private static List<Named> holders(Value value, Tensors tensors) {
    return of(value).stream().filter(entry -> tensors.isAnyIn(entry.value())).toList();
  }
}
