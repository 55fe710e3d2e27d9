package io.loadlock.python.flow;

import io.loadlock.core.Severity;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which names of the modules read so far make other files worth reading: wrappers whose callers
/// decide, and names under which something with rows is exported.
public final class Interest {
  /// How many callers of callers are asked for a path.
  private static final int CALLERS = 4;

  private final Program program;
  private final Set<String> libraries;
  private final Set<Name> names = new LinkedHashSet<>();

  private Interest(Program program) {
    this.program = program;
    this.libraries = program.sinks.libraryWords();
  }

  /// What a file must hold to be worth reading: the name and, unless it is telling enough alone,
  /// one of the words that its module or class is known by.
  ///
  /// @param decides whether it names a wrapper, whose callers decide
  public record Name(List<String> owners, String name, boolean decides) {
    /// Whether the name is seldom used for anything else.
    public boolean isTelling() {
      return name.length() >= 9 || name.length() >= 6 && name.indexOf('_') > 0;
    }
  }

  /// What is of interest now.
  public static Set<Name> of(Program program) {
    Interest interest = new Interest(program);
    interest.wrappers();
    for (Unit unit : program.units()) {
      for (ClassModel type : unit.classes().values()) {
        interest.attributes(type);
      }
      if (unit instanceof ModuleModel module) {
        interest.exports(module);
      }
    }
    return interest.names;
  }

  private static List<String> words(ModuleModel module) {
    return List.of(module.name().split("\\."));
  }

  /// Functions in which a load depends on a parameter, and those that hand their own parameters on
  /// to them.
  private void wrappers() {
    Deque<Routine> work = new ArrayDeque<>();
    Set<Routine> seen = new HashSet<>();
    Deque<Routine> direct = new ArrayDeque<>();
    for (Unit unit : program.units()) {
      for (RawSite site : program.sitesOf(unit)) {
        if (site.sink().severity().compareTo(Severity.HIGH) > 0) {
          continue;
        }
        site.sink()
            .safety()
            .filter(safety -> !safety.parameter().isEmpty())
            .ifPresent(
                safety ->
                    symbols(
                        site.arguments().lookup(safety.parameter(), safety.position()), work, 4));
        if (site.receiver() != null) {
          symbols(Values.of(site.receiver()), work, 4);
        }
        symbols(site.arguments(), direct);
      }
      if (unit instanceof Routine routine && !routine.parameterCalls.isEmpty()) {
        work.add(routine);
      }
    }
    paths(direct);
    Routine next;
    while ((next = work.poll()) != null) {
      if (!seen.add(next)) {
        continue;
      }
      name(next);
      for (Arguments arguments : next.calls.values()) {
        symbols(arguments, work);
      }
    }
  }

  /// Whose paths they are is asked of the nearest callers, and of theirs.
  private void paths(Deque<Routine> direct) {
    Deque<Routine> nearest = direct;
    Set<Routine> seen = new HashSet<>();
    for (int level = 0; level < CALLERS && !nearest.isEmpty(); level++) {
      Deque<Routine> next = new ArrayDeque<>();
      for (Routine routine : nearest) {
        if (seen.add(routine)) {
          name(routine);
          for (Arguments arguments : routine.calls.values()) {
            symbols(arguments, next);
          }
        }
      }
      nearest = next;
    }
  }

  private void name(Routine routine) {
    ClassModel owner = routine.owner();
    String name = routine.name().startsWith("__") && owner != null ? owner.name() : routine.name();
    List<String> owners = new ArrayList<>(words(routine.module()));
    if (owner != null) {
      owners.add(owner.name());
    }
    names.add(new Name(List.copyOf(owners), name, true));
  }

  private static void symbols(Arguments arguments, Deque<Routine> found) {
    for (Arguments.Given given : arguments.given()) {
      symbols(given.value(), found, 4);
    }
  }

