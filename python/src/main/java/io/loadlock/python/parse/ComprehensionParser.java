package io.loadlock.python.parse;

import static io.loadlock.python.parse.Kind.*;

import io.loadlock.python.tree.Comprehension;
import io.loadlock.python.tree.Expression;
import java.util.ArrayList;
import java.util.List;

/// Comprehensions (Python reference §6.2.4): what stands behind their element.
final class ComprehensionParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  ComprehensionParser(Tokens tokens, ExpressionParser expressions) {
    this.tokens = tokens;
    this.expressions = expressions;
  }

  /// The `for … in … if …` clauses. In Python 2 a list comprehension may run over a tuple without
  /// parentheses.
  List<Comprehension> clauses(boolean list) {
    List<Comprehension> clauses = new ArrayList<>(1);
    while (expressions.beginsComprehension()) {
      int start = tokens.start();
      boolean async = tokens.accept(ASYNC);
      expressions.expect(FOR);
      Expression target = expressions.targets();
      expressions.expect(IN);
      Expression iterable = list ? iterables() : expressions.binary(Operators.OR_LEVEL);
      List<Expression> conditions = tokens.kind() == IF ? conditions() : List.of();
      clauses.add(new Comprehension(start, tokens.lastEnd(), async, target, iterable, conditions));
    }
    return clauses;
  }

  private Expression iterables() {
    int start = tokens.start();
    Expression first =
        tokens.kind() == LAMBDA ? expressions.expression() : expressions.binary(Operators.OR_LEVEL);
    if (tokens.kind() != COMMA) {
      return first;
    }
    List<Expression> elements = new ArrayList<>();
    elements.add(first);
    while (tokens.accept(COMMA) && expressions.beginsExpression()) {
      elements.add(expressions.binary(Operators.OR_LEVEL));
    }
    return new Expression.Tuple(start, tokens.lastEnd(), elements);
  }

  private List<Expression> conditions() {
    List<Expression> conditions = new ArrayList<>(1);
    while (tokens.accept(IF)) {
      if (tokens.kind() == LAMBDA) {
        conditions.add(expressions.expression());
      } else if (tokens.kind() == NAME && tokens.peek() == WALRUS) {
        conditions.add(expressions.named());
      } else {
        conditions.add(expressions.binary(Operators.OR_LEVEL));
      }
    }
    return conditions;
  }
}
