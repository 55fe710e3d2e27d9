package io.loadlock.python.flow;

import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The bases of a class that are outside the project, nearest first.
final class Bases {
  private Bases() {}

  static List<Value.Name> outside(ClassModel type, Unit reader) {
    List<Value.Name> found = new ArrayList<>();
    collect(type, reader, found, new LinkedHashSet<>());
    return found;
  }

  private static void collect(
      ClassModel type, Unit reader, List<Value.Name> found, Set<ClassModel> seen) {
    if (seen.size() > 64 || !seen.add(type)) {
      return;
    }
    for (Cell cell : type.bases) {
      for (Value base : cell.read(reader)) {
        switch (base) {
          case Value.Name name -> found.add(name);
          case Value.Type parent -> collect(parent.type(), reader, found, seen);
          default -> {}
        }
      }
    }
  }
}
