package io.loadlock.fix;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Module;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Names of a module that are given one value and keep it.
final class Constants {
  private Constants() {}

  /// The value of a constant that is used for one keyword alone, so that changing it changes
  /// nothing else: `SAFE = False`, whose every use in the file is `weights_only=SAFE`.
  static Optional<Expression> only(Scene scene, Expression.Name name, String keyword) {
    Set<Expression> fitting = new HashSet<>();
    int[] uses = {0};
    each(
        scene.parsed().module(),
        node -> {
          if (node instanceof Expression.Name use && use.id().equals(name.id())) {
            uses[0]++;
          } else if (node instanceof Expression.Call call) {
            for (Argument argument : call.arguments()) {
              if (argument instanceof Argument.Keyword given
                  && given.name().equals(keyword)
                  && given.value() instanceof Expression.Name use
                  && use.id().equals(name.id())) {
                fitting.add(use);
              }
            }
          }
        });
    // Its assignment is the one use that is no argument.
    return uses[0] == fitting.size() + 1
        ? assigned(scene.parsed().module(), name.id())
        : Optional.empty();
  }

  /// What the module's own body assigns to a name, where it does so once and nothing else in the
  /// file binds the name.
  static Optional<Expression> assigned(Module module, String name) {
    Expression value = null;
    for (Statement statement : module.body()) {
      switch (statement) {
        case Statement.Assign assign -> {
          boolean sole = assign.targets().size() == 1;
          if (sole && Spreads.isName(assign.targets().getFirst(), name)) {
            value = assign.value();
          }
        }
        case Statement.AnnAssign assign when Spreads.isName(assign.target(), name) ->
            value = assign.value().orElse(null);
        default -> {}
      }
    }
    return value != null && bindings(module, name) == 1 ? Optional.of(value) : Optional.empty();
  }

  private static int bindings(Module module, String name) {
    int[] count = {0};
    each(
        module,
        node -> {
          switch (node) {
            case Statement.Assign assign ->
                assign.targets().forEach(it -> count[0] += in(it, name));
            case Statement.AnnAssign assign -> count[0] += in(assign.target(), name);
            case Statement.AugAssign assign -> count[0] += in(assign.target(), name);
            case Statement.For loop -> count[0] += in(loop.target(), name);
            case Expression.NamedExpr assign -> count[0] += in(assign.target(), name);
            case io.loadlock.python.tree.WithItem item ->
                item.target().ifPresent(it -> count[0] += in(it, name));
            case Statement.FunctionDef function -> {
              count[0] += function.name().equals(name) ? 1 : 0;
              count[0] +=
                  (int) function.parameters().stream().filter(it -> it.name().equals(name)).count();
            }
            case Statement.ClassDef type -> count[0] += type.name().equals(name) ? 1 : 0;
            case Statement.Global global -> count[0] += global.names().contains(name) ? 1 : 0;
            case io.loadlock.python.tree.ImportAlias alias ->
                count[0] += alias.asName().orElse(alias.name()).equals(name) ? 1 : 0;
            default -> {}
          }
        });
    return count[0];
  }

  private static int in(Expression target, String name) {
    return switch (target) {
      case Expression.Name it -> it.id().equals(name) ? 1 : 0;
      case Expression.Tuple tuple -> tuple.elements().stream().mapToInt(it -> in(it, name)).sum();
      case Expression.ListDisplay list ->
          list.elements().stream().mapToInt(it -> in(it, name)).sum();
      case Expression.Starred star -> in(star.value(), name);
      default -> 0;
    };
  }

  /// Gives each node of a module to `visitor`.
  static void each(Module module, java.util.function.Consumer<Node> visitor) {
    Deque<Node> left = new ArrayDeque<>();
    left.push(module);
    while (!left.isEmpty()) {
      Node node = left.pop();
      visitor.accept(node);
      Children.each(node, left::push);
    }
  }
}
