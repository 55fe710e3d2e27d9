package io.loadlock.artifact.jinja;

import io.loadlock.artifact.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads the expressions of tags by Jinja's grammar (`parser.py`) and works out constants on the
/// way.
final class Expressions {
  /// Expressions within expressions.
  private static final int DEPTH = 200;

  private final Tokens in;
  private final Map<String, Value> variables;
  private final Suspicions suspicions;
  private int depth;

  Expressions(Tokens in, Map<String, Value> variables, Suspicions suspicions) {
    this.in = in;
    this.variables = variables;
    this.suspicions = suspicions;
  }

  /// One expression, or several with commas between.
  Value tuple() throws Unclear {
    Value first = expression();
    if (!in.peek().is(",")) {
      return first;
    }
    List<Value> items = new ArrayList<>(List.of(first));
    while (in.accept(",")) {
      if (!in.more() || in.peek().is(")") || in.peek().is("=")) {
        break;
      }
      items.add(expression());
    }
    return Value.list(items);
  }

  Value expression() throws Unclear {
    if (++depth > DEPTH) {
      throw new Unclear("nested deeper than " + DEPTH);
    }
    Value value = or();
    while (in.accept("if")) {
      Value condition = or();
      if (in.accept("else")) {
        Value other = expression();
        value = value.equals(other) ? value : Value.computed(value, other);
      }
      if (condition.computed() && value.text() == null) {
        value = Value.computed(value);
      }
    }
    depth--;
    return value;
  }

  private Value or() throws Unclear {
    Value value = and();
    while (in.accept("or")) {
      value = Value.computed(value, and());
    }
    return value;
  }

  private Value and() throws Unclear {
    Value value = not();
    while (in.accept("and")) {
      value = Value.computed(value, not());
    }
    return value;
  }

  private Value not() throws Unclear {
    boolean negated = false;
    while (in.accept("not")) {
      negated = true;
    }
    Value value = compare();
    return negated ? Value.UNKNOWN : value;
  }

  private Value compare() throws Unclear {
    Value value = sum();
    while (true) {
      Token token = in.peek();
      boolean comparison =
          token.kind() == Token.Kind.OPERATOR
              && switch (token.text()) {
                case "==", "!=", "<", ">", "<=", ">=" -> true;
                default -> false;
              };
      boolean notIn = token.is("not") && in.peek(1).is("in");
      if (!comparison && !token.is("in") && !notIn) {
        return value;
      }
      in.next();
      if (notIn) {
        in.next();
      }
      sum();
      value = Value.UNKNOWN;
    }
  }

  private Value sum() throws Unclear {
    Value value = concat();
    while (in.peek().is("+") || in.peek().is("-")) {
      Token operator = in.next();
      Value right = concat();
      value =
          operator.is("+")
              ? suspicions.found(Folding.plus(value, right), operator)
              : difference(value, right);
    }
    return value;
  }

  private static Value difference(Value left, Value right) {
    return left.number() != null && right.number() != null
        ? Value.number(left.number() - right.number())
        : Value.UNKNOWN;
  }

  private Value concat() throws Unclear {
    Value value = product();
    while (in.peek().is("~")) {
      Token operator = in.next();
      value = suspicions.found(Folding.concat(value, product()), operator);
    }
    return value;
  }

  private Value product() throws Unclear {
    Value value = unary(true);
    while (true) {
      Token operator = in.peek();
      if (operator.is("*")) {
        in.next();
        value = suspicions.found(Folding.times(value, unary(true)), operator);
      } else if (operator.is("%")) {
        in.next();
        Value right = unary(true);
        List<Value> arguments = right.items() != null ? right.items() : List.of(right);
        value =
            value.number() != null
                ? Value.UNKNOWN
                : suspicions.found(Folding.percent(value, arguments), operator);
      } else if (operator.is("/") || operator.is("//")) {
        in.next();
        unary(true);
        value = Value.UNKNOWN;
      } else {
        return value;
      }
    }
  }

