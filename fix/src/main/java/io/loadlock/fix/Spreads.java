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
        default -> {}
      }
      Children.each(node, left::push);
    }
  }

  static boolean isName(Expression expression, String name) {
    return expression instanceof Expression.Name it && it.id().equals(name);
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
