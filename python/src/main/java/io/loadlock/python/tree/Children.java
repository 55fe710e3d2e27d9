package io.loadlock.python.tree;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The direct children of a node, in the order of the source as far as the record keeps it.
public final class Children {
  private final Consumer<Node> visitor;

  private Children(Consumer<Node> visitor) {
    this.visitor = visitor;
  }

  /// Gives each child of `node` to `visitor`.
  public static void each(Node node, Consumer<Node> visitor) {
    Children children = new Children(visitor);
    switch (node) {
      case Module module -> children.all(module.body());
      case Statement statement -> children.statement(statement);
      case Expression expression -> children.expression(expression);
      case Pattern pattern -> children.pattern(pattern);
      case Argument argument -> visitor.accept(argument.value());
      case Parameter parameter -> {
        children.maybe(parameter.unpacked());
        children.maybe(parameter.annotation());
        children.maybe(parameter.defaultValue());
      }
      case Comprehension clause -> {
        visitor.accept(clause.target());
        visitor.accept(clause.iterable());
        children.all(clause.conditions());
      }
      case ImportAlias _ -> {}
      case ExceptHandler handler -> {
        children.maybe(handler.type());
        children.maybe(handler.target());
        children.all(handler.body());
      }
      case WithItem item -> {
        visitor.accept(item.context());
        children.maybe(item.target());
      }
      case MatchCase matchCase -> {
        visitor.accept(matchCase.pattern());
        children.maybe(matchCase.guard());
        children.all(matchCase.body());
      }
      case TypeParameter parameter -> {
        children.maybe(parameter.bound());
        children.maybe(parameter.defaultValue());
      }
    }
  }

  private void all(List<? extends Node> nodes) {
    for (Node node : nodes) {
      visitor.accept(node);
    }
  }

  private void maybe(Optional<? extends Node> node) {
    if (node.isPresent()) {
      visitor.accept(node.get());
    }
  }

  private void statement(Statement statement) {
    switch (statement) {
      case Statement.FunctionDef function -> {
        all(function.decorators());
        all(function.typeParameters());
        all(function.parameters());
        maybe(function.returns());
        all(function.body());
      }
      case Statement.ClassDef type -> {
        all(type.decorators());
        all(type.typeParameters());
        all(type.bases());
        all(type.body());
      }
      case Statement.Return value -> maybe(value.value());
      case Statement.Delete delete -> all(delete.targets());
      case Statement.Assign assign -> {
        all(assign.targets());
        visitor.accept(assign.value());
      }
      case Statement.TypeAlias alias -> {
        visitor.accept(alias.name());
        all(alias.typeParameters());
        visitor.accept(alias.value());
      }
      case Statement.AugAssign assign -> {
        visitor.accept(assign.target());
        visitor.accept(assign.value());
      }
      case Statement.AnnAssign assign -> {
        visitor.accept(assign.target());
        visitor.accept(assign.annotation());
        maybe(assign.value());
      }
      case Statement.For loop -> {
        visitor.accept(loop.target());
        visitor.accept(loop.iterable());
        all(loop.body());
        all(loop.orElse());
      }
      case Statement.While loop -> {
        visitor.accept(loop.test());
        all(loop.body());
        all(loop.orElse());
      }
      case Statement.If branch -> {
        visitor.accept(branch.test());
        all(branch.body());
        all(branch.orElse());
      }
      case Statement.With with -> {
        all(with.items());
        all(with.body());
      }
      case Statement.Match match -> {
        visitor.accept(match.subject());
        all(match.cases());
      }
      case Statement.Raise raise -> {
        all(raise.arguments());
        maybe(raise.cause());
      }
      case Statement.Try attempt -> {
        all(attempt.body());
        all(attempt.handlers());
        all(attempt.orElse());
        all(attempt.finalBody());
      }
      case Statement.Assert check -> {
        visitor.accept(check.test());
        maybe(check.message());
      }
      case Statement.Import imports -> all(imports.names());
      case Statement.ImportFrom imports -> all(imports.names());
      case Statement.Global _, Statement.Nonlocal _ -> {}
      case Statement.Expr expression -> visitor.accept(expression.value());
      case Statement.Pass _, Statement.Break _, Statement.Continue _ -> {}
      case Statement.Print print -> {
        maybe(print.destination());
        all(print.values());
      }
      case Statement.Exec exec -> {
        visitor.accept(exec.code());
        all(exec.scopes());
      }
      case Statement.Damaged damaged -> all(damaged.found());
    }
  }

