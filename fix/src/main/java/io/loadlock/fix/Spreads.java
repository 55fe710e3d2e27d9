package io.loadlock.fix;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Expression.DictItem;
import io.loadlock.python.tree.Module;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// `load(path, **options)`: the value stands in a dict, not in the call.
final class Spreads {
  private Spreads() {}

  /// Replaces the entry `key` of a mapping that a call spreads, where it is a display: written in
  /// the call itself, or assigned in this file to the name that is spread. False where no such
  /// entry is seen.
  static boolean replace(
      Scene scene, Expression mapping, String key, String value, Changes changes) {
    List<Change> found = new ArrayList<>();
    switch (mapping) {
      case Expression.Name name -> assigned(scene.parsed().module(), name.id(), key, value, found);
      case Expression written -> entry(written, key, value, found);
    }
    found.forEach(change -> changes.add(scene, change));
    return !found.isEmpty();
  }

  private static void assigned(
      Module module, String name, String key, String value, List<Change> changes) {
    Deque<Node> left = new ArrayDeque<>();
    left.push(module);
    while (!left.isEmpty()) {
      Node node = left.pop();
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
      Children.each(node, left::push);
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
