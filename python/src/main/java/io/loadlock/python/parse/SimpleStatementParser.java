package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.ImportAlias;
import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Simple statements (Python reference §7), Python 2's `print` and `exec` among them.
final class SimpleStatementParser {
  private final byte[] text;
  private final Scanner scanner;
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final ParameterParser parameters;

  SimpleStatementParser(
      byte[] text, Scanner scanner, ExpressionParser expressions, ParameterParser parameters) {
    this.text = text;
    this.scanner = scanner;
    this.tokens = scanner.tokens;
    this.expressions = expressions;
    this.parameters = parameters;
  }

  Statement statement() {
    int start = tokens.start();
    int end = tokens.ends[tokens.at];
    return switch (tokens.kind()) {
      case RETURN -> {
        tokens.at++;
        Optional<Expression> value = optionalValue();
        yield new Statement.Return(start, tokens.lastEnd(), value);
      }
      case PASS -> {
        tokens.at++;
        yield new Statement.Pass(start, end);
      }
      case BREAK -> {
        tokens.at++;
        yield new Statement.Break(start, end);
      }
      case CONTINUE -> {
        tokens.at++;
        yield new Statement.Continue(start, end);
      }
      case IMPORT -> imports();
      case FROM -> importFrom();
      case RAISE -> raise();
      case DEL -> delete();
      case ASSERT -> asserts();
      case GLOBAL -> {
        List<String> names = names();
        yield new Statement.Global(start, tokens.lastEnd(), names);
      }
      case NONLOCAL -> {
        if (tokens.peek() != NAME) {
          yield expression();
        }
        List<String> names = names();
        yield new Statement.Nonlocal(start, tokens.lastEnd(), names);
      }
      case NAME -> nameFirst();
      default -> expression();
    };
  }

  private Optional<Expression> optionalValue() {
    return tokens.kind() == NEWLINE || tokens.kind() == SEMICOLON
        ? Optional.empty()
        : Optional.of(expressions.value());
  }

  private List<String> names() {
    List<String> names = new ArrayList<>(2);
    do {
      tokens.at++;
      names.add(expressions.name());
    } while (tokens.kind() == COMMA);
    return names;
  }

  /// Statements whose first word is a name in some Python.
  private Statement nameFirst() {
    byte first = text[tokens.start()];
    if (first == 'p' && isWord("print")) {
      return print();
    }
    if (first == 'e' && isWord("exec") && beginsOperand(tokens.peek())) {
      return exec();
    }
    if (first == 't' && tokens.peek() == NAME && isWord("type")) {
      return typeAlias();
    }
    return expression();
  }

