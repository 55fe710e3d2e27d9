package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.MatchCase;
import io.loadlock.python.tree.Pattern;
import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `match` statement (Python reference §8.6). `match` and `case` are names everywhere else.
final class MatchParser {
  private final StatementParser statements;
  private final Scanner scanner;
  private final Tokens tokens;
  private final ExpressionParser expressions;
  private final PatternParser patterns;

  MatchParser(StatementParser statements, Scanner scanner, ExpressionParser expressions) {
    this.statements = statements;
    this.scanner = scanner;
    this.tokens = scanner.tokens;
    this.expressions = expressions;
    this.patterns = new PatternParser(tokens, expressions);
  }

  /// A line that begins with the name `match` and ends with a colon can be nothing else.
  boolean begins() {
    return tokens.kind() == NAME
        && tokens.count > 3
        && tokens.kinds[tokens.count - 2] == COLON
        && tokens.peek() != COLON
        && isWord("match");
  }

  private boolean isWord(String word) {
    return tokens.kind() == NAME
        && tokens.ends[tokens.at] - tokens.start() == word.length()
        && expressions.literal(tokens.start(), tokens.ends[tokens.at]).equals(word);
  }

  Statement match() {
    int column = scanner.column;
    int start = tokens.start();
    int from = tokens.at++;
    Expression subject;
    try {
      subject = expressions.several();
      expressions.expect(COLON);
    } catch (Unparsable e) {
      subject = statements.header(from, e);
    }
    int end = tokens.lastEnd();
    scanner.line();
    List<MatchCase> cases = new ArrayList<>();
    while (tokens.kind() != END && scanner.column > column) {
      cases.add(isWord("case") ? matchCase() : stray());
      end = cases.getLast().end();
    }
    if (cases.isEmpty()) {
      scanner.problems.add("expected an indented block", end, end);
    }
    return new Statement.Match(start, end, subject, cases);
  }

  private MatchCase matchCase() {
    expressions.surface();
    int column = scanner.column;
    int start = tokens.start();
    int from = tokens.at++;
    Pattern pattern;
    Optional<Expression> guard = Optional.empty();
    try {
      pattern = patterns.patterns();
      if (tokens.accept(IF)) {
        guard = Optional.of(expressions.named());
      }
      expressions.expect(COLON);
    } catch (Unparsable e) {
      guard = Optional.of(statements.header(from, e));
      pattern = anything(start);
    }
    int header = tokens.lastEnd();
    List<Statement> body = statements.suite(column);
    return new MatchCase(start, StatementParser.end(header, body), pattern, guard, body);
  }

  private static Pattern anything(int at) {
    return new Pattern.MatchAs(at, at, Optional.empty(), Optional.empty());
  }

  /// A statement where a case is due: kept as a case that matches anything.
  private MatchCase stray() {
    int start = tokens.start();
    scanner.problems.add("expected a case", start, start);
    List<Statement> body = new ArrayList<>(1);
    statements.statement(body);
    return new MatchCase(
        start, StatementParser.end(start, body), anything(start), Optional.empty(), body);
  }
}
