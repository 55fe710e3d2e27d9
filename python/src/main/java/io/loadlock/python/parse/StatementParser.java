package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.tree.TypeParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Compound statements and blocks (Python reference §8). Blocks are told by columns alone, so that
/// bad indentation moves a statement at worst and loses none. Damage is caught per statement, and
/// per header of a compound one.
final class StatementParser {
  /// CPython refuses more than 100 levels of indentation.
  private static final int DEEPEST_BLOCK = 120;

  /// An `elif` chain is a tree as tall as it is long; the branches behind this many stand side by
  /// side.
  private static final int MOST_BRANCHES = 150;

  private final Scanner scanner;
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final ParameterParser parameters;
  private final SimpleStatementParser simple;
  private final TryParser tries;
  private final MatchParser matches;
  private final Recovery recovery;
  private int blocks;

  StatementParser(byte[] text, Scanner scanner) {
    this.scanner = scanner;
    this.tokens = scanner.tokens;
    this.expressions = new ExpressionParser(text, tokens);
    this.parameters = new ParameterParser(tokens, expressions);
    this.recovery = new Recovery(text, scanner, expressions);
    this.simple = new SimpleStatementParser(text, scanner, expressions, parameters);
    this.tries = new TryParser(this, scanner, expressions);
    this.matches = new MatchParser(this, scanner, expressions);
  }

  /// All statements of a section.
  List<Statement> section(int start, int end) {
    scanner.section(start, end);
    scanner.line();
    List<Statement> body = new ArrayList<>();
    if (tokens.kind() != END && scanner.column > 0 && !scanner.ipython) {
      scanner.problems.add("unexpected indent", tokens.start(), tokens.start());
    }
    block(body, -1);
    return body;
  }

  /// The lines that stand further in than `outer`.
  private void block(List<Statement> body, int outer) {
    int column = scanner.column;
    while (tokens.kind() != END && scanner.column > outer) {
      if (scanner.column != column) {
        String reason =
            scanner.column > column ? "unexpected indent" : "unindent matches no outer level";
        scanner.problems.add(reason, tokens.start(), tokens.start());
      }
      statement(body);
    }
  }

  /// The statement or statements of one logical line, with the blocks that belong to it.
  void statement(List<Statement> body) {
    expressions.surface();
    int start = tokens.start();
    switch (tokens.kind()) {
      case IF -> body.add(ifs());
      case FOR -> body.add(forLoop(start, false));
      case WHILE -> body.add(whileLoop());
      case DEF -> body.add(function(start, false, List.of()));
      case CLASS -> body.add(type(List.of()));
      case WITH -> body.add(with(start, false));
      case TRY -> body.add(tries.tryStatement());
      case AT -> decorated(body);
      case ASYNC -> async(body, List.of());
      default -> {
        if (matches.begins()) {
          body.add(matches.match());
        } else {
          simpleLine(body);
        }
      }
    }
  }

  private void async(List<Statement> body, List<Expression> decorators) {
    int start = tokens.start();
    byte next = tokens.peek();
    if (next != DEF && next != FOR && next != WITH) {
      simpleLine(body);
      return;
    }
    tokens.at++;
    body.add(
        next == DEF
            ? function(start, true, decorators)
            : next == FOR ? forLoop(start, true) : with(start, true));
  }

  /// Simple statements up to the end of the line, or what is left of them.
  void simpleLine(List<Statement> body) {
    while (tokens.kind() != NEWLINE) {
      int from = tokens.at;
      try {
        body.add(simple.statement());
        if (!tokens.accept(SEMICOLON) && tokens.kind() != NEWLINE) {
          body.removeLast();
          throw Unparsable.HERE;
        }
      } catch (Unparsable e) {
        body.add(damaged(from, e));
        return;
      }
    }
    scanner.line();
  }

  /// A damaged line; one that ends with a colon keeps its block.
  private Statement damaged(int from, Unparsable why) {
    int column = scanner.column;
    boolean imports = tokens.kinds[from] == FROM;
    Expression.Damaged damage = recovery.damaged(from, true, why);
    Optional<Statement> statement = imports ? importAfterAll(from) : Optional.empty();
    if (statement.isPresent()) {
      scanner.line();
      return statement.get();
    }
    boolean header = tokens.at > 0 && tokens.kinds[tokens.at - 1] == COLON;
    scanner.line();
    if (!header || tokens.kind() == END || scanner.column <= column || blocks >= DEEPEST_BLOCK) {
      return new Statement.Damaged(damage.start(), damage.end(), damage.found());
    }
    List<Statement> body = nested(column);
    return new Statement.If(damage.start(), body.getLast().end(), damage, body, List.of());
  }

