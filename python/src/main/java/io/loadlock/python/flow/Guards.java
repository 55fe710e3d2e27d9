package io.loadlock.python.flow;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;

/// Notices that a digest is compared before the way leads on.
///
/// An `assert` is no guard (`python -O` drops it), nor is a comparison whose outcome is only
/// logged: then another way leads on as well, and the join of both knows nothing.
final class Guards {
  /// Where an environment keeps what was checked on every way to it.
  private static final String KEY = "?checked";

  private final Frame frame;
  private final Expressions expressions;

  Guards(Frame frame, Expressions expressions) {
    this.frame = frame;
    this.expressions = expressions;
  }

  /// What was checked on every way to where the frame stands; empty where one way checks nothing.
  static Values checked(Env env) {
    Values values = env.get(KEY);
    return values == null || values.contains(Value.Singleton.UNBOUND) ? Values.EMPTY : values;
  }

  static void add(Env env, Values more) {
    if (!more.isEmpty()) {
      env.set(KEY, checked(env).join(more));
    }
  }

  /// Notes a comparison that only an `assert` makes.
  void asserted(Expression test) {
    Env before = frame.env;
    Values compared = frame.compared;
    frame.env = before.copy();
    frame.compared = Values.EMPTY;
    apply(test, true);
    frame.asserted = frame.asserted.join(frame.compared);
    frame.compared = compared;
    frame.env = before;
  }

  /// Notes what is known where `test` is `holds`.
  void apply(Expression test, boolean holds) {
    switch (test) {
      case Expression.UnaryOp not when not.operator().equals("not") -> apply(not.operand(), !holds);
      case Expression.BoolOp operation -> {
        if (operation.and() == holds) {
          operation.values().forEach(one -> apply(one, holds));
        }
      }
      case Expression.Compare compare when compare.rest().size() == 1 -> {
        String operator = compare.operators().getFirst();
        if (operator.equals(holds ? "==" : "!=")) {
          equal(test, compare.first(), compare.rest().getFirst());
        }
      }
      case Expression.Call call when holds && call.arguments().size() == 2 -> {
        if (expressions.eval(call.function()).only() instanceof Value.Name name
            && name.dotted().endsWith(".compare_digest")) {
          Argument first = call.arguments().getFirst();
          equal(test, first.value(), call.arguments().get(1).value());
        }
      }
      default -> {}
    }
  }

  private void equal(Expression test, Expression one, Expression other) {
    Values left = expressions.eval(one);
    Values right = expressions.eval(other);
    String algorithm = algorithm(left);
    Values against = right;
    if (algorithm.isEmpty()) {
      algorithm = algorithm(right);
      against = left;
    }
    if (!algorithm.isEmpty() && algorithm(against).isEmpty()) {
      Values compared =
          Values.of(
              new Value.Checked(
                  frame.module(),
                  test.start(),
                  test.end(),
                  algorithm,
                  against,
                  against == right ? source(left) : source(right)));
      add(frame.env, compared);
      frame.compared = frame.compared.join(compared);
    }
  }

  /// What a digest is of, down to the path.
  private static Values source(Values digest) {
    if (digest.only() instanceof Value.Member member
        && member.of().only() instanceof Value.Result result) {
      return root(result.arguments().lookup("", 0).without(Value.Singleton.ABSENT::equals));
    }
    return Values.EMPTY;
  }

  /// The path, or whatever else a content comes from.
  static Values root(Values values) {
    Values result = Values.EMPTY;
    for (Value value : values) {
      result =
          result.join(
              switch (value) {
                case Value.Content content -> root(content.of());
                case Value.Member member -> root(member.of());
                case Value.Item item -> root(item.of());
                case Value.Narrowed narrowed -> root(Values.of(narrowed.of()));
                default -> Values.of(value);
              });
    }
    return result;
  }

  /// The name of the hash whose digest this is; empty for anything else.
  private static String algorithm(Values values) {
    if (values.only() instanceof Value.Member member
        && member.called()
        && member.of().only() instanceof Value.Result result
        && result.function().startsWith("hashlib.")) {
      return result.function().substring("hashlib.".length());
    }
    return "";
  }
}