  private static void symbols(Values values, Deque<Routine> found, int depth) {
    if (depth == 0) {
      return;
    }
    for (Value value : values) {
      switch (value) {
        case Value.Parameter parameter -> found.add(parameter.routine());
        case Value.Item item -> symbols(item.of(), found, depth - 1);
        case Value.Not not -> symbols(not.of(), found, depth - 1);
        case Value.Narrowed narrowed -> symbols(Values.of(narrowed.of()), found, depth - 1);
        case Value.Mapping mapping -> {
          symbols(Mappings.all(mapping), found, depth - 1);
          for (Value.Layer layer : mapping.layers()) {
            if (layer instanceof Value.Layer.Spread spread) {
              symbols(spread.of(), found, depth - 1);
            }
          }
        }
        case Value.Foreign foreign -> symbols(foreign.made(), found);
        case Value.Instance instance -> symbols(instance.made(), found);
        case Value.Content content -> symbols(content.of(), found, depth - 1);
        case Value.Parent parent -> symbols(parent.of(), found, depth - 1);
        case Value.Joined joined -> joined.parts().forEach(one -> symbols(one, found, depth - 1));
        case Value.Concatenated joined ->
            joined.parts().forEach(one -> symbols(one, found, depth - 1));
        case Value.Member member -> symbols(member.of(), found, depth - 1);
        default -> {}
      }
    }
  }

  /// Names of a module that stand for something with rows.
  private void exports(ModuleModel module) {
    Map<String, Cell> variables = new HashMap<>(module.variables());
    variables.forEach(
        (name, cell) -> {
          if (!name.startsWith("!")
              && !libraries.contains(name)
              && !isModule(cell.values())
              && leads(cell.values(), 3)) {
            names.add(new Name(words(module), name, false));
          }
        });
  }

  /// `import numpy as np`: hardly anybody imports `np` from here; pickle modules are told apart
  /// from it by the first look at the files.
  private boolean isModule(Values values) {
    for (Value value : values) {
      if (!(value instanceof Value.Name name)
          || program.sinks.find(name.dotted()).isPresent()
          || program.sinks.isClass(name.dotted())
          || program.sinks.factory(name.dotted()).isPresent()) {
        return false;
      }
    }
    return true;
  }

  /// Attributes that hold something with rows.
  private void attributes(ClassModel type) {
    List<String> owners = words(type.unit().module());
    type.attributes()
        .forEach(
            (name, cell) -> {
              if (leads(cell.values(), 3)) {
                names.add(new Name(owners, name, false));
              }
            });
    type.members()
        .forEach(
            (name, cell) -> {
              if (!name.startsWith("__") && leads(cell.values(), 3)) {
                names.add(new Name(owners, name, false));
              }
            });
  }

  private boolean leads(Values values, int depth) {
    if (depth == 0) {
      return false;
    }
    for (Value value : values) {
      boolean leads =
          switch (value) {
            case Value.Name name -> program.leadsToRows(name.dotted());
            case Value.Foreign _ -> true;
            case Value.Partial partial -> leads(partial.callee(), depth - 1);
            case Value.Type type -> derived(type.type(), depth);
            case Value.Instance instance -> derived(instance.type(), depth);
            case Value.Function function -> leads(function.routine().returned.values(), depth - 1);
            case Value.Mapping mapping -> leads(Mappings.all(mapping), depth - 1);
            case Value.Sequence sequence -> leads(sequence.all(), depth - 1);
            default -> false;
          };
      if (leads) {
        return true;
      }
    }
    return false;
  }

  private boolean derived(ClassModel type, int depth) {
    for (Cell base : type.bases) {
      if (leads(base.values(), depth - 1)) {
        return true;
      }
    }
    for (Cell member : type.members().values()) {
      for (Value value : member.values()) {
        if (value instanceof Value.Name name && program.leadsToRows(name.dotted())) {
          return true;
        }
      }
    }
    return false;
  }
}
