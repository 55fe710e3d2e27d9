package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.loadlock.python.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Atoms (Python reference §6.2): names, literals, and what stands in brackets.
final class AtomParser {
  private final byte[] text;
  private final Tokens tokens;
  private final ExpressionParser expressions;

  AtomParser(byte[] text, Tokens tokens, ExpressionParser expressions) {
    this.text = text;
    this.tokens = tokens;
    this.expressions = expressions;
  }

  Expression atom() {
    int start = tokens.start();
    int end = tokens.ends[tokens.at];
    switch (tokens.kind()) {
      case NAME, ASYNC, AWAIT, NONLOCAL -> {
        return new Expression.Name(start, end, expressions.word());
      }
      case NUMBER -> {
        tokens.at++;
        return new Expression.Num(start, end, expressions.literal(start, end));
      }
      case STRING, STRING_ESCAPED, FSTRING_START -> {
        return strings();
      }
      case LPAR -> {
        return parenthesised();
      }
      case LBRACKET -> {
        return list();
      }
      case LBRACE -> {
        return braces();
      }
      case NONE -> {
        tokens.at++;
        return new Expression.None(start, end);
      }
      case TRUE -> {
        tokens.at++;
        return new Expression.True(start, end);
      }
      case FALSE -> {
        tokens.at++;
        return new Expression.False(start, end);
      }
      case ELLIPSIS -> {
        tokens.at++;
        return new Expression.Ellipsis(start, end);
      }
      case BACKQUOTE -> {
        return backquote();
      }
      case OUTSIDE -> {
        tokens.at++;
        return new Expression.Damaged(start, end, List.of());
      }
      default -> throw Unparsable.HERE;
    }
  }

  private Expression backquote() {
    int start = tokens.start();
    tokens.at++;
    expressions.enter();
    Expression value = expressions.several();
    expressions.leave();
    expressions.expect(BACKQUOTE);
    return new Expression.Backquote(start, tokens.lastEnd(), value);
  }

  /// A group, a tuple, a generator, a yield.
  private Expression parenthesised() {
    int start = tokens.start();
    tokens.at++;
    if (tokens.accept(RPAR)) {
      return new Expression.Tuple(start, tokens.lastEnd(), List.of());
    }
    expressions.enter();
    Expression result = tokens.kind() == YIELD ? expressions.yields() : expressions.starNamed();
    if (tokens.kind() == COMMA) {
      List<Expression> elements = elements(result, RPAR);
      expressions.expect(RPAR);
      result = new Expression.Tuple(start, tokens.lastEnd(), elements);
    } else if (expressions.beginsComprehension()) {
      var generators = expressions.comprehensions(false);
      expressions.expect(RPAR);
      result = new Expression.GeneratorExp(start, tokens.lastEnd(), result, generators);
    } else {
      expressions.expect(RPAR);
    }
    expressions.leave();
    return result;
  }

  private List<Expression> elements(Expression first, byte close) {
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (tokens.accept(COMMA)) {
      if (tokens.kind() == close) {
        break;
      }
      elements.add(expressions.starNamed());
    }
    return elements;
  }

  private Expression list() {
    int start = tokens.start();
    tokens.at++;
    if (tokens.accept(RBRACKET)) {
      return new Expression.ListDisplay(start, tokens.lastEnd(), List.of());
    }
    expressions.enter();
    Expression first = expressions.starNamed();
    Expression result;
    if (expressions.beginsComprehension()) {
      var generators = expressions.comprehensions(true);
      expressions.expect(RBRACKET);
      result = new Expression.ListComp(start, tokens.lastEnd(), first, generators);
    } else {
      List<Expression> elements = elements(first, RBRACKET);
      expressions.expect(RBRACKET);
      result = new Expression.ListDisplay(start, tokens.lastEnd(), elements);
    }
    expressions.leave();
    return result;
  }

  private Expression braces() {
    int start = tokens.start();
    tokens.at++;
    if (tokens.accept(RBRACE)) {
      return new Expression.Dict(start, tokens.lastEnd(), List.of());
    }
    expressions.enter();
    Expression result = tokens.kind() == DOUBLE_STAR ? dict(start, item()) : setOrDict(start);
    expressions.leave();
    return result;
  }

  private Expression setOrDict(int start) {
    Expression first = expressions.starNamed();
    if (tokens.accept(COLON)) {
      Expression value = expressions.expression();
      if (expressions.beginsComprehension()) {
        var generators = expressions.comprehensions(false);
        expressions.expect(RBRACE);
        return new Expression.DictComp(start, tokens.lastEnd(), first, value, generators);
      }
      return dict(start, new Expression.DictItem(Optional.of(first), value));
    }
    if (expressions.beginsComprehension()) {
      var generators = expressions.comprehensions(false);
      expressions.expect(RBRACE);
      return new Expression.SetComp(start, tokens.lastEnd(), first, generators);
    }
    List<Expression> elements = elements(first, RBRACE);
    expressions.expect(RBRACE);
    return new Expression.Set(start, tokens.lastEnd(), elements);
  }

