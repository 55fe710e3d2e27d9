package io.loadlock.python.flow;

import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `value.name` is.
final class Attributes {
  /// The mark among a partial's arguments that says `functools.partialmethod`.
  static final String METHOD = ".method";

  private final Frame frame;

  Attributes(Frame frame) {
    this.frame = frame;
  }

  Values get(Values base, String name) {
    Values result = Values.EMPTY;
    for (Value value : base) {
      result = result.join(get(value, name));
    }
    return result;
  }

  private Values get(Value value, String name) {
    if (name.equals("__dict__")) {
      return Values.of(new Value.Namespace(value));
    }
    return switch (value) {
      case Value.Name outside -> outside(outside, name);
      case Value.ProjectModule module -> Imports.memberOf(frame, module.module(), name);
      case Value.Type type -> ofType(type, name);
      case Value.Instance instance -> ofInstance(instance, name);
      case Value.Super parent -> ofSuper(parent, name);
      case Value.Foreign foreign -> ofForeign(foreign, name);
      case Value.Parameter parameter -> ofConcrete(parameter, name).join(member(parameter, name));
      case Value.Narrowed narrowed when name.equals("get") || name.equals("pop") ->
          get(narrowed.of(), name)
              .without(Value.Member.class::isInstance)
              .join(member(narrowed, name));
      case Value.Narrowed narrowed -> get(narrowed.of(), name);
      case Value.Partial partial when name.equals("func") -> partial.callee();
      case Value.Method method when name.equals("__func__") -> Values.of(method.function());
      case Value.Function _, Value.Partial _, Value.Method _
          when name.equals("__wrapped__") || name.equals("__call__") || name.equals("func") ->
          Values.of(value);
      case Value.Result result when Substitution.importedParameter(result) != null ->
          member(result, name)
              .join(
                  ofNamedModule(
                      java.util.Objects.requireNonNull(Substitution.importedParameter(result)),
                      name));
      case Value.Unknown unknown -> Values.of(unknown);
      case Value.Namespace namespace when namespace.of() instanceof Value.Mapping mapping ->
          io.loadlock.python.value.Mappings.lookup(Values.of(mapping), new Value.Text(name))
              .without(Singleton.ABSENT::equals);
      case Value.Joined _, Value.ThisFile _, Value.Parent _, Value.Text _
          when name.equals("parent") ->
          Values.of(new Value.Parent(Values.of(value)));
      case Value.Joined _, Value.ThisFile _, Value.Parent _, Value.Text _
          when name.equals("name") || name.equals("stem") || name.equals("parents") ->
          Values.of(Paths.method(value, name, Arguments.NONE));
      case Value.Result listed when Paths.lists(listed.function()) && name.equals("path") ->
          Values.of(listed);
      // A member of an enumeration is what was assigned to it.
      case Value.Text _, Value.Number _ when name.equals("value") -> Values.of(value);
      case Singleton singleton
          when name.equals("value")
              && (singleton == Singleton.TRUE || singleton == Singleton.FALSE) ->
          Values.of(value);
      case Singleton _ -> Values.EMPTY;
      default -> member(value, name);
    };
  }

  /// An attribute of a module whose name callers pass.
  private Values ofNamedModule(Value.Parameter parameter, String name) {
    Values result = Values.EMPTY;
    for (Value value : frame.program.concrete(parameter, frame.unit)) {
      if (value instanceof Value.Text text && frame.program.leadsToRows(text.text())) {
        result = result.join(get(Imports.module(frame, text.text()), name));
      }
    }
    return result;
  }

  private static Values member(Value of, String name) {
    return Values.of(Value.member(of, name, false));
  }

