package io.loadlock.fix;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Module;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A function that forwards the deciding argument: its default changes, and what its callers in the
/// file pass.
final class Wrappers {
  private Wrappers() {}

  /// False where neither a default nor a caller in this file could be changed.
  static boolean change(
      Module module,
      Statement.FunctionDef function,
      Parameter parameter,
      String value,
      List<Change> changes) {
    int before = changes.size();
    parameter
        .defaultValue()
        .filter(it -> isOther(it, value))
        .ifPresent(it -> changes.add(new Change(it.start(), it.end(), value)));
    int position = position(function, parameter);
    Deque<Node> left = new ArrayDeque<>();
    left.push(module);
    while (!left.isEmpty()) {
      Node node = left.pop();
      if (node instanceof Expression.Call call) {
        caller(call, function, parameter, position, value, changes);
      }
      Children.each(node, left::push);
    }
    return changes.size() > before;
  }

  private static void caller(
      Expression.Call call,
      Statement.FunctionDef function,
      Parameter parameter,
      int position,
      String value,
      List<Change> changes) {
    int shift;
    switch (call.function()) {
      case Expression.Name name when name.id().equals(function.name()) -> shift = 0;
      // A method: `self` is not among the arguments of the call.
      case Expression.Attribute attribute when attribute.name().equals(function.name()) ->
          shift = 1;
      default -> {
        return;
      }
    }
    Optional<Argument> given =
        new CallArguments(new byte[0], call).find(parameter.name(), position - shift);
    given
        .map(Argument::value)
        .filter(it -> isOther(it, value))
        .ifPresent(it -> changes.add(new Change(it.start(), it.end(), value)));
  }

  /// The opposite constant: anything else may mean something that is not seen here.
  private static boolean isOther(Expression expression, String value) {
    return switch (expression) {
      case Expression.True _ -> value.equals("False");
      case Expression.False _, Expression.None _ -> value.equals("True");
      default -> false;
    };
  }

  private static int position(Statement.FunctionDef function, Parameter parameter) {
    return switch (parameter.kind()) {
      case POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD -> function.parameters().indexOf(parameter);
      case KEYWORD_ONLY, VAR_POSITIONAL, VAR_KEYWORD -> Integer.MIN_VALUE / 2;
    };
  }
}
