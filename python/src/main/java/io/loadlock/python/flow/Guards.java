package io.loadlock.python.flow;

import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Arguments.Kind;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.List;
import java.util.Set;

/// Notices that a digest is compared before the way leads on.
///
/// An `assert` is no guard (`python -O` drops it), nor is a comparison whose outcome is only
/// logged: then another way leads on as well, and the join of both knows nothing.
final class Guards {
  /// Where an environment keeps what was checked on every way to it.
  private static final String KEY = "?checked";

  /// A digest that only who has the key can make; it is compared with one that comes with the data.
  static final String HMAC = "hmac";

  /// What reads a file of digests that lies beside the program.
  private static final Set<String> READERS =
      Set.of(
          "json.load",
          "json.loads",
          "tomllib.load",
          "tomllib.loads",
          "tomli.load",
          "tomli.loads",
          "toml.load",
          "toml.loads",
          "yaml.safe_load");

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

  /// Notes what was checked on every way to a call.
  static void before(Routine routine, Routine.Place place, Env env) {
    Values checked = checked(env);
    if (!checked.isEmpty()) {
      routine.checkedBefore.put(place, checked);
    } else if (!routine.checkedBefore.isEmpty()) {
      routine.checkedBefore.remove(place);
    }
  }

  /// Notes a comparison that only an `assert` makes.
  void asserted(Expression test) {
    expressions.eval(test);
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
    // A second look at a test costs; most functions compare no digest.
    if (!frame.compares) {
      return;
    }
    switch (test) {
      case Expression.UnaryOp not when not.operator().equals("not") -> apply(not.operand(), !holds);
      case Expression.BoolOp operation -> {
        if (operation.and() == holds) {
          operation.values().forEach(one -> apply(one, holds));
        }
      }
      default -> {
        Values told = told(expressions.eval(test), holds);
        add(frame.env, told);
        frame.compared = frame.compared.join(told);
      }
    }
  }

  /// The comparisons that have come out equal where a test with one of these values is `holds`;
  /// several only where one place in the source has made them.
  private static Values told(Values tested, boolean holds) {
    Values all = Values.EMPTY;
    Value.Checked first = null;
    for (Value value : tested) {
      if (holds ? Narrowings.isFalse(value) : Narrowings.isTrue(value)) {
        continue;
      }
      Value compared = !holds && value instanceof Value.Not not ? not.of().only() : value;
      boolean sure = holds != (value instanceof Value.Not);
      if (!sure
          || !(compared instanceof Value.Checked checked)
          || first != null && !first.isAt(checked)) {
        return Values.EMPTY;
      }
      first = checked;
      all = all.join(Values.of(checked));
    }
    return all;
  }

  /// `one == other`, where one of them is a digest: true only where it is the expected one. Empty
  /// for any other comparison.
  static Values equal(Frame frame, Node test, Values one, Values other) {
    Values digest = algorithm(one).isEmpty() ? other : one;
    Values against = digest == one ? other : one;
    String algorithm = algorithm(digest);
    if (algorithm.isEmpty() || !algorithm(against).isEmpty()) {
      return Values.EMPTY;
    }
    frame.compares = true;
    return Values.of(
        new Value.Checked(
            frame.module(),
            test.start(),
            test.end(),
            algorithm,
            algorithm.equals(HMAC) ? argument(digest, "key", 0) : read(against),
            root(algorithm.equals(HMAC) ? argument(digest, "msg", 1) : argument(digest, "", 0))));
  }

  /// Whether it is what a file of digests holds.
  static boolean reads(Value.Result result) {
    return READERS.contains(result.function());
  }

  /// With the file itself, and its path, in place of whatever is taken out of a file of digests.
  private static Values read(Values against) {
    Values result = Values.EMPTY;
    for (Value value : against) {
      Values of = root(Values.of(value));
      result =
          result.join(
              of.only() instanceof Value.Result file && reads(file)
                  ? Values.of(
                      new Value.Result(
                          file.function(),
                          new Arguments(
                              List.of(
                                  new Given(
                                      Kind.POSITIONAL,
                                      null,
                                      root(file.arguments().lookup("", 0))))),
                          file.where()))
                  : Values.of(value));
    }
    return result;
  }

  /// Whether one of these tells whether a digest was the expected one.
  static boolean compares(Values values) {
    for (Value value : values) {
      if (value instanceof Value.Checked
          || value instanceof Value.Not not && not.of().only() instanceof Value.Checked) {
        return true;
      }
    }
    return false;
  }

  /// What a function gives back at a `return`: of one that gives True only behind a comparison, the
  /// comparison.
  static Values answered(Env env, Values values) {
    Values checked = checked(env);
    return values.equals(Values.TRUE) && checked.only() != null ? checked : values;
  }

  private static Values argument(Values digest, String name, int position) {
    return digest.only() instanceof Value.Member member
            && member.of().only() instanceof Value.Result result
        ? result.arguments().lookup(name, position).without(Value.Singleton.ABSENT::equals)
        : Values.EMPTY;
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
        && member.of().only() instanceof Value.Result result) {
      String function = result.function();
      return function.startsWith("hashlib.")
          ? function.substring("hashlib.".length())
          : function.equals("hmac.new") ? HMAC : "";
    }
    return "";
  }
}
