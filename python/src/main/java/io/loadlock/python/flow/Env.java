package io.loadlock.python.flow;

import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What the variables hold at one point of a unit.
///
/// Beside variables it holds what a patch made of an outside name (`torch.load = …`, under
/// [#patch]) and the variables of class bodies being executed, under keys that no identifier has.
///
/// Each branch copies an environment and each end of one joins two, so names are numbered once for
/// a unit and an environment is an array: what both ways have left alone costs a comparison.
final class Env {
  private static final char PATCH = '!';
  private static final @Nullable Values[] NOTHING = new Values[0];

  /// The names of one unit by their numbers, in the order in which they were first bound.
  private static final class Names {
    final Map<String, Integer> numbers = new HashMap<>();
    final List<String> names = new ArrayList<>();

    int number(String name) {
      Integer known = numbers.get(name);
      if (known != null) {
        return known;
      }
      numbers.put(name, names.size());
      names.add(name);
      return names.size() - 1;
    }
  }

  private Names names;
  private @Nullable Values[] held;

  /// False where no way leads: behind `return`, `raise`, `sys.exit()`.
  boolean live = true;

  Env() {
    this.names = new Names();
    this.held = NOTHING;
  }

  private Env(Env other) {
    this.names = other.names;
    this.held = other.held.clone();
    this.live = other.live;
  }

  Env copy() {
    return new Env(this);
  }

  @Nullable Values get(String name) {
    Integer number = names.numbers.get(name);
    return number == null || number >= held.length ? null : held[number];
  }

  void set(String name, Values values) {
    int number = names.number(name);
    if (number >= held.length) {
      held = Arrays.copyOf(held, Math.max(8, number + number / 2 + 1));
    }
    held[number] = values;
  }

  /// Other names of the very container that was changed hold what it has become.
  void replace(Values before, Values after) {
    for (int i = 0; i < held.length; i++) {
      if (held[i] == before) {
        held[i] = after;
      }
    }
  }

  void remove(String name) {
    Integer number = names.numbers.get(name);
    if (number != null && number < held.length) {
      held[number] = null;
    }
  }

  /// Forgets the variables whose names begin so.
  void removeAll(String prefix) {
    for (int i = 0; i < held.length; i++) {
      if (held[i] != null && names.names.get(i).startsWith(prefix)) {
        held[i] = null;
      }
    }
  }

  /// Each variable with what it holds, in the order in which they were first bound.
  void each(BiConsumer<String, Values> use) {
    for (int i = 0; i < held.length; i++) {
      Values values = held[i];
      if (values != null) {
        use.accept(names.names.get(i), values);
      }
    }
  }

  static String patch(String dotted) {
    return PATCH + dotted;
  }

  /// Takes over what holds on another way to this point. True when that told something new.
  boolean join(Env other) {
    if (!other.live) {
      return false;
    }
    if (!live) {
      names = other.names;
      held = other.held.clone();
      live = true;
      return true;
    }
    if (names != other.names) {
      throw new IllegalArgumentException("environments of two units");
    }
    boolean changed = false;
    if (held.length < other.held.length) {
      held = Arrays.copyOf(held, other.held.length);
    }
    for (int i = 0; i < held.length; i++) {
      Values mine = held[i];
      Values its = i < other.held.length ? other.held[i] : null;
      if (mine == its) {
        continue;
      }
      Values joined = (mine == null ? missing(i) : mine).join(its == null ? missing(i) : its);
      if (joined != mine) {
        held[i] = joined;
        changed = true;
      }
    }
    return changed;
  }

  private Values missing(int number) {
    String name = names.names.get(number);
    return !name.isEmpty() && name.charAt(0) == PATCH
        ? Values.of(new Value.Name(name.substring(1), true))
        : Values.UNBOUND;
  }
}
