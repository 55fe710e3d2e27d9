package io.loadlock.artifact.sklearn;

import io.loadlock.artifact.pickle.Decompiler;
import io.loadlock.artifact.pickle.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// Takes an estimator's attributes apart, as `BaseEstimator.__getstate__` saves them: what ends in
/// `_` was fitted, what begins with it is internal, the others are the constructor's parameters.
final class EstimatorReader {
  private static final int DEEPEST = 8;
  private static final int MOST = 256;
  private static final int LONGEST = 60;

  private int left = MOST;

  Optional<Estimator> read(Value root) {
    return root instanceof Value.Call call && Estimators.isEstimator(call)
        ? Optional.of(one("", call, 0))
        : Optional.empty();
  }

  private Estimator one(String name, Value.Call call, int depth) {
    SortedMap<String, String> parameters = new TreeMap<>();
    SortedMap<String, String> fitted = new TreeMap<>();
    List<Estimator> parts = new ArrayList<>();
    Map<String, Value> attributes = attributes(call);
    attributes.forEach(
        (key, value) -> {
          boolean isFitted = key.endsWith("_");
          boolean again = attributes.containsKey(isFitted ? unfitted(key) : key + "_");
          if (!key.startsWith("_") && !parts(key, value, again && !isFitted, depth, parts)) {
            (isFitted ? fitted : parameters).put(key, text(value));
          }
        });
    return new Estimator(
        name,
        Estimators.className(call),
        Estimators.version(call),
        number(attributes.getOrDefault("n_features_in_", new Value.None())),
        parameters,
        fitted,
        parts);
  }

  private static String unfitted(String key) {
    return key.substring(0, key.length() - 1);
  }

  private static Map<String, Value> attributes(Value.Call call) {
    Map<String, Value> attributes = new LinkedHashMap<>();
    for (Value state : call.states()) {
      collect(state, attributes);
    }
    return attributes;
  }

  private static void collect(Value state, Map<String, Value> attributes) {
    if (state instanceof Value.Dict dict) {
      for (Value.Entry entry : dict.entries()) {
        if (entry.key() instanceof Value.Text(String key)) {
          attributes.put(key, entry.value());
        }
      }
    } else if (state instanceof Value.Tuple pair && pair.items().size() == 2) {
      pair.items().forEach(item -> collect(item, attributes));
    }
  }

  /// Whether `value` is an estimator, or a list in which there are some. They are added, unless
  /// their fitted copies stand in another attribute.
  private boolean parts(String key, Value value, boolean copied, int depth, List<Estimator> parts) {
    if (depth >= DEEPEST) {
      return false;
    }
    if (value instanceof Value.Call call && isEstimator(call)) {
      boolean pattern = key.equals("estimator") || key.equals("base_estimator");
      if (!copied && !pattern && left-- > 0) {
        parts.add(one(key, call, depth + 1));
      }
      return true;
    }
    if (!(value instanceof Value.ListValue list)) {
      return false;
    }
    boolean any = false;
    for (Value item : list.items()) {
      Optional<Estimator> part = copied ? Optional.empty() : part(key, item, depth);
      part.ifPresent(parts::add);
      any |= part.isPresent() || copied && isPart(item);
    }
    return any;
  }

  private static boolean isPart(Value item) {
    Value one =
        item instanceof Value.Tuple pair && pair.items().size() >= 2 ? pair.items().get(1) : item;
    return one instanceof Value.Call call && isEstimator(call);
  }

  /// An estimator of a list, or a (name, estimator …) of one; (name, 'passthrough' …) counts too.
  private Optional<Estimator> part(String key, Value item, int depth) {
    if (item instanceof Value.Call call && isEstimator(call)) {
      return left-- > 0 ? Optional.of(one(key, call, depth + 1)) : Optional.empty();
    }
    if (item instanceof Value.Tuple pair
        && pair.items().size() >= 2
        && pair.items().get(0) instanceof Value.Text(String name)
        && left-- > 0) {
      if (pair.items().get(1) instanceof Value.Call call && isEstimator(call)) {
        return Optional.of(one(name, call, depth + 1));
      }
      if (pair.items().get(1) instanceof Value.Text(String word)) {
        return Optional.of(
            new Estimator(
                name,
                word,
                Optional.empty(),
                OptionalLong.empty(),
                new TreeMap<>(),
                new TreeMap<>(),
                List.of()));
      }
    }
    return Optional.empty();
  }

  /// Of scikit-learn's own and derived ones; losses, trees and scorers have no version.
  private static boolean isEstimator(Value.Call call) {
    return Estimators.version(call).isPresent();
  }

  // --- values ------------------------------------------------------------------------------------

  private static String text(Value value) {
    Optional<String> array = array(value);
    if (array.isPresent()) {
      return array.get();
    }
    OptionalLong scalar = number(value);
    String text = scalar.isPresent() ? Long.toString(scalar.getAsLong()) : Decompiler.render(value);
    return text.codePointCount(0, text.length()) > LONGEST
        ? text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…"
        : text;
  }

  /// The element type and the shape of an array: one whose elements stand between joblib's opcodes,
  /// `_reconstruct` with its state (version, shape, type, …), or `_frombuffer(data, type, shape,
  /// order)`.
  private static Optional<String> array(Value value) {
    if (value instanceof Value.Array(var tensor)) {
      return Optional.of(described(tensor.dtype(), tensor.shape().toString()));
    }
    if (!(value instanceof Value.Call call)) {
      return Optional.empty();
    }
    if (call.name().endsWith("multiarray._reconstruct")
        && !call.states().isEmpty()
        && call.states().getLast() instanceof Value.Tuple state
        && state.items().size() >= 3) {
      return Optional.of(
          described(dtype(state.items().get(2)), Decompiler.render(state.items().get(1))));
    }
    return call.name().endsWith("numeric._frombuffer") && call.positional().size() >= 3
        ? Optional.of(
            described(dtype(call.positional().get(1)), Decompiler.render(call.positional().get(2))))
        : Optional.empty();
  }

  private static String described(String dtype, String shape) {
    String inner = shape.substring(1, Math.max(1, shape.length() - 1));
    return dtype
        + "["
        + (inner.endsWith(",") ? inner.substring(0, inner.length() - 1) : inner)
        + "]";
  }

  private static String dtype(Value value) {
    return value instanceof Value.Call call
            && call.name().equals("numpy.dtype")
            && !call.positional().isEmpty()
            && call.positional().get(0) instanceof Value.Text(String code)
        ? code
        : "?";
  }

  /// A whole number: Python's, or a scalar of numpy, `scalar(dtype('i8'), bytes)`.
  private static OptionalLong number(Value value) {
    if (value instanceof Value.Int(long number)) {
      return OptionalLong.of(number);
    }
    if (value instanceof Value.Call call
        && call.name().endsWith("multiarray.scalar")
        && call.positional().size() == 2
        && dtype(call.positional().get(0)).matches("[iu][1248]")
        && call.positional().get(1) instanceof Value.Bytes bytes) {
      try {
        byte[] content = bytes.content(8);
        byte[] big = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
          big[content.length - 1 - i] = content[i];
        }
        boolean signed = dtype(call.positional().get(0)).startsWith("i");
        BigInteger number = signed ? new BigInteger(big) : new BigInteger(1, big);
        return number.bitLength() < 64 ? OptionalLong.of(number.longValue()) : OptionalLong.empty();
      } catch (IOException | NumberFormatException e) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.empty();
  }
}
