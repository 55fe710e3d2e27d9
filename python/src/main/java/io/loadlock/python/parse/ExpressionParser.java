package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Comprehension;
import io.loadlock.python.tree.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Expressions (Python reference §6), by recursive descent over the tokens of one logical line.
/// Every method begins at the current token and leaves the one behind its expression current, or
/// throws [Unparsable].
final class ExpressionParser {
  /// CPython refuses more than 200 nested brackets; this counts every kind of nesting.
  private static final int DEEPEST = 250;

  /// Operators of one level in a row, and attributes, calls and subscripts behind one atom: the
  /// tree grows by one with each.
  private static final int LONGEST = 400;

  private final byte[] text;
  private final Tokens tokens;
  private final Names names = new Names();
  private final AtomParser atoms;
  private int depth;

  /// While damage is searched for calls: a call whose arguments cannot be read ends where reading
  /// them ended.
  boolean tolerant;

  /// Tokens of this line that were gone back over while tolerant.
  private long again;

  ExpressionParser(byte[] text, Tokens tokens) {
    this.text = text;
    this.tokens = tokens;
    this.atoms = new AtomParser(text, tokens, this);
  }

  void surface() {
    depth = 0;
  }

  /// Begins the search for calls in a damaged line.
  void beginTolerant() {
    tolerant = true;
    again = 0;
  }

  /// Leaves what could not be read to the search for calls, unless much of the line has been left
  /// to it before.
  private void goBack(int from) {
    again += tokens.at - from;
    if (again <= 8L * tokens.count + 1000) {
      tokens.at = from;
    }
  }

  void enter() {
    if (++depth > DEEPEST) {
      throw Unparsable.TOO_DEEP;
    }
  }

  void leave() {
    depth--;
  }

  void expect(byte kind) {
    if (tokens.kinds[tokens.at] != kind) {
      throw Unparsable.HERE;
    }
    tokens.at++;
  }

  /// The current token as an identifier. Words that were no keywords in some Python are accepted as
  /// names.
  String name() {
    byte kind = tokens.kind();
    if (kind != NAME && !wasOnceAName(kind)) {
      throw Unparsable.HERE;
    }
    return word();
  }

  /// The current token's text, whatever it is.
  String word() {
    int at = tokens.at++;
    return names.identifier(text, tokens.starts[at], tokens.ends[at]);
  }

  String literal(int start, int end) {
    return names.literal(text, start, end);
  }

  static boolean wasOnceAName(byte kind) {
    return kind == ASYNC
        || kind == AWAIT
        || kind == NONLOCAL
        || kind == TRUE
        || kind == FALSE
        || kind == NONE;
  }

  /// `expression`: a conditional or a lambda.
  Expression expression() {
    enter();
    Expression result = tokens.kind() == LAMBDA ? lambda() : conditional();
    leave();
    return result;
  }

  private Expression conditional() {
    int start = tokens.start();
    Expression body = binary(Operators.OR_LEVEL);
    if (tokens.kind() != IF) {
      return body;
    }
    tokens.at++;
    Expression test = binary(Operators.OR_LEVEL);
    expect(ELSE);
    Expression orElse = expression();
    return new Expression.IfExp(start, tokens.lastEnd(), test, body, orElse);
  }

  private Expression lambda() {
    int start = tokens.start();
    tokens.at++;
    var parameters = new ParameterParser(tokens, this).parameters(COLON, false);
    expect(COLON);
    Expression body = expression();
    return new Expression.Lambda(start, tokens.lastEnd(), parameters, body);
  }

  /// `named_expression`: also `name := value`.
  Expression named() {
    if (tokens.kind() == NAME && tokens.peek() == WALRUS) {
      int start = tokens.start();
      int end = tokens.ends[tokens.at];
      var target = new Expression.Name(start, end, name());
      tokens.at++;
      Expression value = expression();
      return new Expression.NamedExpr(start, tokens.lastEnd(), target, value);
    }
    return expression();
  }

  /// `star_named_expression`: also `*value`.
  Expression starNamed() {
    return tokens.kind() == STAR ? starred() : named();
  }

