package io.loadlock.python.value;

import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Value.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/// What an expression may be: a small set of values. Empty means that nothing is known to reach it
/// yet, or ever.
///
/// A set never holds more than [#MOST] values nor one deeper than [#DEEPEST], nor is it made of
/// more than [#HEAVIEST]: beyond that it keeps what could be called and says *unknown* for the
/// rest. So joins reach a fixed point, in bounded memory.
public final class Values implements Iterable<Value>, Sized {
  static final int MOST = 24;
  static final int DEEPEST = 6;

  /// How many values one may be made of. A written-out table of 256 pairs is lighter.
  static final int HEAVIEST = 2_000;

  /// A heavy set keeps of what can be called only what is lighter than this.
  private static final int LIGHT = 64;

  public static final Values EMPTY = new Values(new Value[0]);
  public static final Values TRUE = new Values(new Value[] {Singleton.TRUE});
  public static final Values FALSE = new Values(new Value[] {Singleton.FALSE});
  public static final Values NONE = new Values(new Value[] {Singleton.NONE});
  public static final Values ABSENT = new Values(new Value[] {Singleton.ABSENT});
  public static final Values UNBOUND = new Values(new Value[] {Singleton.UNBOUND});

  private final Value[] items;
  private final int depth;
  private final int weight;
  private final boolean symbolic;
  private int hash;
  private @org.jspecify.annotations.Nullable Values leaves;
  private int @org.jspecify.annotations.Nullable [] hashes;

  private Values(Value[] items) {
    this.items = items;
    int deepest = 0;
    int sum = 0;
    boolean any = false;
    for (Value item : items) {
      deepest = Math.max(deepest, item.depth());
      sum += item.weight();
      any = any || item.symbolic();
    }
    this.depth = deepest;
    this.weight = sum;
    this.symbolic = any;
  }

  /// Just this one.
  public static Values of(Value value) {
    if (value instanceof Singleton singleton) {
      switch (singleton) {
        case TRUE:
          return TRUE;
        case FALSE:
          return FALSE;
        case NONE:
          return NONE;
        case ABSENT:
          return ABSENT;
        case UNBOUND:
          return UNBOUND;
        case ELLIPSIS:
          break;
      }
    }
    if (value.depth() > DEEPEST) {
      return unknown("nested too deeply to follow");
    }
    if (value.weight() > HEAVIEST) {
      return unknown("too large to follow");
    }
    return new Values(new Value[] {value});
  }

  /// Nothing that can be said, because of `reason`.
  public static Values unknown(String reason) {
    return new Values(new Value[] {new Unknown(reason)});
  }

  /// Both of them.
  public Values join(Values other) {
    if (other.items.length == 0 || other == this) {
      return this;
    }
    if (items.length == 0) {
      return other;
    }
    Value[] joined = null;
    int size = items.length;
    for (Value value : other.items) {
      if (!contains(value)) {
        if (joined == null) {
          joined = Arrays.copyOf(items, size + other.items.length);
        }
        joined[size++] = value;
      }
    }
    if (joined == null) {
      return this;
    }
    return new Values(bounded(joined, size));
  }

