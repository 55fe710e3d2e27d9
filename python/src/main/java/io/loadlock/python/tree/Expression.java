package io.loadlock.python.tree;

import java.util.List;
import java.util.Optional;

/// CPython's `expr`, under its names. Positions are those of `ast`: a parenthesised expression
/// begins inside its parentheses, a call ends behind its closing one.
public sealed interface Expression extends Node {
  record BoolOp(int start, int end, boolean and, List<Expression> values) implements Expression {}

  /// `target := value`
  record NamedExpr(int start, int end, Name target, Expression value) implements Expression {}

  record BinOp(int start, int end, Expression left, String operator, Expression right)
      implements Expression {}

  /// @param operator `not`, `-`, `+` or `~`
  record UnaryOp(int start, int end, String operator, Expression operand) implements Expression {}

  record Lambda(int start, int end, List<Parameter> parameters, Expression body)
      implements Expression {}

  record IfExp(int start, int end, Expression test, Expression body, Expression orElse)
      implements Expression {}

  /// `{key: value, **mapping}`; an unpacked mapping has no key.
  record Dict(int start, int end, List<DictItem> items) implements Expression {}

  record DictItem(Optional<Expression> key, Expression value) {}

  record Set(int start, int end, List<Expression> elements) implements Expression {}

  record ListComp(int start, int end, Expression element, List<Comprehension> generators)
      implements Expression {}

  record SetComp(int start, int end, Expression element, List<Comprehension> generators)
      implements Expression {}

  record DictComp(
      int start, int end, Expression key, Expression value, List<Comprehension> generators)
      implements Expression {}

  record GeneratorExp(int start, int end, Expression element, List<Comprehension> generators)
      implements Expression {}

  record Await(int start, int end, Expression value) implements Expression {}

  record Yield(int start, int end, Optional<Expression> value) implements Expression {}

  record YieldFrom(int start, int end, Expression value) implements Expression {}

  /// `first operator[0] rest[0] operator[1] rest[1] …`; operators as written, `<>` as `!=`, `not
  /// in`, `is not`.
  record Compare(
      int start, int end, Expression first, List<String> operators, List<Expression> rest)
      implements Expression {}

  record Call(int start, int end, Expression function, List<Argument> arguments)
      implements Expression {}

  /// An f-string or a t-string, or a row of adjacent strings of which one is: its interpolations in
  /// order, format specifications' own interpolations behind the one they belong to. Constant parts
  /// are kept as [Str].
  record JoinedStr(int start, int end, boolean template, List<Expression> parts)
      implements Expression {}

  /// `{value!r:specification}` within a [JoinedStr].
  record FormattedValue(int start, int end, Expression value, List<Expression> specification)
      implements Expression {}

  /// A text literal, adjacent ones joined, escapes decoded.
  record Str(int start, int end, String value) implements Expression {}

  /// A bytes literal, each byte as the character of that number.
  record Bytes(int start, int end, String value) implements Expression {}

  /// A number as written, such as `0777`, `10L`, `1_000`, `1e3j`.
  record Num(int start, int end, String literal) implements Expression {}

  record True(int start, int end) implements Expression {}

  record False(int start, int end) implements Expression {}

  record None(int start, int end) implements Expression {}

  record Ellipsis(int start, int end) implements Expression {}

  record Attribute(int start, int end, Expression value, String name) implements Expression {}

  record Subscript(int start, int end, Expression value, Expression index) implements Expression {}

  record Starred(int start, int end, Expression value) implements Expression {}

  /// An identifier, NFKC-folded as CPython folds it.
  record Name(int start, int end, String id) implements Expression {}

  record ListDisplay(int start, int end, List<Expression> elements) implements Expression {}

  record Tuple(int start, int end, List<Expression> elements) implements Expression {}

  record Slice(
      int start,
      int end,
      Optional<Expression> lower,
      Optional<Expression> upper,
      Optional<Expression> step)
      implements Expression {}

  /// Python 2's `` `value` ``.
  record Backquote(int start, int end, Expression value) implements Expression {}

  /// Source that no rule of the grammar fits, with the expressions that could be found in it.
  record Damaged(int start, int end, List<Expression> found) implements Expression {}
}
