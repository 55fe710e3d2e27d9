package io.loadlock.python.flow;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Narrowing;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;

/// What a test tells of the variables in it, on the way where it holds and where it does not.
final class Narrowings {
  private final Frame frame;

  Narrowings(Frame frame) {
    this.frame = frame;
  }

  /// Applies to the current variables what is known where `test` is `holds`.
  void apply(Expression test, boolean holds) {
    switch (test) {
      case Expression.Name name -> narrow(name, holds ? Narrowing.TRUTHY : Narrowing.FALSY);
      case Expression.UnaryOp not when not.operator().equals("not") -> apply(not.operand(), !holds);
      case Expression.BoolOp operation -> {
        if (operation.and() == holds) {
          operation.values().forEach(value -> apply(value, holds));
        }
      }
      case Expression.NamedExpr named -> apply(named.target(), holds);
      case Expression.Compare compare when compare.rest().size() == 1 -> compare(compare, holds);
      default -> {}
    }
  }

  private void compare(Expression.Compare compare, boolean holds) {
    if (!(compare.first() instanceof Expression.Name name)) {
      return;
    }
    Expression other = compare.rest().getFirst();
    boolean equal;
    switch (compare.operators().getFirst()) {
      case "is", "==" -> equal = holds;
      case "is not", "!=" -> equal = !holds;
      default -> {
        return;
      }
    }
    if (other instanceof Expression.None) {
      if (equal) {
        replace(name, values -> values.without(Narrowings::isSomething));
      } else {
        narrow(name, Narrowing.NOT_NONE);
      }
    } else if (other instanceof Expression.Str text && equal) {
      replace(name, values -> values.size() == 1 ? constant(values, text.value()) : values);
    } else if (other instanceof Expression.True) {
      narrow(name, equal ? Narrowing.TRUTHY : Narrowing.FALSY);
    } else if (other instanceof Expression.False) {
      narrow(name, equal ? Narrowing.FALSY : Narrowing.TRUTHY);
    }
  }

  /// What nothing is known of is the text that it is equal to.
  private static Values constant(Values values, String text) {
    return values.only() instanceof Value.Unknown || values.only() instanceof Value.Member
        ? Values.of(new Value.Text(text))
        : values;
  }

  /// Constants that are certainly not None.
  private static boolean isSomething(Value value) {
    return value == Singleton.TRUE
        || value == Singleton.FALSE
        || value instanceof Value.Text
        || value instanceof Value.Number;
  }

  private void narrow(Expression.Name name, Narrowing narrowing) {
    replace(name, values -> narrowed(values, narrowing));
  }

  private void replace(Expression.Name name, java.util.function.UnaryOperator<Values> change) {
    Values before = frame.env.get(name.id());
    if (before == null || !frame.classes.isEmpty()) {
      return;
    }
    Values after = change.apply(before);
    if (!after.isEmpty()) {
      frame.env.set(name.id(), after);
    }
  }

  /// Those of `values` that may pass the test.
  static Values narrowed(Values values, Narrowing narrowing) {
    Values result = Values.EMPTY;
    for (Value value : values) {
      result = result.join(narrowed(value, narrowing));
    }
    return result;
  }

  private static Values narrowed(Value value, Narrowing narrowing) {
    return switch (value) {
      case Value.Parameter _, Value.Item _, Value.Member _ ->
          Values.of(new Value.Narrowed(value, narrowing));
      case Value.Narrowed narrowed when narrowed.to() != narrowing ->
          Values.of(new Value.Narrowed(value, narrowing));
      default -> passes(value, narrowing) ? Values.of(value) : Values.EMPTY;
    };
  }

  /// Whether a value may pass the test.
  static boolean passes(Value value, Narrowing narrowing) {
    return switch (narrowing) {
      case NOT_NONE -> value != Singleton.NONE;
      case TRUTHY -> !isFalse(value);
      case FALSY -> !isTrue(value);
    };
  }

  /// Certainly false as a condition.
  static boolean isFalse(Value value) {
    return switch (value) {
      case Singleton singleton -> singleton == Singleton.FALSE || singleton == Singleton.NONE;
      case Value.Text text -> text.text().isEmpty();
      case Value.Data data -> data.bytes().isEmpty();
      case Value.Number number -> isZero(number.literal());
      case Value.Sequence sequence -> sequence.elements().isEmpty() && sequence.others().isEmpty();
      case Value.Mapping mapping -> mapping.layers().isEmpty();
      default -> false;
    };
  }

  /// Certainly true as a condition.
  static boolean isTrue(Value value) {
    return switch (value) {
      case Singleton singleton -> singleton == Singleton.TRUE;
      case Value.Text text -> !text.text().isEmpty();
      case Value.Data data -> !data.bytes().isEmpty();
      case Value.Number number -> !isZero(number.literal());
      case Value.Sequence sequence -> !sequence.elements().isEmpty();
      case Value.Function _, Value.Type _, Value.ProjectModule _, Value.Partial _ -> true;
      default -> false;
    };
  }

  private static boolean isZero(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      char c = literal.charAt(i);
      if (c != '0' && c != '.' && c != 'L' && c != 'l' && c != '_' && c != 'j') {
        return false;
      }
    }
    return true;
  }
}
