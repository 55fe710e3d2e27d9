package io.loadlock.python.flow;

import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Sequence;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a test in a `find_class` tells of the module and the name that it was given.
final class Conditions {
  private final Frame frame;
  private final Expressions expressions;
  private final Routine routine;
  private final int first;
  private int inlined;

  /// @param first the number of the parameter that is the module; the name comes next
  Conditions(Frame frame, Expressions expressions, Routine routine, int first) {
    this.frame = frame;
    this.expressions = expressions;
    this.routine = routine;
    this.first = first;
  }

  boolean isModule(Values values) {
    return values.only() instanceof Value.Parameter parameter
        && parameter.routine() == routine
        && parameter.index() == first;
  }

  boolean isName(Values values) {
    return values.only() instanceof Value.Parameter parameter
        && parameter.routine() == routine
        && parameter.index() == first + 1;
  }

  /// Whether it is `(module, name)` or the two with a dot between them.
  private boolean isPair(Values values) {
    return switch (values.only()) {
      case Sequence sequence when sequence.elements().size() == 2 ->
          isModule(sequence.elements().get(0)) && isName(sequence.elements().get(1));
      case Value.Concatenated concatenated -> {
        List<Values> parts = flat(concatenated);
        yield parts.size() == 3
            && isModule(parts.get(0))
            && parts.get(1).only() instanceof Value.Text text
            && (text.text().equals(".") || text.text().equals(":"))
            && isName(parts.get(2));
      }
      case null, default -> false;
    };
  }

