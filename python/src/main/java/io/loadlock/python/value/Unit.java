package io.loadlock.python.value;

import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A stretch of code that is evaluated as a whole: a module's body or a function's.
public abstract sealed class Unit permits ModuleModel, Routine {
  private final Map<String, Cell> variables = new HashMap<>();
  private final Set<String> rebound = new HashSet<>();
  private final IdentityHashMap<Object, Routine> routines = new IdentityHashMap<>(0);
  private final IdentityHashMap<Object, ClassModel> classes = new IdentityHashMap<>(0);

  /// How often it was evaluated.
  public int rounds;

  /// The distance of a unit of which nobody near a load has asked anything.
  public static final int COLD = Integer.MAX_VALUE;

  /// How many units lie between it and one with a load, or with a call of a function that loads,
  /// each evaluated because the one before asked for something of it.
  public int distance = COLD;

  /// True while it waits to be evaluated.
  public boolean queued;

  /// True while it is being evaluated.
  public boolean running;

  /// The module it is in, or itself.
  public abstract ModuleModel module();

  /// The unit whose variables it sees next; null for a module.
  public abstract @Nullable Unit parent();

  /// What a variable holds at the end, for those that look from outside.
  public Cell variable(String name) {
    return variables.computeIfAbsent(name, _ -> new Cell());
  }

  /// Those that were ever written or asked for.
  public Map<String, Cell> variables() {
    return variables;
  }

  /// Variables that functions inside it write.
  public Set<String> rebound() {
    return rebound;
  }

  /// The functions and classes defined in it, by their nodes, so that evaluating again finds the
  /// same ones.
  public Map<Object, Routine> routines() {
    return routines;
  }

  public Map<Object, ClassModel> classes() {
    return classes;
  }
}