  private Expression dict(int start, Expression.DictItem first) {
    List<Expression.DictItem> items = new ArrayList<>();
    items.add(first);
    while (tokens.accept(COMMA)) {
      if (tokens.kind() == RBRACE) {
        break;
      }
      items.add(item());
    }
    expressions.expect(RBRACE);
    return new Expression.Dict(start, tokens.lastEnd(), items);
  }

  private Expression.DictItem item() {
    if (tokens.accept(DOUBLE_STAR)) {
      return new Expression.DictItem(
          Optional.empty(), expressions.binary(Operators.BITWISE_OR_LEVEL));
    }
    Expression key = expressions.expression();
    expressions.expect(COLON);
    return new Expression.DictItem(Optional.of(key), expressions.expression());
  }

  /// Adjacent literals as one.
  private Expression strings() {
    int from = tokens.at;
    int start = tokens.start();
    boolean formatted = false;
    boolean template = false;
    while (true) {
      byte kind = tokens.kind();
      if (kind == FSTRING_START) {
        formatted = true;
        break;
      }
      if (kind != STRING && kind != STRING_ESCAPED) {
        break;
      }
      tokens.at++;
    }
    if (!formatted) {
      return plain(start, from);
    }
    tokens.at = from;
    List<Expression> parts = new ArrayList<>();
    while (true) {
      byte kind = tokens.kind();
      if (kind == FSTRING_START) {
        template |= isTemplate(tokens.at);
        fields(parts);
      } else if (kind == STRING || kind == STRING_ESCAPED) {
        parts.add(string(tokens.at++));
      } else {
        break;
      }
    }
    return new Expression.JoinedStr(start, tokens.lastEnd(), template, parts);
  }

  private boolean isTemplate(int token) {
    return prefixHas(token, 't');
  }

  private boolean prefixHas(int token, char letter) {
    for (int i = tokens.starts[token]; text[i] != '"' && text[i] != '\''; i++) {
      if ((text[i] | 0x20) == letter) {
        return true;
      }
    }
    return false;
  }

  private Expression plain(int start, int from) {
    if (tokens.at == from + 1) {
      return string(from);
    }
    boolean bytes = true;
    StringBuilder value = new StringBuilder();
    for (int i = from; i < tokens.at; i++) {
      bytes &= Literals.isBytes(text, tokens.starts[i], tokens.ends[i]);
      value.append(
          Literals.value(
              text, tokens.starts[i], tokens.ends[i], tokens.kinds[i] == STRING_ESCAPED));
    }
    return bytes
        ? new Expression.Bytes(start, tokens.lastEnd(), value.toString())
        : new Expression.Str(start, tokens.lastEnd(), value.toString());
  }

  private Expression string(int token) {
    int start = tokens.starts[token];
    int end = tokens.ends[token];
    String value = Literals.value(text, start, end, tokens.kinds[token] == STRING_ESCAPED);
    return Literals.isBytes(text, start, end)
        ? new Expression.Bytes(start, end, value)
        : new Expression.Str(start, end, value);
  }

  /// From one [Kind#FSTRING_START] to its end.
  private void fields(List<Expression> parts) {
    boolean raw = prefixHas(tokens.at, 'r');
    tokens.at++;
    while (!tokens.accept(FSTRING_END)) {
      part(parts, raw);
    }
  }

  private void part(List<Expression> parts, boolean raw) {
    int start = tokens.start();
    int end = tokens.ends[tokens.at];
    if (tokens.accept(FSTRING_MIDDLE)) {
      parts.add(new Expression.Str(start, end, Literals.middle(text, start, end, raw)));
      return;
    }
    expressions.expect(FIELD_OPEN);
    expressions.enter();
    Expression value = expressions.value();
    if (tokens.accept(EQUAL)) {
      parts.add(shown(end, tokens.lastEnd(), tokens.start()));
    }
    if (tokens.accept(FIELD_BANG)) {
      expressions.name();
    }
    List<Expression> specification = List.of();
    if (tokens.accept(FIELD_COLON)) {
      specification = new ArrayList<>(2);
      while (tokens.kind() != FIELD_CLOSE) {
        part(specification, raw);
      }
    }
    expressions.expect(FIELD_CLOSE);
    expressions.leave();
    parts.add(new Expression.FormattedValue(start, tokens.lastEnd(), value, specification));
  }

  /// `{value=}` shows its own text and the blanks behind it, but no comment.
  private Expression shown(int start, int end, int next) {
    StringBuilder shown = new StringBuilder(new String(text, start, end - start, UTF_8));
    boolean comment = false;
    for (int i = end; i < next; i++) {
      char c = (char) text[i];
      comment = c == '#' || comment && c != '\n' && c != '\r';
      if (!comment) {
        shown.append(c);
      }
    }
    return new Expression.Str(start, next, shown.toString());
  }
}