  private Expression starred() {
    int start = tokens.start();
    tokens.at++;
    Expression value = binary(Operators.BITWISE_OR_LEVEL);
    return new Expression.Starred(start, tokens.lastEnd(), value);
  }

  /// `star_expressions` or a yield: what stands on the right of an assignment.
  Expression value() {
    return tokens.kind() == YIELD ? yields() : several();
  }

  /// `star_expressions`: one expression, or a tuple without parentheses.
  Expression several() {
    int start = tokens.start();
    Expression first = starNamed();
    if (tokens.kind() != COMMA) {
      return first;
    }
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (tokens.accept(COMMA)) {
      if (!beginsExpression()) {
        break;
      }
      elements.add(starNamed());
    }
    return new Expression.Tuple(start, tokens.lastEnd(), elements);
  }

  /// `star_targets`, as they stand between `for` and `in`: nothing that binds as loosely as `in`.
  Expression targets() {
    int start = tokens.start();
    Expression first = target();
    if (tokens.kind() != COMMA) {
      return first;
    }
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (tokens.accept(COMMA)) {
      if (tokens.kind() == IN || tokens.kind() == EQUAL) {
        break;
      }
      elements.add(target());
    }
    return new Expression.Tuple(start, tokens.lastEnd(), elements);
  }

  private Expression target() {
    return tokens.kind() == STAR ? starred() : binary(Operators.BITWISE_OR_LEVEL);
  }

  boolean beginsExpression() {
    byte kind = tokens.kind();
    return switch (kind) {
      case NAME,
          NUMBER,
          STRING,
          STRING_ESCAPED,
          FSTRING_START,
          OUTSIDE,
          LPAR,
          LBRACKET,
          LBRACE,
          BACKQUOTE,
          TILDE,
          PLUS,
          MINUS,
          STAR,
          ELLIPSIS,
          NOT,
          LAMBDA,
          AWAIT,
          ASYNC,
          NONE,
          TRUE,
          FALSE,
          NONLOCAL,
          YIELD ->
          true;
      default -> false;
    };
  }

  Expression yields() {
    int start = tokens.start();
    expect(YIELD);
    enter();
    Expression result;
    if (tokens.accept(FROM)) {
      Expression value = expression();
      result = new Expression.YieldFrom(start, tokens.lastEnd(), value);
    } else {
      Optional<Expression> value = beginsExpression() ? Optional.of(value()) : Optional.empty();
      result = new Expression.Yield(start, tokens.lastEnd(), value);
    }
    leave();
    return result;
  }

  /// Binary operators that bind at least as tightly as `level`, by precedence climbing.
  Expression binary(int level) {
    int start = tokens.start();
    Expression left = tokens.kind() == NOT && level <= Operators.NOT_LEVEL ? not() : unary();
    int links = 0;
    while (true) {
      byte kind = tokens.kind();
      int found = Operators.level(kind);
      if (found < level || found == 0) {
        return left;
      }
      if (found > Operators.COMPARISON_LEVEL) {
        tokens.at++;
        Expression right = binary(found + 1);
        if (++links > LONGEST) {
          return longChain(start, level, left, right);
        }
        left = new Expression.BinOp(start, tokens.lastEnd(), left, Operators.text(kind), right);
      } else if (found == Operators.COMPARISON_LEVEL) {
        if (kind == NOT && tokens.peek() != IN) {
          return left;
        }
        left = comparison(start, left);
      } else {
        left = junction(start, left, kind, found);
      }
    }
  }

  /// A sum of thousands of terms would be a tree too tall for those who walk it by recursion: its
  /// terms side by side.
  private Expression longChain(int start, int level, Expression left, Expression right) {
    List<Expression> terms = new ArrayList<>();
    terms.add(left);
    terms.add(right);
    while (Operators.level(tokens.kind()) > Operators.COMPARISON_LEVEL
        && Operators.level(tokens.kind()) >= level) {
      tokens.at++;
      terms.add(unary());
    }
    Expression chain = new Expression.Damaged(start, tokens.lastEnd(), terms);
    return level > Operators.COMPARISON_LEVEL ? chain : loose(start, level, chain);
  }