  private Value unary(boolean filtered) throws Unclear {
    if (++depth > DEPTH) {
      throw new Unclear("nested deeper than " + DEPTH);
    }
    Value value;
    if (in.accept("-")) {
      Value inner = unary(false);
      value = inner.number() != null ? Value.number(-inner.number()) : Value.UNKNOWN;
    } else if (in.accept("+")) {
      value = unary(false);
    } else {
      value = primary();
    }
    value = postfix(value);
    if (in.accept("**")) {
      unary(false);
      value = Value.UNKNOWN;
    }
    if (filtered) {
      value = filters(value, false);
    }
    depth--;
    return value;
  }

  private Value primary() throws Unclear {
    Token token = in.next();
    return switch (token.kind()) {
      case STRING -> {
        StringBuilder text = new StringBuilder(token.text());
        while (in.peek().kind() == Token.Kind.STRING) {
          text.append(in.next().text());
        }
        yield suspicions.found(Value.text(text.toString()), token);
      }
      case NUMBER -> number(token.text());
      case NAME -> {
        Value known = variables.get(token.text());
        yield known == null ? Value.name(token.text()) : known;
      }
      case OPERATOR, END -> opened(token);
    };
  }

  /// Behind an opening bracket.
  private Value opened(Token token) throws Unclear {
    return switch (token.text()) {
      case "(" -> {
        if (in.accept(")")) {
          yield Value.list(List.of());
        }
        Value value = tuple();
        in.expect(")");
        yield value;
      }
      case "[" -> list("]");
      case "{" -> dict();
      default -> throw new Unclear("unexpected '" + token.text() + "'");
    };
  }

  private static Value number(String text) {
    String digits = text.replace("_", "");
    try {
      return digits.startsWith("0x") || digits.startsWith("0X")
          ? Value.number(Long.parseLong(digits.substring(2), 16))
          : Value.number(Long.parseLong(digits));
    } catch (NumberFormatException notWhole) {
      return Value.UNKNOWN;
    }
  }

  private Value list(String close) throws Unclear {
    List<Value> items = new ArrayList<>();
    while (!in.accept(close)) {
      items.add(expression());
      if (!in.accept(",") && !in.peek().is(close)) {
        throw new Unclear("a list is not closed");
      }
    }
    return Value.list(items);
  }

  private Value dict() throws Unclear {
    List<Value> keys = new ArrayList<>();
    Value values = Value.UNKNOWN;
    while (!in.accept("}")) {
      keys.add(expression());
      in.expect(":");
      values = Value.computed(values, expression());
      if (!in.accept(",") && !in.peek().is("}")) {
        throw new Unclear("a dict is not closed");
      }
    }
    // As iterated and joined, a dict is its keys.
    return Value.list(keys);
  }

  private Value postfix(Value base) throws Unclear {
    Value value = base;
    while (true) {
      if (in.accept(".")) {
        Token name = in.next();
        value = in.peek().is("(") ? methodCall(value, name) : attribute(value, name);
      } else if (in.peek().is("[")) {
        Token open = in.next();
        value = subscript(value, open);
      } else if (in.peek().is("(")) {
        in.next();
        List<Value> arguments = new ArrayList<>();
        List<Value> keywords = new ArrayList<>();
        arguments(arguments, keywords);
        value =
            value.name().equals("dict")
                ? Value.list(keywords)
                : Value.computed(value, Value.list(arguments), Value.list(keywords));
      } else {
        return value;
      }
    }
  }

  private Value attribute(Value base, Token name) {
    if (name.text().startsWith("_") && !Names.dangerous(name.text())) {
      suspicions.danger(
          name.position(), "." + name.text(), Verdict.UNKNOWN_CODE, "reads a private attribute");
    }
    String full = base.name() + "." + name.text();
    Value known = base.name().isEmpty() ? null : variables.get(full);
    return known != null
        ? known
        : new Value(null, null, null, base.name().isEmpty() ? "" : full, "", false);
  }

  private Value methodCall(Value base, Token name) throws Unclear {
    in.next();
    List<Value> arguments = new ArrayList<>();
    arguments(arguments, new ArrayList<>());
    if (name.text().startsWith("format")
        && Names.hints(base.pieces())
        && base.pieces().contains("__")) {
      suspicions.danger(
          name.position(),
          "format(" + base.pieces() + ")",
          Verdict.RUNS_CODE,
          "a format string reads attributes");
    }
    return suspicions.found(Folding.method(name.text(), base, arguments), name);
  }

