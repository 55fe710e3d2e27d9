package io.loadlock.python.tree;

import java.util.List;
import java.util.Optional;

/// CPython's `stmt`, under its names, and Python 2's own statements.
public sealed interface Statement extends Node {
  /// @param decorators outermost first; `start` is the `def` (or `async`), as in CPython
  record FunctionDef(
      int start,
      int end,
      String name,
      boolean async,
      List<Expression> decorators,
      List<TypeParameter> typeParameters,
      List<Parameter> parameters,
      Optional<Expression> returns,
      List<Statement> body)
      implements Statement {}

  record ClassDef(
      int start,
      int end,
      String name,
      List<Expression> decorators,
      List<TypeParameter> typeParameters,
      List<Argument> bases,
      List<Statement> body)
      implements Statement {}

  record Return(int start, int end, Optional<Expression> value) implements Statement {}

  record Delete(int start, int end, List<Expression> targets) implements Statement {}

  /// `targets[0] = targets[1] = value`
  record Assign(int start, int end, List<Expression> targets, Expression value)
      implements Statement {}

  record TypeAlias(
      int start,
      int end,
      Expression.Name name,
      List<TypeParameter> typeParameters,
      Expression value)
      implements Statement {}

  record AugAssign(int start, int end, Expression target, String operator, Expression value)
      implements Statement {}

  record AnnAssign(
      int start, int end, Expression target, Expression annotation, Optional<Expression> value)
      implements Statement {}

  record For(
      int start,
      int end,
      boolean async,
      Expression target,
      Expression iterable,
      List<Statement> body,
      List<Statement> orElse)
      implements Statement {}

  record While(int start, int end, Expression test, List<Statement> body, List<Statement> orElse)
      implements Statement {}

  record If(int start, int end, Expression test, List<Statement> body, List<Statement> orElse)
      implements Statement {}

  record With(int start, int end, boolean async, List<WithItem> items, List<Statement> body)
      implements Statement {}

  record Match(int start, int end, Expression subject, List<MatchCase> cases)
      implements Statement {}

  /// Python 2's `raise type, value, traceback` has all three in `arguments`.
  record Raise(int start, int end, List<Expression> arguments, Optional<Expression> cause)
      implements Statement {}

  /// @param star `except*` (PEP 654)
  record Try(
      int start,
      int end,
      List<Statement> body,
      List<ExceptHandler> handlers,
      List<Statement> orElse,
      List<Statement> finalBody,
      boolean star)
      implements Statement {}

  record Assert(int start, int end, Expression test, Optional<Expression> message)
      implements Statement {}

  record Import(int start, int end, List<ImportAlias> names) implements Statement {}

  /// `from ..module import names`; `level` counts the dots, `module` is empty for `from . import
  /// x`; a star import has the one name `*`.
  record ImportFrom(int start, int end, String module, int level, List<ImportAlias> names)
      implements Statement {}

  record Global(int start, int end, List<String> names) implements Statement {}

  record Nonlocal(int start, int end, List<String> names) implements Statement {}

  record Expr(int start, int end, Expression value) implements Statement {}

  record Pass(int start, int end) implements Statement {}

  record Break(int start, int end) implements Statement {}

  record Continue(int start, int end) implements Statement {}

  /// Python 2's `print >>destination, values`.
  record Print(int start, int end, Optional<Expression> destination, List<Expression> values)
      implements Statement {}

  /// Python 2's `exec code in globals, locals`.
  record Exec(int start, int end, Expression code, List<Expression> scopes) implements Statement {}

  /// Source that no rule of the grammar fits, with what could be found in it: calls of dotted names
  /// above all.
  record Damaged(int start, int end, List<Expression> found) implements Statement {}
}