  private static List<Values> flat(Value.Concatenated concatenated) {
    List<Values> parts = new ArrayList<>();
    for (Values part : concatenated.parts()) {
      if (part.only() instanceof Value.Concatenated inner) {
        parts.addAll(flat(inner));
      } else if (!(part.only() instanceof Value.Text text) || !text.text().isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }

  /// What is known where `test` is `holds`, once for each way to that.
  List<Constraint> where(Expression test, boolean holds, Constraint before) {
    return switch (test) {
      case Expression.UnaryOp not when not.operator().equals("not") ->
          where(not.operand(), !holds, before);
      case Expression.BoolOp operation -> {
        if (operation.and() == holds) {
          List<Constraint> at = List.of(before);
          for (Expression one : operation.values()) {
            List<Constraint> next = new ArrayList<>();
            for (Constraint way : at) {
              next.addAll(where(one, holds, way));
            }
            at = next;
          }
          yield at;
        }
        List<Constraint> ways = new ArrayList<>();
        for (Expression one : operation.values()) {
          ways.addAll(where(one, holds, before));
        }
        yield ways;
      }
      case Expression.Compare compare when compare.rest().size() == 1 ->
          List.of(compare(compare, holds, before));
      case Expression.Call call -> helper(call, holds, before);
      case Expression.True _ -> holds ? List.of(before) : List.of();
      case Expression.False _ -> holds ? List.of() : List.of(before);
      default -> {
        expressions.eval(test);
        yield List.of(before);
      }
    };
  }

  private Constraint compare(Expression.Compare compare, boolean holds, Constraint before) {
    Values left = expressions.eval(compare.first());
    Expression other = compare.rest().getFirst();
    boolean positive;
    boolean membership;
    switch (compare.operators().getFirst()) {
      case "in" -> {
        positive = holds;
        membership = true;
      }
      case "not in" -> {
        positive = !holds;
        membership = true;
      }
      case "==", "is" -> {
        positive = holds;
        membership = false;
      }
      case "!=", "is not" -> {
        positive = !holds;
        membership = false;
      }
      default -> {
        return before;
      }
    }
    if (!positive) {
      return before;
    }
    if (!membership) {
      Values right = expressions.eval(other);
      Optional<Set<String>> texts = texts(right).or(() -> pair(right));
      return texts.map(set -> member(left, set, before)).orElse(before);
    }
    if (isName(left)) {
      Set<String> nested = perModule(other);
      if (nested != null) {
        return before.withPairs(nested);
      }
    }
    Set<String> listed = listed(expressions.eval(other));
    return listed == null ? before : member(left, listed, before);
  }

  private static Optional<Set<String>> pair(Values values) {
    if (values.only() instanceof Sequence sequence
        && sequence.elements().size() == 2
        && sequence.elements().get(0).only() instanceof Value.Text module
        && sequence.elements().get(1).only() instanceof Value.Text name) {
      return Optional.of(Set.of(module.text() + "." + name.text()));
    }
    return Optional.empty();
  }

  /// What is known where `values` is one of `constants`.
  Constraint member(Values values, Set<String> constants, Constraint before) {
    if (isModule(values)) {
      return before.withModules(constants);
    }
    if (isName(values)) {
      return before.withNames(constants);
    }
    if (isPair(values)) {
      Set<String> pairs = new TreeSet<>();
      constants.forEach(constant -> pairs.add(constant.replace(':', '.')));
      return before.withPairs(pairs);
    }
    return before;
  }

  /// The members of a set, list or dictionary as texts, pairs as `module.name`; null where they are
  /// not all written out.
  @Nullable Set<String> listed(Values container) {
    Set<String> all = new TreeSet<>();
    if (container.isEmpty()) {
      return null;
    }
    for (Value value : container) {
      Values members;
      switch (value) {
        case Sequence sequence -> members = sequence.all();
        case Value.Mapping mapping -> members = Mappings.keys(mapping);
        default -> {
          return null;
        }
      }
      for (Value member : members) {
        if (member instanceof Value.Text text) {
          all.add(text.text());
        } else {
          Optional<Set<String>> pair = pair(Values.of(member));
          if (pair.isEmpty()) {
            return null;
          }
          all.addAll(pair.get());
        }
      }
    }
    return all;
  }

  /// The texts that a value may be; empty where it may be something else.
  Optional<Set<String>> texts(Values values) {
    Set<String> all = new TreeSet<>();
    for (Value value : values) {
      if (!(value instanceof Value.Text text)) {
        return Optional.empty();
      }
      all.add(text.text());
    }
    return all.isEmpty() ? Optional.empty() : Optional.of(all);
  }

  /// `TABLE[module]` or `TABLE.get(module, …)`: the pairs of a table of names by module.
  private @Nullable Set<String> perModule(Expression container) {
    Expression table;
    Expression key;
    if (container instanceof Expression.Subscript subscript) {
      table = subscript.value();
      key = subscript.index();
    } else if (container instanceof Expression.Call call
        && call.function() instanceof Expression.Attribute attribute
        && attribute.name().equals("get")
        && !call.arguments().isEmpty()) {
      table = attribute.value();
      key = call.arguments().getFirst().value();
    } else {
      return null;
    }
    return isModule(expressions.eval(key)) ? nested(expressions.eval(table)) : null;
  }

  /// The pairs of a dictionary from module to names; null where it is no such.
  @Nullable Set<String> nested(Values table) {
    if (!(table.only() instanceof Value.Mapping mapping)) {
      return null;
    }
    Set<String> pairs = new TreeSet<>();
    for (Value key : Mappings.keys(mapping)) {
      if (!(key instanceof Value.Text module)) {
        return null;
      }
      Set<String> names = listed(Mappings.lookup(table, key));
      if (names == null) {
        return null;
      }
      names.forEach(name -> pairs.add(module.text() + "." + name));
    }
    return pairs;
  }

  /// A test that a function of the project makes: followed where it is one expression.
  private List<Constraint> helper(Expression.Call call, boolean holds, Constraint before) {
    Value callee = expressions.eval(call.function()).only();
    if (callee instanceof Value.Method method) {
      callee = method.function();
    }
    boolean method =
        callee instanceof Value.Function f && f.routine().owner() != null && !f.routine().isStatic;
    if (!(callee instanceof Value.Function function) || inlined > 3) {
      expressions.eval(call);
      return List.of(before);
    }
    List<Statement> body = function.routine().body();
    if (!body.isEmpty() && body.getFirst() instanceof Statement.Expr) {
      body = body.subList(1, body.size());
    }
    if (body.size() != 1
        || !(body.getFirst() instanceof Statement.Return value)
        || value.value().isEmpty()) {
      return List.of(before);
    }
    int shift = method ? 1 : 0;
    Env env = frame.env;
    Frame inner = new Frame(frame.program, function.routine());
    Interpreter interpreter = new Interpreter(inner);
    interpreter.parameters(function.routine());
    for (int i = 0; i < call.arguments().size(); i++) {
      int at = i + shift;
      if (call.arguments().get(i) instanceof Argument.Positional positional
          && at < function.routine().parameters().size()) {
        inner.env.set(
            function.routine().parameters().get(at).name(), expressions.eval(positional.value()));
      }
    }
    Conditions conditions = new Conditions(inner, interpreter.expressions(), routine, first);
    conditions.inlined = inlined + 1;
    frame.env = env;
    return conditions.where(value.value().get(), holds, before);
  }
}
