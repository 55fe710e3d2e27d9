package io.loadlock.fix;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Expression.DictItem;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// `load(path, **options)`: the value stands in a dict, not in the call.
final class Spreads {
  private Spreads() {}

  /// Replaces the entry `key` of a mapping that a call spreads, where it is a display: written in
  /// the call itself, or assigned to the name that is spread, in the scope that binds it. False
  /// where no such entry is seen.
  static boolean replace(
      Scene scene, Expression mapping, String key, String value, Changes changes) {
    List<Change> found = new ArrayList<>();
    switch (mapping) {
      case Expression.Name name -> assigned(scope(scene, name.id()), name.id(), key, value, found);
      case Expression written -> entry(written, key, value, found);
    }
    found.forEach(change -> changes.add(scene, change));
    return !found.isEmpty();
  }

  /// Whether all that such a mapping can hold is written in displays, so that a key which is in
  /// none of them is not there.
  static boolean isWritten(Scene scene, Expression mapping) {
    if (!(mapping instanceof Expression.Name name)) {
      return isDisplay(mapping);
    }
    Node scope = scope(scene, name.id());
    if (scope instanceof Statement.FunctionDef function && isParameter(function, name.id())) {
      return function.parameters().stream()
          .anyMatch(it -> it.name().equals(name.id()) && it.kind() == Parameter.Kind.VAR_KEYWORD);
    }
    boolean[] written = {false, true};
    within(
        scope,
        name.id(),
        node -> {
          if (node instanceof Statement.Assign assign
              && assign.targets().stream().anyMatch(it -> isName(it, name.id()))) {
            written[0] = true;
            written[1] &= isDisplay(assign.value());
          }
        });
    return written[0] && written[1];
  }

  private static boolean isDisplay(Expression mapping) {
    return switch (mapping) {
      case Expression.Dict dict -> dict.items().stream().allMatch(it -> it.key().isPresent());
      case Expression.Call call ->
          isName(call.function(), "dict")
              && call.arguments().stream().allMatch(Argument.Keyword.class::isInstance);
      default -> false;
    };
  }

  // --- scopes ------------------------------------------------------------------------------------

  /// The innermost function around a place that binds a name; else the module.
  private static Node scope(Scene scene, String name) {
    return scene.enclosing().path().reversed().stream()
        .filter(node -> node instanceof Statement.FunctionDef function && binds(function, name))
        .findFirst()
        .orElse(scene.parsed().module());
  }

  private static boolean isParameter(Statement.FunctionDef function, String name) {
    return function.parameters().stream().anyMatch(it -> it.name().equals(name));
  }

  private static boolean binds(Statement.FunctionDef function, String name) {
    boolean found = isParameter(function, name);
    Deque<Node> left = new ArrayDeque<>(function.body());
    boolean global = false;
    while (!left.isEmpty()) {
      Node node = left.pop();
      if (node instanceof Statement.FunctionDef || node instanceof Statement.ClassDef) {
        continue;
      }
      global |= node instanceof Statement.Global declared && declared.names().contains(name);
      found |=
          node instanceof Statement.Assign assign
                  && assign.targets().stream().anyMatch(it -> isName(it, name))
              || node instanceof Statement.AnnAssign annotated && isName(annotated.target(), name);
      Children.each(node, left::push);
    }
    return found && !global;
  }

  /// Gives each node of a scope to `visitor` that sees its binding of a name: functions within it
  /// that bind the name themselves are left out.
  private static void within(Node scope, String name, Consumer<Node> visitor) {
    Deque<Node> left = new ArrayDeque<>();
    left.push(scope);
    while (!left.isEmpty()) {
      Node node = left.pop();
      boolean other =
          node != scope && node instanceof Statement.FunctionDef inner && binds(inner, name);
      if (!other) {
        visitor.accept(node);
        Children.each(node, left::push);
      }
    }
  }

  private static void assigned(
      Node scope, String name, String key, String value, List<Change> changes) {
    within(scope, name, node -> entries(node, name, key, value, changes));
  }

  private static void entries(
      Node node, String name, String key, String value, List<Change> changes) {
    switch (node) {
      case Statement.Assign assign -> {
        for (Expression target : assign.targets()) {
          if (isName(target, name)) {
            entry(assign.value(), key, value, changes);
          } else if (target instanceof Expression.Subscript item
              && isName(item.value(), name)
              && item.index() instanceof Expression.Str text
              && text.value().equals(key)) {
            changes.add(new Change(assign.value().start(), assign.value().end(), value));
          }
        }
      }
      case Statement.AnnAssign assign when isName(assign.target(), name) ->
          assign.value().ifPresent(it -> entry(it, key, value, changes));
      case Expression.Call call
          when call.function() instanceof Expression.Attribute method
              && isName(method.value(), name) ->
          method(call, method.name(), key, value, changes);
      default -> {}
    }
  }

  static boolean isName(Expression expression, String name) {
    return expression instanceof Expression.Name it && it.id().equals(name);
  }

  /// `options.update(weights_only=False)`, `options.setdefault('weights_only', False)`
  private static void method(
      Expression.Call call, String method, String key, String value, List<Change> changes) {
    List<Argument> given = call.arguments();
    if (method.equals("update")) {
      for (Argument argument : given) {
        switch (argument) {
          case Argument.Keyword keyword when keyword.name().equals(key) ->
              changes.add(new Change(keyword.value().start(), keyword.value().end(), value));
          case Argument.Positional positional -> entry(positional.value(), key, value, changes);
          default -> {}
        }
      }
    } else if (method.equals("setdefault")
        && given.size() == 2
        && given.getFirst().value() instanceof Expression.Str text
        && text.value().equals(key)) {
      Expression old = given.getLast().value();
      changes.add(new Change(old.start(), old.end(), value));
    }
  }

  /// `{'weights_only': False}` or `dict(weights_only=False)`.
  private static void entry(Expression written, String key, String value, List<Change> changes) {
    if (written instanceof Expression.Dict dict) {
      for (DictItem item : dict.items()) {
        if (item.key().isPresent()
            && item.key().get() instanceof Expression.Str text
            && text.value().equals(key)) {
          changes.add(new Change(item.value().start(), item.value().end(), value));
        }
      }
    } else if (written instanceof Expression.Call call && isName(call.function(), "dict")) {
      for (Argument argument : call.arguments()) {
        if (argument instanceof Argument.Keyword given && given.name().equals(key)) {
          changes.add(new Change(given.value().start(), given.value().end(), value));
        }
      }
    }
  }
}
