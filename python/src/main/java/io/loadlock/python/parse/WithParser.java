package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.WithItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The items of a `with` statement (Python reference §8.5), with or without parentheses around
/// them.
final class WithParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  WithParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /// The items and the colon, or what is left of them.
  List<WithItem> items(int from, StatementParser statements) {
    int first = tokens.at;
    if (tokens.kind() == LPAR) {
      try {
        tokens.at++;
        List<WithItem> items = list(RPAR);
        expressions.expect(RPAR);
        expressions.expect(COLON);
        return items;
      } catch (Unparsable _) {
        // Ex) with (yield): or with (a, b).c as d: the parenthesis belongs to an expression.
        tokens.at = first;
        expressions.surface();
      }
    }
    try {
      List<WithItem> items = list(COLON);
      expressions.expect(COLON);
      return items;
    } catch (Unparsable e) {
      Expression damage = statements.header(from, e);
      return List.of(new WithItem(damage.start(), damage.end(), damage, Optional.empty()));
    }
  }

  private List<WithItem> list(byte close) {
    List<WithItem> items = new ArrayList<>(1);
    do {
      int start = tokens.start();
      Expression context = expressions.named();
      Optional<Expression> target =
          tokens.accept(AS)
              ? Optional.of(expressions.binary(Operators.BITWISE_OR_LEVEL))
              : Optional.empty();
      items.add(new WithItem(start, tokens.lastEnd(), context, target));
    } while (tokens.accept(COMMA) && tokens.kind() != close);
    return items;
  }
}
