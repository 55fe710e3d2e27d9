package io.loadlock.python.flow;

import io.loadlock.python.site.Restriction;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the `find_class` of an unpickler lets through.
///
/// `persistent_load` restricts nothing. Python 2's C unpickler has an attribute instead,
/// `find_global`, where None refuses every name.
final class FindClass {
  private static final List<String> ATTRIBUTES = List.of("find_global", "find_class");

  private final Program program;

  FindClass(Program program) {
    this.program = program;
  }

  Restriction restriction(Value receiver, String hook) {
    return switch (receiver) {
      case Value.Instance instance -> ofClass(instance.type(), hook);
      case Value.Foreign foreign -> {
        for (String name : ATTRIBUTES) {
          Values set = foreign.made().lookup("." + name, -1);
          if (!set.contains(Value.Singleton.ABSENT)) {
            yield ofValues(set);
          }
        }
        yield Restriction.NONE;
      }
      default -> Restriction.NONE;
    };
  }

  private Restriction ofClass(ClassModel type, String hook) {
    for (String name : ATTRIBUTES) {
      Values written = type.attribute(name).values();
      if (!written.isEmpty()) {
        return ofValues(written);
      }
    }
    Values found = search(type, hook, new LinkedHashSet<>());
    return found.isEmpty() ? Restriction.NONE : ofValues(found);
  }

  static Values search(ClassModel type, String name, Set<ClassModel> seen) {
    if (!seen.add(type)) {
      return Values.EMPTY;
    }
    Values own = type.member(name).values();
    if (!own.isEmpty()) {
      return own;
    }
    return above(type, name, seen);
  }

  /// The member in the bases of a class.
  static Values above(ClassModel type, String name, Set<ClassModel> seen) {
    for (Cell base : type.bases) {
      for (Value value : base.values()) {
        if (value instanceof Value.Type parent) {
          Values found = search(parent.type(), name, seen);
          if (!found.isEmpty()) {
            return found;
          }
        } else if (ATTRIBUTES.contains(name)
            && value instanceof Value.Name outside
            && outside.dotted().endsWith("Unpickler")) {
          // The library's own hides those of the bases behind it.
          return Values.EMPTY;
        }
      }
    }
    return Values.EMPTY;
  }

  private Restriction ofValues(Values values) {
    Set<String> names = new TreeSet<>();
    for (Value value : values) {
      Restriction one =
          switch (value) {
            case Value.Singleton singleton when singleton == Value.Singleton.NONE ->
                new Restriction.FixedSet(List.of());
            case Value.Function function -> of(function.routine(), 0);
            case Value.Method method when method.function() instanceof Value.Function function ->
                of(function.routine(), 0);
            default -> new Restriction.Open("a find_class that is not known", false);
          };
      if (!(one instanceof Restriction.FixedSet fixed)) {
        return one;
      }
      names.addAll(fixed.names());
    }
    return new Restriction.FixedSet(new ArrayList<>(names));
  }

  /// What one function lets through.
  Restriction of(Routine routine, int depth) {
    if (depth > 4) {
      return new Restriction.Open("functions that lead to one another", false);
    }
    Unit unit = routine;
    Frame frame = new Frame(program, unit);
    return new Admission(this, frame, routine, depth).restriction();
  }
}
