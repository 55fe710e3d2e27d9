package io.loadlock.python.flow;

import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the variables hold at one point of a unit.
///
/// Beside variables it holds what a patch made of an outside name (`torch.load = …`, under
/// [#patch]) and the variables of class bodies being executed, under keys that no identifier has.
final class Env {
  private static final char PATCH = '!';

  private final Map<String, Values> variables;

  /// False where no way leads: behind `return`, `raise`, `sys.exit()`.
  boolean live = true;

  Env() {
    this.variables = new HashMap<>();
  }

  private Env(Env other) {
    this.variables = new HashMap<>(other.variables);
    this.live = other.live;
  }

  Env copy() {
    return new Env(this);
  }

  @Nullable Values get(String name) {
    return variables.get(name);
  }

  void set(String name, Values values) {
    variables.put(name, values);
  }

  /// Other names of the very container that was changed hold what it has become.
  void replace(Values before, Values after) {
    for (Map.Entry<String, Values> entry : variables.entrySet()) {
      if (entry.getValue() == before) {
        entry.setValue(after);
      }
    }
  }

  void remove(String name) {
    variables.remove(name);
  }

  Map<String, Values> variables() {
    return variables;
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
      variables.clear();
      variables.putAll(other.variables);
      live = true;
      return true;
    }
    boolean changed = false;
    for (Map.Entry<String, Values> entry : other.variables.entrySet()) {
      Values mine = variables.get(entry.getKey());
      Values joined = (mine == null ? missing(entry.getKey()) : mine).join(entry.getValue());
      if (mine == null || joined != mine) {
        variables.put(entry.getKey(), joined);
        changed = true;
      }
    }
    for (Map.Entry<String, Values> entry : variables.entrySet()) {
      if (!other.variables.containsKey(entry.getKey())) {
        Values joined = entry.getValue().join(missing(entry.getKey()));
        if (joined != entry.getValue()) {
          entry.setValue(joined);
          changed = true;
        }
      }
    }
    return changed;
  }

  private static Values missing(String key) {
    return !key.isEmpty() && key.charAt(0) == PATCH
        ? Values.of(new Value.Name(key.substring(1), true))
        : Values.UNBOUND;
  }
}