  private Values outside(Value.Name outside, String name) {
    if (name.equals("__call__") || name.equals("__wrapped__")) {
      return Values.of(outside);
    }
    if (name.equals("__name__") || name.equals("__qualname__")) {
      return Values.of(
          new Value.Text(outside.dotted().substring(outside.dotted().lastIndexOf('.') + 1)));
    }
    if (name.equals("value") && frame.program.sinks.find(outside.dotted()).isPresent()) {
      return Values.of(outside);
    }
    String dotted = outside.dotted() + "." + name;
    Values patched = frame.patched(dotted);
    if (patched != null) {
      return patched;
    }
    if (frame.program.modules.isNamespace(frame.module(), outside.dotted())) {
      ModuleModel module = frame.program.modules.find(frame.module(), dotted);
      if (module != null) {
        frame.program.demand(module);
        return Values.of(new Value.ProjectModule(module));
      }
    }
    return Values.of(new Value.Name(dotted, outside.bound()));
  }

  private Values ofConcrete(Value.Parameter parameter, String name) {
    Values result = Values.EMPTY;
    for (Value value : frame.program.concrete(parameter, frame.unit)) {
      switch (value) {
        case Value.Name _, Value.ProjectModule _, Value.Type _, Value.Instance _, Value.Foreign _ ->
            result = result.join(get(value, name));
        default -> {}
      }
    }
    return result;
  }

  private Values ofForeign(Value.Foreign foreign, String name) {
    String dotted = foreign.type() + "." + name;
    if (frame.program.sinks.find(dotted).isPresent()
        || frame.program.sinks.factory(dotted).isPresent()) {
      return Values.of(new Value.Method(foreign, new Value.Name(dotted, true)));
    }
    if (frame.program.leadsToRows(dotted)) {
      return Values.of(new Value.Name(dotted, true));
    }
    return member(foreign, name);
  }

  private Values ofType(Value.Type type, String name) {
    if (name.equals("__init__") || name.equals("__class__")) {
      return search(type.type(), name, null);
    }
    Values found = search(type.type(), name, type);
    return found.isEmpty() ? missing(type.type(), type, name) : bound(found, type, true);
  }

  private Values ofInstance(Value.Instance instance, String name) {
    if (name.equals("__class__")) {
      return Values.of(new Value.Type(instance.type()));
    }
    Values found = Values.EMPTY;
    ClassModel.Lineage lineage = Bases.lineage(instance.type(), frame);
    for (ClassModel type : lineage.above()) {
      found = found.join(attribute(type, name));
    }
    Values members = search(instance.type(), name, instance);
    if (!instance.exact()) {
      for (ClassModel type : lineage.below()) {
        found = found.join(attribute(type, name));
        // Only beside another base can a subclass have a member that neither class has itself.
        members =
            members.join(
                type.bases.size() > 1
                    ? search(type, name, instance)
                    : type.member(name).read(frame.unit));
      }
    }
    Values all = found.join(bound(members, instance, false));
    return all.isEmpty() ? missing(instance.type(), instance, name) : all;
  }

  private Values attribute(ClassModel type, String name) {
    frame.program.wake(type, name);
    return type.attribute(name).read(frame.unit);
  }

  private Values ofSuper(Value.Super parent, String name) {
    Values result = Values.EMPTY;
    for (Cell cell : parent.type().bases) {
      for (Value base : cell.read(frame.unit)) {
        Values found = inBase(base, name, parent.self(), new LinkedHashSet<>());
        result = result.join(found);
      }
      if (!result.isEmpty()) {
        break;
      }
    }
    return result.isEmpty()
        ? Values.of(Value.member(parent.self(), name, false))
        : bound(result, parent.self(), parent.self() instanceof Value.Type);
  }

  /// What a name that no class of the project has may be: something that a base outside has, which
  /// nobody knows, or the work of `__getattr__`.
  private Values missing(ClassModel type, Value self, String name) {
    if (!name.startsWith("__")) {
      Values dynamic = search(type, "__getattr__", null);
      if (!dynamic.isEmpty()) {
        return Values.unknown("an attribute that `__getattr__` makes");
      }
    }
    return hasOutsideBase(type, new LinkedHashSet<>())
        ? Values.of(Value.member(self, name, false))
        : Values.EMPTY;
  }

  private boolean hasOutsideBase(ClassModel type, Set<ClassModel> seen) {
    if (!seen.add(type)) {
      return false;
    }
    for (Cell cell : type.bases) {
      for (Value base : cell.read(frame.unit)) {
        if (!(base instanceof Value.Type known)) {
          return true;
        }
        if (hasOutsideBase(known.type(), seen)) {
          return true;
        }
      }
    }
    return false;
  }

