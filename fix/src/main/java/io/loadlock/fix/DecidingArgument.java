package io.loadlock.fix;

import io.loadlock.core.Evidence;
import io.loadlock.core.Location;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Module;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes an argument of a call hold a value, wherever that is written: in the call, in a dict that
/// is spread into it, in a constant, in the default of a parameter of the function around it and in
/// the calls of that function, in whichever file they are.
final class DecidingArgument {
  /// How far callers of callers are followed, as the scan does.
  private static final int DEPTH = 8;

  private final Trees trees;
  private final String value;
  private final Changes changes;
  private boolean hasAdded;

  /// @param value `True` or `False`
  DecidingArgument(Trees trees, String value, Changes changes) {
    this.trees = trees;
    this.value = value;
    this.changes = changes;
  }

  /// Where the argument is written at a call.
  ///
  /// @param keyword its name
  /// @param position from 0, or negative where it has none
  record Slot(String keyword, int position) {}

  /// Whether a call got the argument that did not have it.
  boolean hasAdded() {
    return hasAdded;
  }

  /// Replaces what the call gives.
  ///
  /// @param ways through callers, each outermost first, whose last one calls the function around
  ///   this call
  /// @return false where no place was found
  boolean replace(Scene scene, Expression.Call call, Slot slot, List<List<Evidence>> ways) {
    return replace(scene, call, slot, ways, DEPTH);
  }

  private boolean replace(
      Scene scene, Expression.Call call, Slot slot, List<List<Evidence>> ways, int depth) {
    Optional<Argument> given =
        new CallArguments(scene.text(), call).find(slot.keyword(), slot.position());
    if (given.isPresent()) {
      return expression(scene, given.get().value(), slot.keyword(), ways, depth);
    }
    boolean done = false;
    for (Argument argument : call.arguments()) {
      if (argument instanceof Argument.DoubleStar spread) {
        done |= spread(scene, spread.value(), slot.keyword(), ways, depth);
      }
    }
    return done;
  }

  /// `load(path, **options)`
  private boolean spread(
      Scene scene, Expression mapping, String keyword, List<List<Evidence>> ways, int depth) {
    Optional<Statement.FunctionDef> function = scene.enclosing().function();
    if (mapping instanceof Expression.Name name && function.isPresent()) {
      Optional<Parameter> parameter = parameter(function.get(), name.id());
      if (parameter.isPresent() && parameter.get().kind() == Parameter.Kind.VAR_KEYWORD) {
        boolean done = Spreads.replace(scene, mapping, keyword, value, changes);
        for (Caller caller : callers(ways)) {
          done |= pass(caller, new Slot(keyword, -1), depth);
        }
        return done;
      }
    }
    return Spreads.replace(scene, mapping, keyword, value, changes);
  }

  /// Takes an argument that voids the safe one out of the calls that hand it on.
  void removeFromCallers(String keyword, List<List<Evidence>> ways) {
    for (Caller caller : callers(ways)) {
      CallArguments arguments = new CallArguments(caller.scene().text(), caller.call());
      arguments
          .find(keyword, -1)
          .filter(argument -> !(argument.value() instanceof Expression.None))
          .ifPresent(argument -> changes.add(caller.scene(), arguments.remove(argument)));
    }
  }

  /// Whether some call of the function around a load may pass `keyword` through its `**options`:
  /// then the load itself must not give it as well.
  boolean isPassed(Scene scene, String keyword) {
    Optional<String> name = scene.enclosing().function().map(Statement.FunctionDef::name);
    if (name.isEmpty()) {
      return true;
    }
    for (String path : trees.paths()) {
      if (trees.mayHold(path, name.get())
          && trees.mayHold(path, keyword)
          && trees.of(path).map(it -> passes(it.module(), name.get(), keyword)).orElse(true)) {
        return true;
      }
    }
    return false;
  }

  private static boolean passes(Module module, String function, String keyword) {
    boolean[] found = {false};
    Constants.each(
        module,
        node ->
            found[0] |=
                node instanceof Expression.Call call
                    && isNamed(call.function(), function)
                    && call.arguments().stream()
                        .anyMatch(
                            it ->
                                it instanceof Argument.Keyword given
                                    && given.name().equals(keyword)));
    return found[0];
  }

  private static boolean isNamed(Expression callee, String function) {
    return switch (callee) {
      case Expression.Name name -> name.id().equals(function);
      case Expression.Attribute attribute -> attribute.name().equals(function);
      default -> false;
    };
  }