  private boolean isWord(String word) {
    int start = tokens.start();
    if (tokens.ends[tokens.at] - start != word.length()) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (text[start + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// True where an operand begins that cannot go on an expression begun by a name.
  private static boolean beginsOperand(byte kind) {
    return switch (kind) {
      case NAME,
          NUMBER,
          STRING,
          STRING_ESCAPED,
          FSTRING_START,
          LBRACE,
          BACKQUOTE,
          TILDE,
          LAMBDA,
          NONE,
          TRUE,
          FALSE,
          ELLIPSIS ->
          true;
      default -> false;
    };
  }

  /// `print x` is a statement, `print(x)` is a call; `print (a), b` and `print -x` are read as
  /// Python 3 reads them, unless only Python 2 can.
  private Statement print() {
    byte next = tokens.peek();
    int from = tokens.at;
    if (beginsOperand(next) || next == RIGHT_SHIFT || next == NOT && tokens.kinds[from + 2] != IN) {
      return printStatement();
    }
    try {
      Statement call = expression();
      if (tokens.kind() == NEWLINE || tokens.kind() == SEMICOLON) {
        return call;
      }
    } catch (Unparsable e) {
      if (next == NEWLINE) {
        throw e;
      }
    }
    tokens.at = from;
    expressions.surface();
    return printStatement();
  }

  private Statement printStatement() {
    int start = tokens.start();
    tokens.at++;
    Optional<Expression> destination = Optional.empty();
    List<Expression> values = new ArrayList<>(2);
    if (tokens.accept(RIGHT_SHIFT)) {
      destination = Optional.of(expressions.expression());
      tokens.accept(COMMA);
    }
    while (tokens.kind() != NEWLINE && tokens.kind() != SEMICOLON) {
      values.add(expressions.expression());
      if (!tokens.accept(COMMA)) {
        break;
      }
    }
    return new Statement.Print(start, tokens.lastEnd(), destination, values);
  }

  private Statement exec() {
    int start = tokens.start();
    tokens.at++;
    Expression code = expressions.binary(Operators.BITWISE_OR_LEVEL);
    List<Expression> scopes = new ArrayList<>(2);
    if (tokens.accept(IN)) {
      scopes.add(expressions.expression());
      if (tokens.accept(COMMA)) {
        scopes.add(expressions.expression());
      }
    }
    return new Statement.Exec(start, tokens.lastEnd(), code, scopes);
  }

  private Statement typeAlias() {
    int start = tokens.start();
    tokens.at++;
    var name = new Expression.Name(tokens.start(), tokens.ends[tokens.at], expressions.name());
    var typeParameters = parameters.typeParameters();
    expressions.expect(EQUAL);
    Expression value = expressions.expression();
    return new Statement.TypeAlias(start, tokens.lastEnd(), name, typeParameters, value);
  }

  /// An expression, or an assignment of any kind.
  private Statement expression() {
    int start = tokens.start();
    Expression first = expressions.value();
    return switch (tokens.kind()) {
      case EQUAL -> assignment(start, first);
      case AUGMENTED -> {
        int at = tokens.at++;
        String operator = expressions.literal(tokens.starts[at], tokens.ends[at] - 1);
        Expression value = expressions.value();
        yield new Statement.AugAssign(start, tokens.lastEnd(), first, operator, value);
      }
      case COLON -> annotated(start, first);
      default -> new Statement.Expr(start, tokens.lastEnd(), first);
    };
  }

  private Statement assignment(int start, Expression first) {
    List<Expression> targets = new ArrayList<>(1);
    Expression last = first;
    while (tokens.accept(EQUAL)) {
      targets.add(last);
      last = expressions.value();
    }
    return new Statement.Assign(start, tokens.lastEnd(), targets, last);
  }

  private Statement annotated(int start, Expression target) {
    boolean bindable =
        switch (target) {
          case Expression.Name _ -> true;
          case Expression.Attribute _ -> true;
          case Expression.Subscript _ -> true;
          default -> false;
        };
    if (!bindable) {
      throw Unparsable.HERE;
    }
    tokens.at++;
    Expression annotation = expressions.expression();
    Optional<Expression> value =
        tokens.accept(EQUAL) ? Optional.of(expressions.value()) : Optional.empty();
    return new Statement.AnnAssign(start, tokens.lastEnd(), target, annotation, value);
  }

  private Statement raise() {
    int start = tokens.start();
    tokens.at++;
    List<Expression> arguments = new ArrayList<>(1);
    Optional<Expression> cause = Optional.empty();
    if (tokens.kind() != NEWLINE && tokens.kind() != SEMICOLON) {
      do {
        arguments.add(expressions.expression());
      } while (tokens.accept(COMMA));
      if (tokens.accept(FROM)) {
        cause = Optional.of(expressions.expression());
      }
    }
    return new Statement.Raise(start, tokens.lastEnd(), arguments, cause);
  }

  private Statement delete() {
    int start = tokens.start();
    tokens.at++;
    List<Expression> targets = new ArrayList<>(1);
    do {
      targets.add(expressions.starNamed());
    } while (tokens.accept(COMMA) && tokens.kind() != NEWLINE && tokens.kind() != SEMICOLON);
    return new Statement.Delete(start, tokens.lastEnd(), targets);
  }

  private Statement asserts() {
    int start = tokens.start();
    tokens.at++;
    Expression test = expressions.named();
    Optional<Expression> message =
        tokens.accept(COMMA) ? Optional.of(expressions.named()) : Optional.empty();
    return new Statement.Assert(start, tokens.lastEnd(), test, message);
  }

  private Statement imports() {
    int start = tokens.start();
    List<ImportAlias> names = new ArrayList<>(1);
    do {
      tokens.at++;
      int from = tokens.start();
      String name = dottedName();
      names.add(alias(from, name));
    } while (tokens.kind() == COMMA);
    return new Statement.Import(start, tokens.lastEnd(), names);
  }

  private ImportAlias alias(int start, String name) {
    Optional<String> asName =
        tokens.accept(AS) ? Optional.of(expressions.name()) : Optional.empty();
    return new ImportAlias(start, tokens.lastEnd(), name, asName);
  }

  private String dottedName() {
    String name = expressions.name();
    if (tokens.kind() != DOT) {
      return name;
    }
    StringBuilder dotted = new StringBuilder(name);
    while (tokens.accept(DOT)) {
      dotted.append('.').append(expressions.name());
    }
    return dotted.toString();
  }

  private Statement importFrom() {
    int start = tokens.start();
    tokens.at++;
    int level = 0;
    while (tokens.kind() == DOT || tokens.kind() == ELLIPSIS) {
      level += tokens.kind() == DOT ? 1 : 3;
      tokens.at++;
    }
    String module = tokens.kind() == IMPORT ? "" : dottedName();
    expressions.expect(IMPORT);
    List<ImportAlias> names = new ArrayList<>(2);
    if (tokens.kind() == STAR) {
      names.add(new ImportAlias(tokens.start(), tokens.ends[tokens.at], "*", Optional.empty()));
      tokens.at++;
    } else if (tokens.accept(LPAR)) {
      importedNames(start, names);
    } else {
      do {
        int from = tokens.start();
        names.add(alias(from, expressions.name()));
      } while (tokens.accept(COMMA) && tokens.kind() != NEWLINE);
    }
    return new Statement.ImportFrom(start, tokens.lastEnd(), module, level, names);
  }

  /// The names in parentheses. Those before damage count: the calls further down hang on them.
  private void importedNames(int start, List<ImportAlias> names) {
    while (tokens.kind() != RPAR) {
      if (tokens.kind() == NEWLINE && !names.isEmpty()) {
        scanner.problems.add("'(' was never closed", start, tokens.lastEnd());
        return;
      }
      int from = tokens.start();
      names.add(alias(from, expressions.name()));
      if (tokens.kind() != RPAR && tokens.kind() != NEWLINE) {
        expressions.expect(COMMA);
      }
    }
    tokens.at++;
  }
}
