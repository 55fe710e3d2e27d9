package io.loadlock.artifact.jinja;

import io.loadlock.artifact.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the expressions of tags by Jinja's grammar (`parser.py`) and works out constants on the
/// way.
final class Expressions {
  /// Expressions within expressions.
  private static final int DEPTH = 200;

  private final List<Template.Danger> dangers;
  private final Map<String, Value> variables = new HashMap<>();
  private List<Token> tokens = List.of();
  private int at;
  private int depth;

  Expressions(List<Template.Danger> dangers) {
    this.dangers = dangers;
  }

  private static final class Unclear extends Exception {
    private static final long serialVersionUID = 1L;

    Unclear(String message) {
      super(message, null, false, false);
    }
  }

  /// Why the tag was not understood, or empty. What its tokens alone show is found in either case.
  Optional<String> read(Lexer.Tag tag) {
    tokens = tag.tokens();
    at = 0;
    depth = 0;
    tokensAlone();
    if (!tag.closed()) {
      return Optional.of("a tag of the template is not closed");
    }
    try {
      if (tag.statement()) {
        statement();
      } else {
        tuple();
        if (at < tokens.size()) {
          throw new Unclear("unexpected '" + peek().text() + "'");
        }
      }
      return Optional.empty();
    } catch (Unclear e) {
      return Optional.of("a tag of the template was not understood: " + e.getMessage());
    }
  }