  /// What of the first `size` values may be kept; `values` is changed.
  private static Value[] bounded(Value[] values, int size) {
    boolean unknown = false;
    int weight = 0;
    int count = 0;
    for (int i = 0; i < size; i++) {
      Value value = values[i];
      weight += value.weight();
      // One reason is enough; the first one met is kept.
      if (!(unknown && value instanceof Unknown)) {
        values[count++] = value;
      }
      unknown |= value instanceof Unknown;
    }
    boolean heavy = weight > HEAVIEST;
    if (count <= MOST && !heavy) {
      return count == values.length ? values : Arrays.copyOf(values, count);
    }
    List<Value> callable = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Value value = values[i];
      if (mayBeCalled(value) && callable.size() < MOST - 1 && (!heavy || value.weight() <= LIGHT)) {
        callable.add(value);
      }
    }
    callable.add(new Unknown("too many values to follow"));
    return callable.toArray(new Value[0]);
  }

  private static boolean mayBeCalled(Value value) {
    return switch (value) {
      case Value.Name _, Value.Function _, Value.Type _, Value.Instance _, Value.Foreign _ -> true;
      case Value.Method _, Value.Partial _, Value.Parameter _, Value.ProjectModule _ -> true;
      case Value.Imported _ -> true;
      case Singleton _ -> true;
      default -> false;
    };
  }

  /// Without the values that `unwanted` accepts.
  public Values without(Predicate<Value> unwanted) {
    List<Value> kept = new ArrayList<>(items.length);
    for (Value value : items) {
      if (!unwanted.test(value)) {
        kept.add(value);
      }
    }
    return kept.size() == items.length
        ? this
        : kept.isEmpty() ? EMPTY : new Values(kept.toArray(new Value[0]));
  }

  /// The parameters, and results without their arguments, that these are made of.
  Values leaves() {
    Values made = leaves;
    if (made == null) {
      made = gatherLeaves();
      leaves = made;
    }
    return made;
  }

  private Values gatherLeaves() {
    Values leaves = EMPTY;
    for (Value item : items) {
      leaves =
          leaves.join(
              switch (item) {
                case Value.Parameter _, Value.Name _ -> of(item);
                case Value.Result result -> {
                  Values all =
                      of(new Value.Result(result.function(), Arguments.NONE, result.where()));
                  for (Arguments.Given given : result.arguments().given()) {
                    all = all.join(given.value().leaves());
                  }
                  yield all;
                }
                case Value.Joined joined -> leaves(joined.parts());
                case Value.Concatenated parts -> leaves(parts.parts());
                case Value.Sequence sequence -> sequence.all().leaves();
                case Value.Member member -> member.of().leaves();
                case Value.Item one -> one.of().leaves();
                case Value.Content content -> content.of().leaves();
                case Value.Parent parent -> parent.of().leaves();
                case Value.Narrowed narrowed -> of(narrowed.of()).leaves();
                default -> EMPTY;
              });
    }
    return leaves;
  }

  private static Values leaves(List<Values> parts) {
    Values leaves = EMPTY;
    for (Values part : parts) {
      leaves = leaves.join(part.leaves());
    }
    return leaves;
  }

  public boolean contains(Value value) {
    if (value instanceof Singleton) {
      for (Value item : items) {
        if (item == value) {
          return true;
        }
      }
      return false;
    }
    int hashed = value.hashCode();
    int[] all = hashes();
    for (int i = 0; i < items.length; i++) {
      if (all[i] == hashed && (items[i] == value || items[i].equals(value))) {
        return true;
      }
    }
    return false;
  }

  /// The hash of each item: most comparisons of deep values end here.
  private int[] hashes() {
    int[] all = hashes;
    if (all == null) {
      all = new int[items.length];
      for (int i = 0; i < all.length; i++) {
        all[i] = items[i].hashCode();
      }
      hashes = all;
    }
    return all;
  }

  public boolean isEmpty() {
    return items.length == 0;
  }

  public int size() {
    return items.length;
  }

  /// The one value that it must be; null when there are several or none.
  public @org.jspecify.annotations.Nullable Value only() {
    return items.length == 1 ? items[0] : null;
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int weight() {
    return weight;
  }

  @Override
  public boolean symbolic() {
    return symbolic;
  }

  @Override
  public Iterator<Value> iterator() {
    return Arrays.asList(items).iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || other instanceof Values values
            && values.hashCode() == hashCode()
            && Arrays.equals(items, values.items);
  }

  @Override
  public int hashCode() {
    if (hash == 0) {
      hash = Arrays.hashCode(hashes()) | 1;
    }
    return hash;
  }

  @Override
  public String toString() {
    return Arrays.toString(items);
  }
}
