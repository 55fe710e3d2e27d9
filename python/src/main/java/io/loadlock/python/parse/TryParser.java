package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.ExceptHandler;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `try` in the shapes of every Python: `except E, name:`, `except E as name:`, `except* E:`,
/// `except A, B:`.
final class TryParser {
  private final StatementParser statements;
  private final Scanner scanner;
  private final Tokens tokens;
  private final ExpressionParser expressions;

  TryParser(StatementParser statements, Scanner scanner, ExpressionParser expressions) {
    this.statements = statements;
    this.scanner = scanner;
    this.tokens = scanner.tokens;
    this.expressions = expressions;
  }

  Statement tryStatement() {
    int column = scanner.column;
    int start = tokens.start();
    int end = tokens.ends[tokens.at];
    List<Statement> body = statements.clause(column);
    end = StatementParser.end(end, body);
    List<ExceptHandler> handlers = new ArrayList<>(1);
    boolean star = false;
    while (statements.continues(EXCEPT, column)) {
      star |= tokens.peek() == STAR;
      ExceptHandler handler = handler(column);
      end = handler.end();
      handlers.add(handler);
    }
    List<Statement> orElse = statements.orElse(column);
    boolean last = statements.continues(FINALLY, column);
    List<Statement> finalBody = last ? statements.clause(column) : List.of();
    if (handlers.isEmpty() && !last) {
      scanner.problems.add("expected 'except' or 'finally'", start, end);
    }
    end = StatementParser.end(StatementParser.end(end, orElse), finalBody);
    return new Statement.Try(start, end, body, handlers, orElse, finalBody, star);
  }

  private ExceptHandler handler(int column) {
    expressions.surface();
    int start = tokens.start();
    int from = tokens.at++;
    tokens.accept(STAR);
    Optional<Expression> type = Optional.empty();
    Optional<Expression> target = Optional.empty();
    try {
      if (tokens.kind() != COLON) {
        Expression caught = expressions.several();
        type = Optional.of(caught);
        if (tokens.accept(AS)) {
          target = Optional.of(expressions.primary());
        } else if (isPython2(caught) && caught instanceof Expression.Tuple pair) {
          type = Optional.of(pair.elements().getFirst());
          target = Optional.of(pair.elements().getLast());
        }
      }
      expressions.expect(COLON);
    } catch (Unparsable e) {
      type = Optional.of(statements.header(from, e));
    }
    int header = tokens.lastEnd();
    List<Statement> body = statements.suite(column);
    return new ExceptHandler(start, StatementParser.end(header, body), type, target, body);
  }

  /// `except A, b:` binds `b` in Python 2; in 3.14 (PEP 758) it catches both. What is written like
  /// a class is one.
  private static boolean isPython2(Expression caught) {
    return caught instanceof Expression.Tuple tuple
        && tuple.elements().size() == 2
        && tuple.start() == tuple.elements().getFirst().start()
        && switch (tuple.elements().getLast()) {
          case Expression.Name name -> !Character.isUpperCase(name.id().codePointAt(0));
          case Expression.Tuple _ -> true;
          default -> false;
        };
  }
}