  private void tokensAlone() {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      boolean attribute = i > 0 && tokens.get(i - 1).is(".");
      if (token.kind() == Token.Kind.STRING && Names.mentions(token.text())
          || token.kind() == Token.Kind.NAME
              && (attribute ? Names.dangerous(token.text()) : Names.mentions(token.text()))) {
        danger(
            token.position(),
            token.text(),
            Verdict.RUNS_CODE,
            "reaches Python's objects behind the data");
      }
    }
  }

  private void danger(int position, String text, Verdict verdict, String why) {
    String kept = text.length() > 80 ? text.substring(0, 80) + "..." : text;
    dangers.add(new Template.Danger(position, kept, verdict, why));
  }

  // --- statements --------------------------------------------------------------------------------

  private void statement() throws Unclear {
    if (tokens.isEmpty()) {
      return;
    }
    Token first = next();
    switch (first.text()) {
      case "set" -> set();
      case "for" -> {
        targets("in");
        expect("in");
        Value iterated = tuple();
        String pieces = iterated.pieces();
        if (at < tokens.size() && peek().is("if")) {
          next();
          expression();
        }
        if (at < tokens.size() && peek().is("recursive")) {
          next();
        }
        if (!pieces.isEmpty()) {
          variables.put(tokens.get(1).text(), new Value(null, null, null, "", pieces, true));
        }
      }
      case "import", "from", "include", "extends" ->
          danger(
              first.position(),
              first.text() + (at < tokens.size() ? " " + peek().text() : ""),
              Verdict.UNKNOWN_CODE,
              "takes in another template");
      case "macro",
          "call",
          "filter",
          "block",
          "with",
          "autoescape",
          "trans",
          "if",
          "elif",
          "do",
          "print" -> {
        if (first.is("filter")) {
          filters(Value.UNKNOWN, true);
        } else {
          while (at < tokens.size()) {
            expression();
            while (at < tokens.size() && (peek().is(",") || peek().is("="))) {
              next();
            }
          }
        }
      }
      default -> {}
    }
  }

  private void targets(String until) throws Unclear {
    while (at < tokens.size() && !peek().is(until)) {
      next();
    }
    if (at >= tokens.size()) {
      throw new Unclear("no '" + until + "'");
    }
  }

  private void set() throws Unclear {
    int start = at;
    while (at < tokens.size() && !peek().is("=") && !peek().is("|")) {
      at++;
    }
    StringBuilder name = new StringBuilder();
    for (Token token : tokens.subList(start, at)) {
      name.append(token.text());
    }
    if (at >= tokens.size()) {
      return;
    }
    if (peek().is("|")) {
      filters(Value.UNKNOWN, false);
      return;
    }
    next();
    Value value = tuple();
    String[] targets = name.toString().split(",", -1);
    for (int i = 0; i < targets.length; i++) {
      Value mine = value;
      if (targets.length > 1) {
        mine =
            value.items() != null && i < value.items().size()
                ? value.items().get(i)
                : Value.computed(value);
      }
      Value before = variables.get(targets[i]);
      if (before != null && !before.equals(mine)) {
        // Which branch sets it is not known: what it may be made of adds up.
        Value both = Value.computed(before, mine);
        mine = new Value(mine.text(), mine.items(), mine.number(), "", both.pieces(), true);
      }
      variables.put(targets[i], mine);
    }
  }

  // --- expressions -------------------------------------------------------------------------------

  private Token peek() {
    return at < tokens.size() ? tokens.get(at) : new Token(Token.Kind.END, "", 0);
  }

  private Token next() throws Unclear {
    if (at >= tokens.size()) {
      throw new Unclear("it ends too early");
    }
    return tokens.get(at++);
  }

  private void expect(String text) throws Unclear {
    Token token = next();
    if (!token.is(text)) {
      throw new Unclear("'" + token.text() + "' where '" + text + "' belongs");
    }
  }

  private boolean accept(String text) {
    if (peek().is(text) && peek().kind() != Token.Kind.STRING) {
      at++;
      return true;
    }
    return false;
  }

  private Value tuple() throws Unclear {
    Value first = expression();
    if (!peek().is(",")) {
      return first;
    }
    List<Value> items = new ArrayList<>(List.of(first));
    while (accept(",")) {
      if (at >= tokens.size() || peek().is(")") || peek().is("=")) {
        break;
      }
      items.add(expression());
    }
    return Value.list(items);
  }

  private Value expression() throws Unclear {
    if (++depth > DEPTH) {
      throw new Unclear("nested deeper than " + DEPTH);
    }
    Value value = or();
    while (accept("if")) {
      Value condition = or();
      if (accept("else")) {
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
    while (accept("or")) {
      value = Value.computed(value, and());
    }
    return value;
  }

  private Value and() throws Unclear {
    Value value = not();
    while (accept("and")) {
      value = Value.computed(value, not());
    }
    return value;
  }

  private Value not() throws Unclear {
    boolean negated = false;
    while (accept("not")) {
      negated = true;
    }
    Value value = compare();
    return negated ? Value.UNKNOWN : value;
  }

  private Value compare() throws Unclear {
    Value value = sum();
    while (true) {
      Token token = peek();
      boolean comparison =
          token.kind() == Token.Kind.OPERATOR
              && switch (token.text()) {
                case "==", "!=", "<", ">", "<=", ">=" -> true;
                default -> false;
              };
      boolean notIn = token.is("not") && at + 1 < tokens.size() && tokens.get(at + 1).is("in");
      if (!comparison && !token.is("in") && !notIn) {
        return value;
      }
      at += notIn ? 2 : 1;
      sum();
      value = Value.UNKNOWN;
    }
  }

  private Value sum() throws Unclear {
    Value value = concat();
    while (peek().is("+") || peek().is("-")) {
      Token operator = next();
      Value right = concat();
      value =
          operator.is("+") ? found(Folding.plus(value, right), operator) : difference(value, right);
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
    while (peek().is("~")) {
      Token operator = next();
      value = found(Folding.concat(value, product()), operator);
    }
    return value;
  }

  private Value product() throws Unclear {
    Value value = unary(true);
    while (true) {
      Token operator = peek();
      if (operator.is("*")) {
        next();
        value = found(Folding.times(value, unary(true)), operator);
      } else if (operator.is("%")) {
        next();
        Value right = unary(true);
        List<Value> arguments = right.items() != null ? right.items() : List.of(right);
        value =
            value.number() != null
                ? Value.UNKNOWN
                : found(Folding.percent(value, arguments), operator);
      } else if (operator.is("/") || operator.is("//")) {
        next();
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
    if (accept("-")) {
      Value inner = unary(false);
      value = inner.number() != null ? Value.number(-inner.number()) : Value.UNKNOWN;
    } else if (accept("+")) {
      value = unary(false);
    } else {
      value = primary();
    }
    value = postfix(value);
    if (accept("**")) {
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
    Token token = next();
    switch (token.kind()) {
      case STRING -> {
        StringBuilder text = new StringBuilder(token.text());
        while (peek().kind() == Token.Kind.STRING) {
          text.append(next().text());
        }
        return found(Value.text(text.toString()), token);
      }
      case NUMBER -> {
        return number(token.text());
      }
      case NAME -> {
        Value known = variables.get(token.text());
        return known == null ? Value.name(token.text()) : known;
      }
      case OPERATOR, END -> {
        return switch (token.text()) {
          case "(" -> {
            if (accept(")")) {
              yield Value.list(List.of());
            }
            Value value = tuple();
            expect(")");
            yield value;
          }
          case "[" -> list("]");
          case "{" -> dict();
          default -> throw new Unclear("unexpected '" + token.text() + "'");
        };
      }
    }
    throw new IllegalStateException("unreachable");
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
    while (!accept(close)) {
      items.add(expression());
      if (!accept(",") && !peek().is(close)) {
        throw new Unclear("a list is not closed");
      }
    }
    return Value.list(items);
  }

  private Value dict() throws Unclear {
    List<Value> keys = new ArrayList<>();
    Value values = Value.UNKNOWN;
    while (!accept("}")) {
      keys.add(expression());
      expect(":");
      values = Value.computed(values, expression());
      if (!accept(",") && !peek().is("}")) {
        throw new Unclear("a dict is not closed");
      }
    }
    // As iterated and joined, a dict is its keys.
    return Value.list(keys);
  }

  private Value postfix(Value base) throws Unclear {
    Value value = base;
    while (true) {
      if (accept(".")) {
        Token name = next();
        value = peek().is("(") ? methodCall(value, name) : attribute(value, name);
      } else if (peek().is("[")) {
        Token open = next();
        value = subscript(value, open);
      } else if (peek().is("(")) {
        next();
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
      danger(name.position(), "." + name.text(), Verdict.UNKNOWN_CODE, "reads a private attribute");
    }
    String full = base.name() + "." + name.text();
    Value known = base.name().isEmpty() ? null : variables.get(full);
    return known != null
        ? known
        : new Value(null, null, null, base.name().isEmpty() ? "" : full, "", false);
  }

  private Value methodCall(Value base, Token name) throws Unclear {
    next();
    List<Value> arguments = new ArrayList<>();
    arguments(arguments, new ArrayList<>());
    if (name.text().startsWith("format")
        && Names.hints(base.pieces())
        && base.pieces().contains("__")) {
      danger(
          name.position(),
          "format(" + base.pieces() + ")",
          Verdict.RUNS_CODE,
          "a format string reads attributes");
    }
    return found(Folding.method(name.text(), base, arguments), name);
  }

  /// Behind the opening parenthesis, to behind the closing one.
  private void arguments(List<Value> arguments, List<Value> keywords) throws Unclear {
    while (!accept(")")) {
      if (accept("*") || accept("**")) {
        arguments.add(expression());
      } else if (peek().kind() == Token.Kind.NAME
          && at + 1 < tokens.size()
          && tokens.get(at + 1).is("=")) {
        keywords.add(Value.text(next().text()));
        next();
        arguments.add(expression());
      } else {
        arguments.add(expression());
      }
      if (!accept(",") && !peek().is(")")) {
        throw new Unclear("a call is not closed");
      }
    }
  }

  private Value subscript(Value base, Token open) throws Unclear {
    @Nullable Value[] parts = new Value[3];
    int part = 0;
    boolean slice = false;
    List<Value> several = new ArrayList<>();
    while (!accept("]")) {
      if (accept(":")) {
        slice = true;
        part++;
        if (part > 2) {
          throw new Unclear("a slice has four parts");
        }
      } else if (!accept(",")) {
        Value value = expression();
        parts[part] = value;
        several.add(value);
      }
    }
    if (slice) {
      for (Value bound : parts) {
        if (bound != null && bound.number() == null) {
          return Value.computed(base);
        }
      }
      return found(Folding.slice(base, number(parts[0]), number(parts[1]), number(parts[2])), open);
    }
    Value key = parts[0] == null ? Value.UNKNOWN : parts[0];
    if (key.number() != null) {
      Value item = Folding.item(base, key.number());
      return item == null ? Value.computed(base) : item;
    }
    access(key, open, false);
    return key.text() != null && !base.name().isEmpty()
        ? new Value(null, null, null, base.name() + "." + key.text(), "", false)
        : Value.UNKNOWN;
  }

  private static @Nullable Long number(@Nullable Value value) {
    return value == null ? null : value.number();
  }

  /// Judges a name that is given as a value.
  private void access(Value key, Token where, boolean filter) {
    if (key.text() != null) {
      if (Names.dangerous(key.text()) && (filter || Names.mentions(key.text()))) {
        danger(
            where.position(),
            key.text(),
            Verdict.RUNS_CODE,
            "reaches Python's objects behind the data");
      }
    } else if (key.computed() && Names.hints(key.pieces())) {
      danger(
          where.position(),
          key.pieces(),
          Verdict.RUNS_CODE,
          "puts the name of an attribute together");
    } else if (filter) {
      danger(
          where.position(),
          "attr",
          key.computed() ? Verdict.RUNS_CODE : Verdict.UNKNOWN_CODE,
          "computes the name of an attribute");
    }
  }

  private Value filters(Value base, boolean first) throws Unclear {
    Value value = base;
    boolean pending = first;
    while (true) {
      if (pending || accept("|")) {
        pending = false;
        Token name = next();
        StringBuilder full = new StringBuilder(name.text());
        while (accept(".")) {
          full.append('.').append(next().text());
        }
        List<Value> arguments = new ArrayList<>();
        if (accept("(")) {
          arguments(arguments, new ArrayList<>());
        }
        value = filter(value, full.toString(), arguments, name);
      } else if (accept("is")) {
        accept("not");
        test();
        value = Value.UNKNOWN;
      } else if (peek().is("(") || peek().is("[") || peek().is(".")) {
        value = postfix(value);
      } else {
        return value;
      }
    }
  }

  private Value filter(Value base, String name, List<Value> arguments, Token token) {
    if (name.equals("attr")) {
      access(arguments.isEmpty() ? Value.UNKNOWN : arguments.getFirst(), token, true);
      return Value.UNKNOWN;
    }
    if (name.equals("map") && !arguments.isEmpty() && "attr".equals(arguments.getFirst().text())) {
      access(arguments.size() < 2 ? Value.UNKNOWN : arguments.get(1), token, true);
      return Value.computed(base);
    }
    boolean text = name.equals("string") || name.equals("list") || name.equals("urlencode");
    if (text && Names.FUNCTIONS.contains(base.name())) {
      danger(
          token.position(),
          base.name() + "|" + name,
          Verdict.RUNS_CODE,
          "takes characters from a function's description");
    }
    return found(Folding.filter(name, base, arguments), token);
  }

  /// `is NAME`, `is NAME(…)`, `is NAME argument`.
  private void test() throws Unclear {
    next();
    while (accept(".")) {
      next();
    }
    if (accept("(")) {
      arguments(new ArrayList<>(), new ArrayList<>());
      return;
    }
    Token token = peek();
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

  private Value found(Value value, Token where) {
    String text = value.text();
    if (text != null && where.kind() != Token.Kind.STRING && Names.mentions(text)) {
      danger(where.position(), text, Verdict.RUNS_CODE, "puts the name of an attribute together");
    }
    return value;
  }
}
