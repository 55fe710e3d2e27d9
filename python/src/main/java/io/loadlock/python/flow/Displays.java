package io.loadlock.python.flow;

import io.loadlock.python.name.Scopes;
import io.loadlock.python.tree.Comprehension;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Sequence;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists, tuples, sets and dictionaries that are written out, and comprehensions.
final class Displays {
  /// A display with more members than this keeps only what its members may be.
  private static final int MEMBERS = 256;

  /// A comprehension over no more constants than this is evaluated for each of them.
  private static final int UNROLLED = 32;

  private final Frame frame;
  private final Expressions expressions;
  private final Stores stores;
  private final Narrowings narrowings;

  Displays(Frame frame, Expressions expressions, Stores stores, Narrowings narrowings) {
    this.frame = frame;
    this.expressions = expressions;
    this.stores = stores;
    this.narrowings = narrowings;
  }

  Values dict(Expression.Dict dict) {
    List<Layer> layers = new ArrayList<>();
    Values others = Values.EMPTY;
    for (Expression.DictItem item : dict.items()) {
      if (item.key().isEmpty()) {
        layers.add(new Layer.Spread(expressions.eval(item.value())));
        continue;
      }
      Value key = expressions.eval(item.key().get()).only();
      Values value = expressions.eval(item.value());
      if (key != null && Expressions.isConstant(key) && layers.size() < MEMBERS) {
        layers.add(new Layer.Entry(key, value));
      } else {
        others = others.join(value);
      }
    }
    if (!others.isEmpty()) {
      layers.add(new Layer.Somewhere(others));
    }
    return Values.of(new Value.Mapping(layers));
  }

  Values sequence(Sequence.Kind kind, List<Expression> members) {
    List<Values> elements = new ArrayList<>();
    Values others = Values.EMPTY;
    for (Expression member : members) {
      Values values = expressions.eval(member);
      if (member instanceof Expression.Starred) {
        if (values.only() instanceof Sequence inner && inner.others().isEmpty()) {
          elements.addAll(inner.elements());
        } else {
          others = others.join(expressions.elements(values));
        }
      } else if (elements.size() < MEMBERS && others.isEmpty()) {
        elements.add(values);
      } else {
        others = others.join(values);
      }
    }
    return Values.of(new Sequence(kind, elements, others));
  }

  Values comprehension(
      Sequence.Kind kind,
      Expression element,
      @Nullable Expression value,
      List<Comprehension> generators) {
    Values iterated = expressions.eval(generators.getFirst().iterable());
    Set<String> targets = Scopes.targets(generators);
    Map<String, @Nullable Values> hidden = new HashMap<>();
    for (String target : targets) {
      hidden.put(target, frame.env.get(target));
    }
    Set<String> outside = frame.comprehended;
    frame.comprehended = new HashSet<>(outside);
    frame.comprehended.addAll(targets);
    Values result = unrolled(kind, element, value, generators, iterated);
    if (result == null) {
      result = folded(kind, element, value, generators, iterated);
    }
    frame.comprehended = outside;
    hidden.forEach(
        (name, values) -> {
          if (values == null) {
            frame.env.remove(name);
          } else {
            frame.env.set(name, values);
          }
        });
    return result;
  }

  /// A comprehension over a few constants that are written out, or over pairs of a constant and
  /// something, member by member; null where that, or what a condition says, is not known.
  private @Nullable Values unrolled(
      Sequence.Kind kind,
      Expression element,
      @Nullable Expression value,
      List<Comprehension> generators,
      Values iterated) {
    Value only = iterated.only();
    List<Values> members = only == null ? null : Constants.members(only);
    if (generators.size() > 1
        || members == null
        || members.isEmpty()
        || members.size() > UNROLLED
        || !members.stream().allMatch(Displays::isConstantOrPair)) {
      return null;
    }
    Comprehension generator = generators.getFirst();
    List<Values> elements = new ArrayList<>();
    List<Layer> layers = new ArrayList<>();
    for (Values member : members) {
      stores.local(generator.target(), member);
      Boolean holds = allHold(generator.conditions());
      if (holds == null) {
        return null;
      }
      if (!holds) {
        continue;
      }
      Values made = expressions.eval(element);
      if (value == null) {
        elements.add(made);
        continue;
      }
      Value key = made.only();
      layers.add(
          key != null && Expressions.isConstant(key)
              ? new Layer.Entry(key, expressions.eval(value))
              : new Layer.Somewhere(expressions.eval(value)));
    }
    return value == null
        ? Values.of(new Sequence(kind, elements, Values.EMPTY))
        : Values.of(new Value.Mapping(layers));
  }

  private static boolean isConstantOrPair(Values member) {
    Value one = member.only();
    Value told =
        one instanceof Sequence pair && pair.others().isEmpty() && pair.elements().size() == 2
            ? pair.elements().getFirst().only()
            : one;
    return told != null && Expressions.isConstant(told);
  }

  /// Null where one of them is not known.
  private @Nullable Boolean allHold(List<Expression> conditions) {
    for (Expression condition : conditions) {
      Value told = expressions.eval(condition).only();
      if (told != null && Narrowings.isFalse(told)) {
        return false;
      }
      if (told == null || !Narrowings.isTrue(told)) {
        return null;
      }
    }
    return true;
  }

  private Values folded(
      Sequence.Kind kind,
      Expression element,
      @Nullable Expression value,
      List<Comprehension> generators,
      Values iterated) {
    Comprehension first = generators.getFirst();
    for (Comprehension generator : generators) {
      Values members =
          expressions.elements(
              generator == first ? iterated : expressions.eval(generator.iterable()));
      stores.local(generator.target(), members);
      for (Expression condition : generator.conditions()) {
        expressions.eval(condition);
        narrowings.apply(condition, true);
      }
    }
    Values members = expressions.eval(element);
    return value == null
        ? Values.of(new Sequence(kind, List.of(), members))
        : Values.of(new Value.Mapping(List.of(new Layer.Somewhere(expressions.eval(value)))));
  }
}
