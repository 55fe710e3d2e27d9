package io.loadlock.python.value;

import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Mapping;
import io.loadlock.python.value.Value.Singleton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reading and writing dictionaries.
public final class Mappings {
  /// More writes than this to one dictionary are forgotten, oldest first, save what they may hold.
  private static final int LAYERS = 64;

  /// A dictionary of more entries is no list of pairs.
  private static final int PAIRS = 16;

  private Mappings() {}

  /// What is under `key`; [Singleton#ABSENT] is among the values where it may be missing.
  public static Values lookup(Values mappings, Value key) {
    Values found = Values.EMPTY;
    for (Value value : mappings) {
      found = found.join(lookup(value, key));
    }
    return found.isEmpty() ? Values.ABSENT : found;
  }

  private static Values lookup(Value value, Value key) {
    return switch (value) {
      case Mapping mapping -> lookup(mapping.layers(), mapping.layers().size() - 1, key);
      case Value.Parameter _ -> Values.of(new Value.Item(Values.of(value), key, Values.ABSENT));
      default -> Values.ABSENT;
    };
  }

  private static Values lookup(List<Layer> layers, int from, Value key) {
    Values found = Values.EMPTY;
    Values otherwise = Values.EMPTY;
    for (int i = from; i >= 0; i--) {
      switch (layers.get(i)) {
        case Layer.Entry entry -> {
          if (entry.key().equals(key)) {
            return found.join(entry.value());
          }
        }
        case Layer.Default entry -> {
          if (entry.key().equals(key)) {
            otherwise = entry.value();
          }
        }
        case Layer.Spread spread -> {
          Values inside = lookup(spread.of(), key);
          if (!mayBeAbsent(inside)) {
            return found.join(inside);
          }
          // What lies under it counts where it does not have the key.
          Values below = lookup(layers, i - 1, key);
          if (!otherwise.isEmpty()) {
            below = below.without(Singleton.ABSENT::equals).join(otherwise);
          }
          return found.join(instead(inside, below));
        }
        case Layer.Somewhere _ -> {}
        case Layer.Removed removed -> {
          if (removed.key().equals(key)) {
            return found.join(otherwise.isEmpty() ? Values.ABSENT : otherwise);
          }
        }
      }
    }
    return found.join(otherwise.isEmpty() ? Values.ABSENT : otherwise);
  }

  /// True when [Singleton#ABSENT] is among the values, or an item of something that callers pass.
  static boolean mayBeAbsent(Values values) {
    for (Value value : values) {
      if (value == Singleton.ABSENT
          || value instanceof Value.Item item && item.otherwise().equals(Values.ABSENT)) {
        return true;
      }
    }
    return false;
  }

  /// `values` with `otherwise` where the key is absent.
  public static Values instead(Values values, Values otherwise) {
    Values result = Values.EMPTY;
    for (Value value : values) {
      if (value == Singleton.ABSENT) {
        result = result.join(otherwise);
      } else if (value instanceof Value.Item item && item.otherwise().equals(Values.ABSENT)) {
        result = result.join(Values.of(new Value.Item(item.of(), item.key(), otherwise)));
      } else {
        result = result.join(Values.of(value));
      }
    }
    return result;
  }

  /// Everything it may hold, whatever the key.
  public static Values all(Mapping mapping) {
    Values all = Values.EMPTY;
    for (Layer layer : mapping.layers()) {
      switch (layer) {
        case Layer.Entry entry -> all = all.join(entry.value());
        case Layer.Default entry -> all = all.join(entry.value());
        case Layer.Somewhere somewhere -> all = all.join(somewhere.value());
        case Layer.Spread spread -> {
          for (Value value : spread.of()) {
            all = all.join(value instanceof Mapping inner ? all(inner) : Values.EMPTY);
          }
        }
        case Layer.Removed _ -> {}
      }
    }
    return all;
  }

  /// Its keys, each with its value, in order; null where they are not all known, or many.
  public static @Nullable List<Values> pairs(Mapping mapping) {
    Map<Value, Values> entries = new LinkedHashMap<>();
    for (Layer layer : mapping.layers()) {
      if (!(layer instanceof Layer.Entry entry) || entries.size() >= PAIRS) {
        return null;
      }
      entries.put(entry.key(), entry.value());
    }
    return entries.entrySet().stream()
        .map(
            entry ->
                Values.of(
                    new Value.Sequence(
                        Value.Sequence.Kind.TUPLE,
                        List.of(Values.of(entry.getKey()), entry.getValue()),
                        Values.EMPTY)))
        .toList();
  }

  /// The keys that are written out.
  public static Values keys(Mapping mapping) {
    Values all = Values.EMPTY;
    for (Layer layer : mapping.layers()) {
      switch (layer) {
        case Layer.Entry entry -> all = all.join(Values.of(entry.key()));
        case Layer.Default entry -> all = all.join(Values.of(entry.key()));
        case Layer.Spread _, Layer.Somewhere _ ->
            all = all.join(Values.unknown("a key that is not written out"));
        case Layer.Removed _ -> {}
      }
    }
    return all;
  }

  /// With one more write. Something that is no dictionary of the source, such as a `**kwargs`
  /// parameter, lies under it.
  public static Values write(Values mappings, Layer layer) {
    Values written = Values.EMPTY;
    for (Value value : mappings) {
      written =
          written.join(
              switch (value) {
                case Mapping mapping -> Values.of(new Mapping(appended(mapping.layers(), layer)));
                case Value.Parameter _, Value.Unknown _, Value.Item _, Value.Member _ ->
                    Values.of(new Mapping(List.of(new Layer.Spread(Values.of(value)), layer)));
                case Value.Result _, Value.Narrowed _ ->
                    Values.of(new Mapping(List.of(new Layer.Spread(Values.of(value)), layer)));
                default -> Values.of(value);
              });
    }
    return written;
  }

  private static List<Layer> appended(List<Layer> layers, Layer layer) {
    if (!layers.isEmpty() && layers.getLast().equals(layer)) {
      return layers;
    }
    List<Layer> all = new ArrayList<>(layers);
    if (layer instanceof Layer.Entry entry) {
      // A second write to the same key replaces the first, so that loops come to rest.
      all.removeIf(old -> old instanceof Layer.Entry before && before.key().equals(entry.key()));
    } else if (layer instanceof Layer.Somewhere somewhere) {
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i) instanceof Layer.Somewhere before) {
          all.set(i, new Layer.Somewhere(before.value().join(somewhere.value())));
          return all;
        }
      }
    }
    if (all.size() >= LAYERS) {
      Values forgotten = all(new Mapping(List.of(all.get(0), all.get(1))));
      all.subList(0, 2).clear();
      all.addFirst(new Layer.Somewhere(forgotten));
    }
    all.add(layer);
    return all;
  }
}