  private void expression(Expression expression) {
    switch (expression) {
      case Expression.BoolOp operation -> all(operation.values());
      case Expression.NamedExpr named -> {
        visitor.accept(named.target());
        visitor.accept(named.value());
      }
      case Expression.BinOp operation -> {
        visitor.accept(operation.left());
        visitor.accept(operation.right());
      }
      case Expression.UnaryOp operation -> visitor.accept(operation.operand());
      case Expression.Lambda lambda -> {
        all(lambda.parameters());
        visitor.accept(lambda.body());
      }
      case Expression.IfExp conditional -> {
        visitor.accept(conditional.test());
        visitor.accept(conditional.body());
        visitor.accept(conditional.orElse());
      }
      case Expression.Dict dict -> {
        for (Expression.DictItem item : dict.items()) {
          maybe(item.key());
          visitor.accept(item.value());
        }
      }
      case Expression.Set set -> all(set.elements());
      case Expression.ListComp list -> {
        visitor.accept(list.element());
        all(list.generators());
      }
      case Expression.SetComp set -> {
        visitor.accept(set.element());
        all(set.generators());
      }
      case Expression.DictComp dict -> {
        visitor.accept(dict.key());
        visitor.accept(dict.value());
        all(dict.generators());
      }
      case Expression.GeneratorExp generator -> {
        visitor.accept(generator.element());
        all(generator.generators());
      }
      case Expression.Await await -> visitor.accept(await.value());
      case Expression.Yield yields -> maybe(yields.value());
      case Expression.YieldFrom yields -> visitor.accept(yields.value());
      case Expression.Compare compare -> {
        visitor.accept(compare.first());
        all(compare.rest());
      }
      case Expression.Call call -> {
        visitor.accept(call.function());
        all(call.arguments());
      }
      case Expression.JoinedStr joined -> all(joined.parts());
      case Expression.FormattedValue field -> {
        visitor.accept(field.value());
        all(field.specification());
      }
      case Expression.Attribute attribute -> visitor.accept(attribute.value());
      case Expression.Subscript subscript -> {
        visitor.accept(subscript.value());
        visitor.accept(subscript.index());
      }
      case Expression.Starred starred -> visitor.accept(starred.value());
      case Expression.ListDisplay list -> all(list.elements());
      case Expression.Tuple tuple -> all(tuple.elements());
      case Expression.Slice slice -> {
        maybe(slice.lower());
        maybe(slice.upper());
        maybe(slice.step());
      }
      case Expression.Backquote backquote -> visitor.accept(backquote.value());
      case Expression.Damaged damaged -> all(damaged.found());
      case Expression.Str _, Expression.Bytes _, Expression.Num _, Expression.Name _ -> {}
      case Expression.True _, Expression.False _, Expression.None _, Expression.Ellipsis _ -> {}
    }
  }

  private void pattern(Pattern pattern) {
    switch (pattern) {
      case Pattern.MatchValue value -> visitor.accept(value.value());
      case Pattern.MatchSingleton singleton -> visitor.accept(singleton.value());
      case Pattern.MatchSequence sequence -> all(sequence.patterns());
      case Pattern.MatchMapping mapping -> {
        all(mapping.keys());
        all(mapping.patterns());
      }
      case Pattern.MatchClass type -> {
        visitor.accept(type.type());
        all(type.patterns());
        all(type.keywordPatterns());
      }
      case Pattern.MatchStar _ -> {}
      case Pattern.MatchAs as -> maybe(as.pattern());
      case Pattern.MatchOr or -> all(or.patterns());
    }
  }
}