  /// A name in the bodies of a class and its bases, nearest first.
  Values search(ClassModel type, String name, @Nullable Value self) {
    return search(type, name, self, new LinkedHashSet<>());
  }

  private Values search(ClassModel type, String name, @Nullable Value self, Set<ClassModel> seen) {
    if (!seen.add(type) || seen.size() > 64) {
      return Values.EMPTY;
    }
    Values own = type.member(name).read(frame.unit).without(Singleton.UNBOUND::equals);
    if (!own.isEmpty()) {
      return own;
    }
    for (Cell cell : type.bases) {
      Values found = Values.EMPTY;
      for (Value base : cell.read(frame.unit)) {
        found = found.join(inBase(base, name, self, seen));
      }
      if (!found.isEmpty()) {
        return found;
      }
    }
    return Values.EMPTY;
  }

  private Values inBase(Value base, String name, @Nullable Value self, Set<ClassModel> seen) {
    return switch (base) {
      case Value.Type type -> search(type.type(), name, self, seen);
      case Value.Name outside -> {
        String dotted = outside.dotted() + "." + name;
        if (frame.program.sinks.find(dotted).isPresent()
            || frame.program.sinks.factory(dotted).isPresent()) {
          Value.Name method = new Value.Name(dotted, outside.bound());
          yield Values.of(self == null ? method : new Value.Method(self, method));
        }
        yield Values.EMPTY;
      }
      case Value.Parameter parameter -> {
        Values found = Values.EMPTY;
        for (Value concrete : frame.program.concrete(parameter, frame.unit)) {
          if (!(concrete instanceof Value.Parameter)) {
            found = found.join(inBase(concrete, name, self, seen));
          }
        }
        yield found;
      }
      default -> Values.EMPTY;
    };
  }

  /// Binds functions of a class body to the object they are read from.
  private Values bound(Values found, Value self, boolean onType) {
    Values result = Values.EMPTY;
    for (Value value : found) {
      result = result.join(bound(value, self, onType));
    }
    return result;
  }

  private Values bound(Value value, Value self, boolean onType) {
    switch (value) {
      case Value.Function function -> {
        var routine = function.routine();
        if (routine.isStatic || routine.owner() == null && routine.lambdaBody() == null) {
          // A function from elsewhere, put into a class body, is bound as well.
          return routine.isStatic || onType
              ? Values.of(value)
              : Values.of(new Value.Method(self, value));
        }
        if (routine.isClassMethod) {
          Value type =
              self instanceof Value.Instance instance ? new Value.Type(instance.type()) : self;
          return Values.of(new Value.Method(type, value));
        }
        if (onType) {
          return Values.of(value);
        }
        if (routine.isProperty) {
          frame.program.demand(routine);
          return Substitution.returned(
              routine, Arguments.NONE.behind(Values.of(self)), frame.unit, frame.program);
        }
        return Values.of(new Value.Method(self, value));
      }
      case Value.Partial partial
          when !partial.given().lookup(METHOD, -1).contains(Singleton.ABSENT) -> {
        Values callee = Values.EMPTY;
        for (Value one : partial.callee()) {
          callee = callee.join(bound(one, self, onType));
        }
        Arguments given =
            new Arguments(
                partial.given().given().stream()
                    .filter(one -> !METHOD.equals(one.keyword()))
                    .toList());
        return Values.of(new Value.Partial(callee, given));
      }
      default -> {
        return Values.of(value);
      }
    }
  }

  /// `vars(of)[names]`
  Values named(Value of, Values names) {
    Values result = Values.EMPTY;
    for (Value name : names) {
      if (!(name instanceof Value.Text text)) {
        result = result.join(Values.unknown("a name that is not known"));
      } else if (of instanceof Value.ProjectModule module && module.module() == frame.module()) {
        result = result.join(frame.lookup(text.text()));
      } else {
        result = result.join(get(of, text.text()));
      }
    }
    return result;
  }
}