  /// Comparisons, `and` and `or` behind an operand that has been read already.
  private Expression loose(int start, int level, Expression operand) {
    Expression left = operand;
    while (true) {
      byte kind = tokens.kind();
      int found = Operators.level(kind);
      if (found < level || found == 0 || kind == NOT && tokens.peek() != IN) {
        return left;
      }
      left =
          found == Operators.COMPARISON_LEVEL
              ? comparison(start, left)
              : junction(start, left, kind, found);
    }
  }

  private Expression not() {
    int start = tokens.start();
    tokens.at++;
    enter();
    Expression operand = binary(Operators.NOT_LEVEL);
    leave();
    return new Expression.UnaryOp(start, tokens.lastEnd(), "not", operand);
  }

  private Expression junction(int start, Expression first, byte kind, int level) {
    List<Expression> values = new ArrayList<>(4);
    values.add(first);
    while (tokens.accept(kind)) {
      values.add(binary(level + 1));
    }
    return new Expression.BoolOp(start, tokens.lastEnd(), kind == AND, values);
  }

  private Expression comparison(int start, Expression first) {
    List<String> operators = new ArrayList<>(1);
    List<Expression> rest = new ArrayList<>(1);
    while (Operators.level(tokens.kind()) == Operators.COMPARISON_LEVEL) {
      byte kind = tokens.kind();
      if (kind == NOT && tokens.peek() != IN) {
        break;
      }
      tokens.at++;
      String operator = Operators.text(kind);
      if (kind == NOT) {
        tokens.at++;
      } else if (kind == IS && tokens.accept(NOT)) {
        operator = "is not";
      }
      operators.add(operator);
      rest.add(binary(Operators.BITWISE_OR_LEVEL));
    }
    return new Expression.Compare(start, tokens.lastEnd(), first, operators, rest);
  }

  private Expression unary() {
    byte kind = tokens.kind();
    if (kind != MINUS && kind != PLUS && kind != TILDE) {
      return power();
    }
    int start = tokens.start();
    tokens.at++;
    enter();
    Expression operand = unary();
    leave();
    String operator = kind == MINUS ? "-" : kind == PLUS ? "+" : "~";
    return new Expression.UnaryOp(start, tokens.lastEnd(), operator, operand);
  }

  private Expression power() {
    int start = tokens.start();
    Expression base = tokens.kind() == AWAIT && awaits() ? await() : primary();
    if (tokens.kind() != DOUBLE_STAR) {
      return base;
    }
    tokens.at++;
    enter();
    Expression exponent = unary();
    leave();
    return new Expression.BinOp(start, tokens.lastEnd(), base, "**", exponent);
  }

  /// `await` was a name before Python 3.7.
  private boolean awaits() {
    return switch (tokens.peek()) {
      case NAME,
          NUMBER,
          STRING,
          STRING_ESCAPED,
          FSTRING_START,
          LPAR,
          LBRACKET,
          LBRACE,
          ELLIPSIS,
          NONE,
          TRUE,
          FALSE,
          AWAIT ->
          true;
      default -> false;
    };
  }

  private Expression await() {
    int start = tokens.start();
    tokens.at++;
    enter();
    Expression value = tokens.kind() == AWAIT && awaits() ? await() : primary();
    leave();
    return new Expression.Await(start, tokens.lastEnd(), value);
  }

  /// An atom with its attributes, calls and subscripts.
  Expression primary() {
    int start = tokens.start();
    int outer = depth;
    Expression result = atoms.atom();
    int from = tokens.at;
    try {
      for (int links = 0; links < LONGEST; links++) {
        from = tokens.at;
        switch (tokens.kind()) {
          case DOT -> result = attribute(start, result);
          case LPAR -> {
            List<Argument> arguments = arguments();
            result = new Expression.Call(start, tokens.lastEnd(), result, arguments);
          }
          case LBRACKET -> result = subscript(start, result);
          default -> {
            return result;
          }
        }
      }
      throw Unparsable.TOO_DEEP;
    } catch (Unparsable e) {
      if (!tolerant) {
        throw e;
      }
      depth = outer;
      goBack(from);
      return result;
    }
  }

