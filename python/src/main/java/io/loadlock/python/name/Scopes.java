package io.loadlock.python.name;

import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Comprehension;
import io.loadlock.python.tree.ExceptHandler;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.ImportAlias;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Pattern;
import io.loadlock.python.tree.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The names that a block binds itself, as CPython's `symtable.c` decides: whatever is assigned,
/// imported, defined, deleted or captured anywhere in it, unless it says `global` or `nonlocal`.
public final class Scopes {
  private final Set<String> bound = new HashSet<>();
  private final Set<String> elsewhere = new HashSet<>();

  private Scopes() {}

  /// The local names of a function.
  public static Set<String> locals(List<Parameter> parameters, List<Statement> body) {
    Scopes scopes = new Scopes();
    for (Parameter parameter : parameters) {
      scopes.bound.add(parameter.name());
      parameter.unpacked().ifPresent(scopes::target);
    }
    for (Statement statement : body) {
      scopes.node(statement);
    }
    scopes.bound.removeAll(scopes.elsewhere);
    return Set.copyOf(scopes.bound);
  }

  /// The local names of a lambda.
  public static Set<String> locals(List<Parameter> parameters, Expression body) {
    Scopes scopes = new Scopes();
    for (Parameter parameter : parameters) {
      scopes.bound.add(parameter.name());
      parameter.unpacked().ifPresent(scopes::target);
    }
    scopes.node(body);
    return Set.copyOf(scopes.bound);
  }

  /// The names that a comprehension's targets bind.
  public static Set<String> targets(List<Comprehension> generators) {
    Scopes scopes = new Scopes();
    for (Comprehension generator : generators) {
      scopes.target(generator.target());
    }
    return scopes.bound;
  }

  /// The attributes that a method writes to its first parameter.
  public static Set<String> attributesWritten(List<Parameter> parameters, List<Statement> body) {
    Set<String> written = new HashSet<>();
    if (!parameters.isEmpty()) {
      for (Statement statement : body) {
        written(statement, parameters.getFirst().name(), written);
      }
    }
    return written;
  }

  private static void written(Node node, String self, Set<String> written) {
    switch (node) {
      case Statement.Assign assign ->
          assign.targets().forEach(target -> attribute(target, self, written));
      case Statement.AugAssign assign -> attribute(assign.target(), self, written);
      case Statement.AnnAssign assign -> attribute(assign.target(), self, written);
      case Statement.With with ->
          with.items().forEach(item -> item.target().ifPresent(t -> attribute(t, self, written)));
      case Statement.For loop -> attribute(loop.target(), self, written);
      case Expression.Call call when call.function() instanceof Expression.Attribute method ->
          // `self.options.update(…)`
          attribute(method.value(), self, written);
      default -> {}
    }
    Children.each(node, child -> written(child, self, written));
  }

  private static void attribute(Expression target, String self, Set<String> written) {
    switch (target) {
      case Expression.Attribute attribute -> {
        if (attribute.value() instanceof Expression.Name name && name.id().equals(self)) {
          written.add(attribute.name());
        }
      }
      case Expression.Subscript subscript -> attribute(subscript.value(), self, written);
      case Expression.Tuple tuple ->
          tuple.elements().forEach(element -> attribute(element, self, written));
      case Expression.ListDisplay list ->
          list.elements().forEach(element -> attribute(element, self, written));
      case Expression.Starred starred -> attribute(starred.value(), self, written);
      default -> {}
    }
  }

  private void node(Node node) {
    switch (node) {
      case Statement.FunctionDef function -> {
        bound.add(function.name());
        function.decorators().forEach(this::node);
        for (Parameter parameter : function.parameters()) {
          parameter.defaultValue().ifPresent(this::node);
        }
        return;
      }
      case Statement.ClassDef type -> {
        bound.add(type.name());
        type.decorators().forEach(this::node);
        type.bases().forEach(this::node);
        return;
      }
      case Statement.Global global -> elsewhere.addAll(global.names());
      case Statement.Nonlocal nonlocal -> elsewhere.addAll(nonlocal.names());
      case Statement.Assign assign -> assign.targets().forEach(this::target);
      case Statement.AugAssign assign -> target(assign.target());
      case Statement.AnnAssign assign -> target(assign.target());
      case Statement.For loop -> target(loop.target());
      case Statement.Delete delete -> delete.targets().forEach(this::target);
      case Statement.With with ->
          with.items().forEach(item -> item.target().ifPresent(this::target));
      case Statement.TypeAlias alias -> target(alias.name());
      case Statement.Import imports -> {
        for (ImportAlias alias : imports.names()) {
          String first = alias.name().split("\\.", 2)[0];
          bound.add(alias.asName().orElse(first));
        }
      }
      case Statement.ImportFrom imports -> {
        for (ImportAlias alias : imports.names()) {
          bound.add(alias.asName().orElse(alias.name()));
        }
      }
      case ExceptHandler handler -> handler.target().ifPresent(this::target);
      case Pattern.MatchAs as -> as.name().ifPresent(bound::add);
      case Pattern.MatchStar star -> star.name().ifPresent(bound::add);
      case Pattern.MatchMapping mapping -> mapping.rest().ifPresent(bound::add);
      case Expression.NamedExpr named -> bound.add(named.target().id());
      case Expression.Lambda lambda -> {
        for (Parameter parameter : lambda.parameters()) {
          parameter.defaultValue().ifPresent(this::node);
        }
        return;
      }
      default -> {}
    }
    if (node instanceof Comprehension comprehension) {
      // Its target is its own; only a `:=` inside it binds here.
      node(comprehension.iterable());
      comprehension.conditions().forEach(this::node);
      return;
    }
    Children.each(node, this::node);
  }

  private void target(Expression target) {
    switch (target) {
      case Expression.Name name -> bound.add(name.id());
      case Expression.Tuple tuple -> tuple.elements().forEach(this::target);
      case Expression.ListDisplay list -> list.elements().forEach(this::target);
      case Expression.Starred starred -> target(starred.value());
      default -> {}
    }
  }
}