  /// An import whose bracket was never closed, read again now that the line has been cut.
  private Optional<Statement> importAfterAll(int from) {
    int end = tokens.at;
    tokens.at = from;
    try {
      Statement statement = simple.statement();
      return tokens.at == end ? Optional.of(statement) : Optional.empty();
    } catch (Unparsable _) {
      return Optional.empty();
    } finally {
      tokens.at = end;
    }
  }

  Expression.Damaged header(int from, Unparsable why) {
    return recovery.damaged(from, true, why);
  }

  /// What follows the colon of a header that stands at `column`: statements on the same line, or a
  /// block.
  List<Statement> suite(int column) {
    if (tokens.kind() != NEWLINE) {
      List<Statement> body = new ArrayList<>(1);
      simpleLine(body);
      return body;
    }
    int end = tokens.lastEnd();
    scanner.line();
    if (tokens.kind() == END || scanner.column <= column) {
      if (scanner.passed <= column) {
        scanner.problems.add("expected an indented block", end, end);
      }
      return List.of();
    }
    if (blocks >= DEEPEST_BLOCK) {
      scanner.problems.add("blocks are nested too deeply", tokens.start(), tokens.start());
      return List.of();
    }
    return nested(column);
  }

  private List<Statement> nested(int column) {
    List<Statement> body = new ArrayList<>();
    blocks++;
    block(body, column);
    blocks--;
    return body;
  }

  /// The end of a compound statement: that of its last block that has a statement.
  static int end(int header, List<Statement> body) {
    return body.isEmpty() ? header : body.getLast().end();
  }

  /// Whether the current line continues a compound statement at `column` with `keyword`.
  boolean continues(byte keyword, int column) {
    return tokens.kind() == keyword && scanner.column == column && tokens.at == 0;
  }

  /// A named expression and the colon, or what is left of them.
  private Expression condition(int from) {
    try {
      Expression test = expressions.named();
      expressions.expect(COLON);
      return test;
    } catch (Unparsable e) {
      return header(from, e);
    }
  }

  List<Statement> orElse(int column) {
    return continues(ELSE, column) ? clause(column) : List.of();
  }

  /// `else:` or `finally:` with its block.
  List<Statement> clause(int column) {
    int from = tokens.at++;
    expressions.surface();
    List<Statement> lost = new ArrayList<>(1);
    try {
      expressions.expect(COLON);
    } catch (Unparsable e) {
      Expression.Damaged damage = header(from, e);
      lost.add(new Statement.Damaged(damage.start(), damage.end(), damage.found()));
    }
    List<Statement> body = suite(column);
    if (lost.isEmpty()) {
      return body;
    }
    lost.addAll(body);
    return lost;
  }

  private record Branch(int start, int end, Expression test, List<Statement> body) {}

  private Statement ifs() {
    int column = scanner.column;
    List<Branch> branches = new ArrayList<>(2);
    do {
      expressions.surface();
      int start = tokens.start();
      int from = tokens.at++;
      Expression test = condition(from);
      int header = tokens.lastEnd();
      List<Statement> body = suite(column);
      branches.add(new Branch(start, end(header, body), test, body));
    } while (continues(ELIF, column));
    List<Statement> orElse = orElse(column);
    int last = branches.size() - 1;
    if (last >= MOST_BRANCHES) {
      orElse = sideBySide(branches.subList(MOST_BRANCHES, last + 1), orElse);
      last = MOST_BRANCHES - 1;
    }
    Statement.If result = joined(branches.get(last), orElse);
    for (int i = last - 1; i >= 0; i--) {
      result = joined(branches.get(i), List.of(result));
    }
    return result;
  }

  private static Statement.If joined(Branch branch, List<Statement> orElse) {
    return new Statement.If(
        branch.start, end(branch.end, orElse), branch.test, branch.body, orElse);
  }

