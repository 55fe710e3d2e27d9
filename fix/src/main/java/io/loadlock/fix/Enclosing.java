package io.loadlock.fix;

import io.loadlock.core.Location;
import io.loadlock.python.parse.SourceText;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Module;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// The nodes around one place of the tree, outermost first.
///
/// @param path from the module's statement down to the expression at the place
record Enclosing(List<Node> path) {
  Enclosing {
    path = List.copyOf(path);
  }

  private record Step(Node node, Optional<Step> above) {
    Enclosing enclosing() {
      List<Node> path = new ArrayList<>();
      for (Optional<Step> up = Optional.of(this); up.isPresent(); up = up.get().above()) {
        path.addFirst(up.get().node());
      }
      return new Enclosing(path.subList(1, path.size()));
    }
  }

  /// The call or reference that stands exactly at `location`; empty where the source has changed
  /// since.
  static Optional<Enclosing> find(SourceText source, Module module, Location.Source location) {
    Deque<Step> left = new ArrayDeque<>();
    left.push(new Step(module, Optional.empty()));
    while (!left.isEmpty()) {
      Step step = left.pop();
      if (step.node() instanceof Expression && isAt(source, step.node(), location)) {
        return Optional.of(step.enclosing());
      }
      Children.each(step.node(), child -> left.push(new Step(child, Optional.of(step))));
    }
    return Optional.empty();
  }

  /// Every call of a module, with what is around it, in the order of the source.
  static List<Enclosing> calls(Module module) {
    List<Enclosing> found = new ArrayList<>();
    Deque<Step> left = new ArrayDeque<>();
    left.push(new Step(module, Optional.empty()));
    while (!left.isEmpty()) {
      Step step = left.pop();
      if (step.node() instanceof Expression.Call) {
        found.add(step.enclosing());
      }
      Children.each(step.node(), child -> left.push(new Step(child, Optional.of(step))));
    }
    found.sort(Comparator.comparingInt(each -> each.expression().start()));
    return found;
  }

  private static boolean isAt(SourceText source, Node node, Location.Source location) {
    if (source.line(node.start()) != location.start().line()) {
      return false;
    }
    Location.Source there = source.locate(location.path(), node.start(), node.end());
    return there.startByte() == location.startByte() && there.endByte() == location.endByte();
  }

  /// The expression itself.
  Expression expression() {
    return (Expression) path.getLast();
  }

  /// What the expression is a part of.
  Node above() {
    return path.get(Math.max(path.size() - 2, 0));
  }

  /// The innermost statement around it.
  Statement statement() {
    return (Statement)
        path.stream().filter(Statement.class::isInstance).reduce((_, inner) -> inner).orElseThrow();
  }

  /// The innermost function around it.
  Optional<Statement.FunctionDef> function() {
    return path.stream()
        .filter(Statement.FunctionDef.class::isInstance)
        .map(Statement.FunctionDef.class::cast)
        .reduce((_, inner) -> inner);
  }

  /// Whether a function of the path is called without its first parameter: it is defined in a
  /// class, and no static method.
  boolean isMethod(Statement.FunctionDef function) {
    int at = path.indexOf(function);
    boolean isStatic =
        function.decorators().stream()
            .anyMatch(it -> it instanceof Expression.Name name && name.id().equals("staticmethod"));
    return at > 0 && path.get(at - 1) instanceof Statement.ClassDef && !isStatic;
  }
}
