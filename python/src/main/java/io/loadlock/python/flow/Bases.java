package io.loadlock.python.flow;

import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a class is derived from, and what is derived from it.
final class Bases {
  /// How many classes above one are looked at.
  private static final int ANCESTORS = 64;

  /// How many subclasses an object that may be of one is looked for in.
  private static final int DESCENDANTS = 12;

  private Bases() {}

  /// The classes above and below one. They are found once; `frame`'s unit is told of any that come
  /// later.
  static ClassModel.Lineage lineage(ClassModel type, Frame frame) {
    ClassModel.Lineage lineage = type.lineage;
    if (lineage == null) {
      Set<ClassModel> above = new LinkedHashSet<>();
      above(type, above, ANCESTORS);
      Set<ClassModel> below = new LinkedHashSet<>();
      below(type, below, DESCENDANTS);
      lineage = new ClassModel.Lineage(List.copyOf(above), List.copyOf(below));
      type.lineage = lineage;
      frame.lineages.remove(type);
    }
    if (frame.lineages.add(type)) {
      for (ClassModel one : lineage.above()) {
        one.bases.forEach(cell -> cell.read(frame.unit));
      }
      type.subclasses.read(frame.unit);
      for (ClassModel one : lineage.below()) {
        one.subclasses.read(frame.unit);
      }
    }
    return lineage;
  }

  /// Forgets the lineages that change because the bases of a class did.
  static void changed(ClassModel type) {
    Set<ClassModel> all = new LinkedHashSet<>();
    above(type, all, Integer.MAX_VALUE);
    below(type, all, Integer.MAX_VALUE);
    all.forEach(one -> one.lineage = null);
  }

  private static void above(ClassModel type, Set<ClassModel> all, int most) {
    if (all.size() > most || !all.add(type)) {
      return;
    }
    for (Cell cell : type.bases) {
      for (Value base : cell.values()) {
        if (base instanceof Value.Type known) {
          above(known.type(), all, most);
        }
      }
    }
  }

  private static void below(ClassModel type, Set<ClassModel> all, int most) {
    for (Value value : type.subclasses.values()) {
      if (value instanceof Value.Type known && all.size() < most && all.add(known.type())) {
        below(known.type(), all, most);
      }
    }
  }

  /// The bases of a class that are outside the project, nearest first.
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

  /// What the methods of a class and of those above it write to an attribute, or else what stands
  /// in their bodies under its name.
  static Values attribute(ClassModel type, String name) {
    Values written = collected(type, name, true, new HashSet<>());
    return written.isEmpty()
        ? collected(type, name, false, new HashSet<>()).without(Value.Function.class::isInstance)
        : written;
  }

  private static Values collected(
      ClassModel type, String name, boolean written, Set<ClassModel> seen) {
    if (!seen.add(type)) {
      return Values.EMPTY;
    }
    Values values = (written ? type.attribute(name) : type.member(name)).values();
    for (Cell base : type.bases) {
      for (Value value : base.values()) {
        if (value instanceof Value.Type known) {
          values = values.join(collected(known.type(), name, written, seen));
        }
      }
    }
    return values;
  }
}