  private static List<Statement> sideBySide(List<Branch> branches, List<Statement> orElse) {
    List<Statement> row = new ArrayList<>();
    for (Branch branch : branches) {
      row.add(joined(branch, List.of()));
    }
    row.addAll(orElse);
    return row;
  }

  private Statement whileLoop() {
    int column = scanner.column;
    int start = tokens.start();
    int from = tokens.at++;
    Expression test = condition(from);
    int header = tokens.lastEnd();
    List<Statement> body = suite(column);
    List<Statement> orElse = orElse(column);
    return new Statement.While(start, end(end(header, body), orElse), test, body, orElse);
  }

  private Statement forLoop(int start, boolean async) {
    int column = scanner.column;
    int from = tokens.at++;
    Expression target;
    Expression iterable;
    try {
      target = expressions.targets();
      expressions.expect(IN);
      iterable = expressions.several();
      expressions.expect(COLON);
    } catch (Unparsable e) {
      iterable = header(from, e);
      target = new Expression.Damaged(iterable.start(), iterable.start(), List.of());
    }
    int header = tokens.lastEnd();
    List<Statement> body = suite(column);
    List<Statement> orElse = orElse(column);
    int end = end(end(header, body), orElse);
    return new Statement.For(start, end, async, target, iterable, body, orElse);
  }

  private Statement with(int start, boolean async) {
    int column = scanner.column;
    int from = tokens.at++;
    var items = new WithParser(tokens, expressions).items(from, this);
    int header = tokens.lastEnd();
    List<Statement> body = suite(column);
    return new Statement.With(start, end(header, body), async, items, body);
  }

  private void decorated(List<Statement> body) {
    List<Expression> decorators = new ArrayList<>(1);
    int start = tokens.start();
    while (tokens.kind() == AT) {
      expressions.surface();
      int from = tokens.at++;
      try {
        decorators.add(expressions.named());
        if (tokens.kind() != NEWLINE) {
          throw Unparsable.HERE;
        }
      } catch (Unparsable e) {
        decorators.add(header(from, e));
      }
      scanner.line();
    }
    if (tokens.kind() == DEF) {
      body.add(function(tokens.start(), false, decorators));
    } else if (tokens.kind() == CLASS) {
      body.add(type(decorators));
    } else if (tokens.kind() == ASYNC && tokens.peek() == DEF) {
      async(body, decorators);
    } else {
      int end = decorators.getLast().end();
      scanner.problems.add("a decorator without a function or class", start, end);
      body.add(new Statement.Damaged(start, end, decorators));
    }
  }

  private Statement function(int start, boolean async, List<Expression> decorators) {
    int column = scanner.column;
    expressions.surface();
    int from = tokens.at++;
    String name = "";
    List<TypeParameter> typeParameters = List.of();
    List<Parameter> list = new ArrayList<>(4);
    Optional<Expression> returns = Optional.empty();
    try {
      name = expressions.name();
      typeParameters = parameters.typeParameters();
      expressions.expect(LPAR);
      parameters.into(list, RPAR, true);
      expressions.expect(RPAR);
      if (tokens.accept(ARROW)) {
        returns = Optional.of(expressions.several());
      }
      expressions.expect(COLON);
    } catch (Unparsable e) {
      returns = Optional.of(header(from, e));
    }
    int header = tokens.lastEnd();
    List<Statement> body = suite(column);
    return new Statement.FunctionDef(
        start, end(header, body), name, async, decorators, typeParameters, list, returns, body);
  }

  private Statement type(List<Expression> decorators) {
    int column = scanner.column;
    expressions.surface();
    int start = tokens.start();
    int from = tokens.at++;
    String name = "";
    List<TypeParameter> typeParameters = List.of();
    List<Argument> bases = List.of();
    try {
      name = expressions.name();
      typeParameters = parameters.typeParameters();
      if (tokens.kind() == LPAR) {
        bases = expressions.arguments();
      }
      expressions.expect(COLON);
    } catch (Unparsable e) {
      Expression.Damaged damage = header(from, e);
      bases = new ArrayList<>(bases);
      bases.add(new Argument.Positional(damage.start(), damage.end(), damage));
    }
    int header = tokens.lastEnd();
    List<Statement> body = suite(column);
    return new Statement.ClassDef(
        start, end(header, body), name, decorators, typeParameters, bases, body);
  }
}