  /// A caller hands the argument on: replaced where it gives it, added where it does not.
  private boolean pass(Caller caller, Slot slot, int depth) {
    if (depth == 0) {
      return false;
    }
    if (replace(caller.scene(), caller.call(), slot, caller.ways(), depth - 1)) {
      return true;
    }
    CallArguments arguments = new CallArguments(caller.scene().text(), caller.call());
    if (arguments.find(slot.keyword(), slot.position()).isPresent()) {
      return false;
    }
    List<Change> added = arguments.add(slot.keyword(), value);
    added.forEach(change -> changes.add(caller.scene(), change));
    hasAdded |= !added.isEmpty();
    return !added.isEmpty();
  }

  private boolean expression(
      Scene scene, Expression old, String keyword, List<List<Evidence>> ways, int depth) {
    if (old instanceof Expression.Name name) {
      Optional<Statement.FunctionDef> function = scene.enclosing().function();
      Optional<Parameter> parameter = function.flatMap(it -> parameter(it, name.id()));
      if (parameter.isPresent()) {
        return parameter(scene, function.get(), parameter.get(), ways, depth);
      }
      Optional<Expression> constant = Constants.only(scene, name, keyword);
      if (constant.filter(this::isOpposite).isPresent()) {
        return put(scene, constant.get());
      }
    }
    return put(scene, old);
  }

  private boolean put(Scene scene, Expression old) {
    changes.add(scene, new Change(old.start(), old.end(), value));
    return true;
  }

  /// A function that forwards the argument: its default changes together with its callers.
  private boolean parameter(
      Scene scene,
      Statement.FunctionDef function,
      Parameter parameter,
      List<List<Evidence>> ways,
      int depth) {
    boolean done =
        parameter.defaultValue().filter(this::isOpposite).map(it -> put(scene, it)).orElse(false);
    int position = position(scene, function, parameter);
    for (Caller caller : callers(ways)) {
      Optional<Argument> given =
          new CallArguments(caller.scene().text(), caller.call()).find(parameter.name(), position);
      if (given.isEmpty()) {
        done |=
            depth > 0
                && replace(
                    caller.scene(),
                    caller.call(),
                    new Slot(parameter.name(), position),
                    caller.ways(),
                    depth - 1);
      } else if (isOpposite(given.get().value())) {
        done |= put(caller.scene(), given.get().value());
      } else if (given.get().value() instanceof Expression.Name && depth > 0) {
        done |= forwarded(caller, given.get().value(), parameter.name(), depth - 1);
      }
    }
    return done;
  }

  /// A caller passes a name: its own parameter or a constant. Anything else it passes may mean
  /// something that is not seen here.
  private boolean forwarded(Caller caller, Expression given, String keyword, int depth) {
    Scene scene = caller.scene();
    Expression.Name name = (Expression.Name) given;
    boolean parameter =
        scene.enclosing().function().flatMap(it -> parameter(it, name.id())).isPresent();
    boolean constant =
        Constants.assigned(scene.parsed().module(), name.id()).filter(this::isOpposite).isPresent();
    return (parameter || constant) && expression(scene, given, keyword, caller.ways(), depth);
  }

  /// The place of a call of the function around a load, and the ways that lead there.
  private record Caller(Scene scene, Expression.Call call, List<List<Evidence>> ways) {}

  private List<Caller> callers(List<List<Evidence>> ways) {
    List<Caller> callers = new ArrayList<>();
    for (List<Evidence> way : ways) {
      if (!way.isEmpty() && way.getLast().location() instanceof Location.Source location) {
        Optional<Scene> scene = Scene.at(trees, location);
        List<Evidence> before = way.subList(0, way.size() - 1);
        scene
            .flatMap(Scene::call)
            .ifPresent(call -> callers.add(new Caller(scene.get(), call, List.of(before))));
      }
    }
    return callers;
  }

  private static Optional<Parameter> parameter(Statement.FunctionDef function, String name) {
    return function.parameters().stream().filter(it -> it.name().equals(name)).findFirst();
  }

  /// The opposite constant: anything else may mean something that is not seen here.
  private boolean isOpposite(Expression expression) {
    return switch (expression) {
      case Expression.True _ -> value.equals("False");
      case Expression.False _, Expression.None _ -> value.equals("True");
      case Expression.Num number -> number.literal().equals(value.equals("True") ? "0" : "1");
      default -> false;
    };
  }

  /// Among the arguments of a call: `self` and `cls` are not there.
  private static int position(Scene scene, Statement.FunctionDef function, Parameter parameter) {
    return switch (parameter.kind()) {
      case POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD -> {
        int index = function.parameters().indexOf(parameter);
        yield scene.enclosing().isMethod(function) ? index - 1 : index;
      }
      case KEYWORD_ONLY, VAR_POSITIONAL, VAR_KEYWORD -> -1;
    };
  }
}
