package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The patterns of `case` (Python reference §8.6.4, PEP 634).
final class PatternParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  PatternParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /// `patterns`: one, or a sequence without brackets.
  Pattern patterns() {
    int start = tokens.start();
    Pattern first = maybeStar();
    if (tokens.kind() != COMMA) {
      return first instanceof Pattern.MatchStar
          ? new Pattern.MatchSequence(start, tokens.lastEnd(), List.of(first))
          : first;
    }
    List<Pattern> patterns = new ArrayList<>();
    patterns.add(first);
    while (tokens.accept(COMMA)) {
      if (tokens.kind() == COLON || tokens.kind() == IF) {
        break;
      }
      patterns.add(maybeStar());
    }
    return new Pattern.MatchSequence(start, tokens.lastEnd(), patterns);
  }

  private Pattern maybeStar() {
    if (tokens.kind() != STAR) {
      return as();
    }
    int start = tokens.start();
    tokens.at++;
    String name = expressions.name();
    return new Pattern.MatchStar(start, tokens.lastEnd(), captured(name));
  }

  private static Optional<String> captured(String name) {
    return name.equals("_") ? Optional.empty() : Optional.of(name);
  }

  private Pattern as() {
    int start = tokens.start();
    expressions.enter();
    Pattern pattern = or();
    expressions.leave();
    if (!tokens.accept(AS)) {
      return pattern;
    }
    String name = expressions.name();
    return new Pattern.MatchAs(start, tokens.lastEnd(), Optional.of(pattern), Optional.of(name));
  }

  private Pattern or() {
    int start = tokens.start();
    Pattern first = closed();
    if (tokens.kind() != PIPE) {
      return first;
    }
    List<Pattern> patterns = new ArrayList<>();
    patterns.add(first);
    while (tokens.accept(PIPE)) {
      patterns.add(closed());
    }
    return new Pattern.MatchOr(start, tokens.lastEnd(), patterns);
  }

  private Pattern closed() {
    int start = tokens.start();
    return switch (tokens.kind()) {
      case NONE, TRUE, FALSE ->
          new Pattern.MatchSingleton(start, tokens.ends[tokens.at], expressions.primary());
      case LPAR -> group();
      case LBRACKET -> {
        tokens.at++;
        List<Pattern> patterns = sequence(RBRACKET);
        yield new Pattern.MatchSequence(start, tokens.lastEnd(), patterns);
      }
      case LBRACE -> mapping();
      case NAME -> named();
      default -> {
        Expression value = literal();
        yield new Pattern.MatchValue(start, tokens.lastEnd(), value);
      }
    };
  }

  /// A signed or complex number, or strings: nothing that `|` or `as` belong to.
  private Expression literal() {
    return switch (tokens.kind()) {
      case NUMBER, MINUS -> expressions.binary(Operators.level(PLUS));
      case STRING, STRING_ESCAPED, FSTRING_START -> expressions.primary();
      default -> throw Unparsable.HERE;
    };
  }

  private Pattern group() {
    int start = tokens.start();
    tokens.at++;
    if (tokens.accept(RPAR)) {
      return new Pattern.MatchSequence(start, tokens.lastEnd(), List.of());
    }
    Pattern first = maybeStar();
    if (tokens.kind() == RPAR && !(first instanceof Pattern.MatchStar)) {
      tokens.at++;
      return first;
    }
    List<Pattern> patterns = new ArrayList<>();
    patterns.add(first);
    if (tokens.accept(COMMA)) {
      patterns.addAll(sequence(RPAR));
    } else {
      expressions.expect(RPAR);
    }
    return new Pattern.MatchSequence(start, tokens.lastEnd(), patterns);
  }

  private List<Pattern> sequence(byte close) {
    List<Pattern> patterns = new ArrayList<>();
    while (tokens.kind() != close) {
      patterns.add(maybeStar());
      if (!tokens.accept(COMMA)) {
        break;
      }
    }
    expressions.expect(close);
    return patterns;
  }

  private Pattern mapping() {
    int start = tokens.start();
    tokens.at++;
    List<Expression> keys = new ArrayList<>();
    List<Pattern> patterns = new ArrayList<>();
    Optional<String> rest = Optional.empty();
    while (tokens.kind() != RBRACE) {
      if (tokens.accept(DOUBLE_STAR)) {
        rest = Optional.of(expressions.name());
      } else {
        keys.add(key());
        expressions.expect(COLON);
        patterns.add(as());
      }
      if (!tokens.accept(COMMA)) {
        break;
      }
    }
    expressions.expect(RBRACE);
    return new Pattern.MatchMapping(start, tokens.lastEnd(), keys, patterns, rest);
  }

  private Expression key() {
    return switch (tokens.kind()) {
      case NAME, NONE, TRUE, FALSE -> expressions.primary();
      default -> literal();
    };
  }

  /// A capture, a dotted value, or a class with its patterns.
  private Pattern named() {
    int start = tokens.start();
    int end = tokens.ends[tokens.at];
    String name = expressions.name();
    if (tokens.kind() != DOT && tokens.kind() != LPAR) {
      return new Pattern.MatchAs(start, end, Optional.empty(), captured(name));
    }
    Expression value = new Expression.Name(start, end, name);
    while (tokens.accept(DOT)) {
      String attribute = expressions.name();
      value = new Expression.Attribute(start, tokens.lastEnd(), value, attribute);
    }
    return tokens.kind() == LPAR
        ? type(start, value)
        : new Pattern.MatchValue(start, tokens.lastEnd(), value);
  }

  private Pattern type(int start, Expression type) {
    tokens.at++;
    List<Pattern> patterns = new ArrayList<>();
    List<String> keywords = new ArrayList<>();
    List<Pattern> keywordPatterns = new ArrayList<>();
    while (tokens.kind() != RPAR) {
      if (tokens.kind() == NAME && tokens.peek() == EQUAL) {
        keywords.add(expressions.name());
        tokens.at++;
        keywordPatterns.add(as());
      } else {
        patterns.add(as());
      }
      if (!tokens.accept(COMMA)) {
        break;
      }
    }
    expressions.expect(RPAR);
    return new Pattern.MatchClass(
        start, tokens.lastEnd(), type, patterns, keywords, keywordPatterns);
  }
}