  private Expression attribute(int start, Expression value) {
    tokens.at++;
    String name = name();
    return new Expression.Attribute(start, tokens.lastEnd(), value, name);
  }

  private Expression subscript(int start, Expression value) {
    tokens.at++;
    enter();
    Expression index = index();
    leave();
    expect(RBRACKET);
    return new Expression.Subscript(start, tokens.lastEnd(), value, index);
  }

  /// The arguments of a call or the bases of a class, parentheses included.
  List<Argument> arguments() {
    int open = tokens.start();
    int outer = depth;
    expect(LPAR);
    if (tokens.accept(RPAR)) {
      return List.of();
    }
    List<Argument> arguments = new ArrayList<>(4);
    int from = tokens.at;
    try {
      enter();
      while (tokens.kind() != RPAR) {
        from = tokens.at;
        arguments.add(argument(open, arguments.isEmpty()));
        from = tokens.at;
        if (!tokens.accept(COMMA)) {
          break;
        }
      }
      leave();
      expect(RPAR);
    } catch (Unparsable e) {
      if (!tolerant) {
        throw e;
      }
      depth = outer;
      goBack(from);
    }
    return arguments;
  }

  private Argument argument(int open, boolean first) {
    int start = tokens.start();
    byte kind = tokens.kind();
    if (kind == STAR || kind == DOUBLE_STAR) {
      tokens.at++;
      Expression value = expression();
      return kind == STAR
          ? new Argument.Star(start, tokens.lastEnd(), value)
          : new Argument.DoubleStar(start, tokens.lastEnd(), value);
    }
    if (tokens.peek() == EQUAL && (kind == NAME || wasOnceAName(kind))) {
      String name = name();
      tokens.at++;
      Expression value = expression();
      return new Argument.Keyword(start, tokens.lastEnd(), name, value);
    }
    Expression value = named();
    if (beginsComprehension()) {
      List<Comprehension> generators = comprehensions(false);
      int from = first && tokens.kind() == RPAR ? open : start;
      int to = from == open ? tokens.ends[tokens.at] : tokens.lastEnd();
      value = new Expression.GeneratorExp(from, to, value, generators);
    }
    return new Argument.Positional(start, tokens.lastEnd(), value);
  }

  private Expression index() {
    int start = tokens.start();
    Expression first = slice();
    if (tokens.kind() != COMMA) {
      return first instanceof Expression.Starred
          ? new Expression.Tuple(start, tokens.lastEnd(), List.of(first))
          : first;
    }
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (tokens.accept(COMMA)) {
      if (tokens.kind() == RBRACKET) {
        break;
      }
      elements.add(slice());
    }
    return new Expression.Tuple(start, tokens.lastEnd(), elements);
  }

  private Expression slice() {
    int start = tokens.start();
    Optional<Expression> lower =
        tokens.kind() == COLON ? Optional.empty() : Optional.of(starNamed());
    if (tokens.kind() != COLON) {
      return lower.orElseThrow();
    }
    tokens.at++;
    Optional<Expression> upper = bound();
    Optional<Expression> step = tokens.accept(COLON) ? bound() : Optional.empty();
    return new Expression.Slice(start, tokens.lastEnd(), lower, upper, step);
  }

  private Optional<Expression> bound() {
    byte kind = tokens.kind();
    return kind == COLON || kind == COMMA || kind == RBRACKET
        ? Optional.empty()
        : Optional.of(expression());
  }

  boolean beginsComprehension() {
    return tokens.kind() == FOR || tokens.kind() == ASYNC && tokens.peek() == FOR;
  }

  /// The `for … in … if …` clauses; of a list comprehension if `list`.
  List<Comprehension> comprehensions(boolean list) {
    return new ComprehensionParser(tokens, this).clauses(list);
  }
}