  /// Behind the opening parenthesis, to behind the closing one.
  private void arguments(List<Value> arguments, List<Value> keywords) throws Unclear {
    while (!in.accept(")")) {
      if (in.accept("*") || in.accept("**")) {
        arguments.add(expression());
      } else if (in.peek().kind() == Token.Kind.NAME && in.peek(1).is("=")) {
        keywords.add(Value.text(in.next().text()));
        in.next();
        arguments.add(expression());
      } else {
        arguments.add(expression());
      }
      if (!in.accept(",") && !in.peek().is(")")) {
        throw new Unclear("a call is not closed");
      }
    }
  }

  private Value subscript(Value base, Token open) throws Unclear {
    @Nullable Value[] parts = new Value[3];
    int part = 0;
    boolean slice = false;
    while (!in.accept("]")) {
      if (in.accept(":")) {
        slice = true;
        part++;
        if (part > 2) {
          throw new Unclear("a slice has four parts");
        }
      } else if (!in.accept(",")) {
        parts[part] = expression();
      }
    }
    if (slice) {
      for (Value bound : parts) {
        if (bound != null && bound.number() == null) {
          return Value.computed(base);
        }
      }
      return suspicions.found(
          Folding.slice(base, number(parts[0]), number(parts[1]), number(parts[2])), open);
    }
    Value key = parts[0] == null ? Value.UNKNOWN : parts[0];
    if (key.number() != null) {
      Value item = Folding.item(base, key.number());
      return item == null ? Value.computed(base) : item;
    }
    suspicions.access(key, open, false);
    return key.text() != null && !base.name().isEmpty()
        ? new Value(null, null, null, base.name() + "." + key.text(), "", false)
        : Value.UNKNOWN;
  }

  private static @Nullable Long number(@Nullable Value value) {
    return value == null ? null : value.number();
  }

  /// Filters and tests behind a value.
  ///
  /// @param first whether the name of a filter comes next, without its bar
  Value filters(Value base, boolean first) throws Unclear {
    Value value = base;
    boolean pending = first;
    while (true) {
      if (pending || in.accept("|")) {
        pending = false;
        Token name = in.next();
        StringBuilder full = new StringBuilder(name.text());
        while (in.accept(".")) {
          full.append('.').append(in.next().text());
        }
        List<Value> arguments = new ArrayList<>();
        if (in.accept("(")) {
          arguments(arguments, new ArrayList<>());
        }
        value = filter(value, full.toString(), arguments, name);
      } else if (in.accept("is")) {
        in.accept("not");
        test();
        value = Value.UNKNOWN;
      } else if (in.peek().is("(") || in.peek().is("[") || in.peek().is(".")) {
        value = postfix(value);
      } else {
        return value;
      }
    }
  }

  private Value filter(Value base, String name, List<Value> arguments, Token token) {
    if (name.equals("attr")) {
      suspicions.access(arguments.isEmpty() ? Value.UNKNOWN : arguments.getFirst(), token, true);
      return Value.UNKNOWN;
    }
    if (name.equals("map") && !arguments.isEmpty() && "attr".equals(arguments.getFirst().text())) {
      suspicions.access(arguments.size() < 2 ? Value.UNKNOWN : arguments.get(1), token, true);
      return Value.computed(base);
    }
    boolean text = name.equals("string") || name.equals("list") || name.equals("urlencode");
    if (text && Names.FUNCTIONS.contains(base.name())) {
      suspicions.danger(
          token.position(),
          base.name() + "|" + name,
          Verdict.RUNS_CODE,
          "takes characters from a function's description");
    }
    return suspicions.found(Folding.filter(name, base, arguments), token);
  }

  /// `is NAME`, `is NAME(…)`, `is NAME argument`.
  private void test() throws Unclear {
    in.next();
    while (in.accept(".")) {
      in.next();
    }
    if (in.accept("(")) {
      arguments(new ArrayList<>(), new ArrayList<>());
      return;
    }
    Token token = in.peek();
    boolean argument =
        token.kind() == Token.Kind.STRING
            || token.kind() == Token.Kind.NUMBER
            || token.is("[")
            || token.is("{")
            || token.kind() == Token.Kind.NAME
                && switch (token.text()) {
                  case "else", "or", "and", "is", "if", "in", "not", "recursive" -> false;
                  default -> true;
                };
    if (argument) {
      postfix(primary());
    }
  }
}
