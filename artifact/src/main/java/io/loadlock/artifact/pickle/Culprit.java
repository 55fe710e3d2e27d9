package io.loadlock.artifact.pickle;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/// Finds the worst reference within a value, to name it in a report.
final class Culprit {
  private static final int STEPS = 100_000;

  private Culprit() {}

  /// `os.system`, or a general word where the search gives up.
  static String name(List<? extends Value> roots, Grade grade) {
    Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Value> open = new ArrayDeque<>(roots);
    for (int steps = 0; steps < STEPS && !open.isEmpty(); steps++) {
      Value value = open.pop();
      if (value instanceof Value.Global global && global.target.grade() == grade) {
        return global.full();
      }
      if (value instanceof Value.Call call
          && call.target instanceof Callee.Named named
          && named.grade() == grade) {
        return named.full();
      }
      if (value instanceof Value.Composite && seen.add(value)) {
        Values.children(value, open::push);
      }
    }
    return "something";
  }
}
