package io.loadlock.python.flow;

import io.loadlock.python.sink.Sink;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Pattern;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Sequence;
import io.loadlock.python.value.Values;
import java.util.List;

/// What assignments, deletions and patterns write.
final class Stores {
  private final Frame frame;
  private final Expressions expressions;

  Stores(Frame frame, Expressions expressions) {
    this.frame = frame;
    this.expressions = expressions;
  }

  void assign(Expression target, Values values) {
    switch (target) {
      case Expression.Name name -> frame.bind(name.id(), values);
      case Expression.Starred starred -> assign(starred.value(), values);
      case Expression.Tuple tuple -> unpack(tuple.elements(), values, false);
      case Expression.ListDisplay list -> unpack(list.elements(), values, false);
      case Expression.Attribute attribute ->
          attribute(
              expressions.eval(attribute.value()),
              attribute.name(),
              values,
              attribute,
              attribute.value());
      case Expression.Subscript subscript -> item(subscript, values);
      default -> expressions.eval(target);
    }
  }

  /// Binds the target of a comprehension, which is seen by it alone.
  void local(Expression target, Values values) {
    switch (target) {
      case Expression.Name name -> frame.env.set(name.id(), values);
      case Expression.Starred starred -> local(starred.value(), values);
      case Expression.Tuple tuple -> unpack(tuple.elements(), values, true);
      case Expression.ListDisplay list -> unpack(list.elements(), values, true);
      default -> assign(target, values);
    }
  }

  private void unpack(List<Expression> targets, Values values, boolean local) {
    boolean starred = targets.stream().anyMatch(Expression.Starred.class::isInstance);
    if (starred
        && values.only() instanceof Sequence exact
        && exact.others().isEmpty()
        && exact.elements().size() >= targets.size() - 1) {
      spread(targets, exact.elements(), local);
      return;
    }
    for (int i = 0; i < targets.size(); i++) {
      Values element = Values.EMPTY;
      for (Value value : values) {
        element =
            element.join(
                value instanceof Sequence sequence && !starred && i < sequence.elements().size()
                    ? sequence.elements().get(i)
                    : value instanceof Sequence sequence && !starred && sequence.others().isEmpty()
                        ? Values.EMPTY
                        : expressions.elements(Values.of(value)));
      }
      if (targets.get(i) instanceof Expression.Starred) {
        element = Values.of(new Sequence(Sequence.Kind.LIST, List.of(), element));
      }
      if (local) {
        local(targets.get(i), element);
      } else {
        assign(targets.get(i), element);
      }
    }
  }

  /// `first, *rest, last = …`
  private void spread(List<Expression> targets, List<Values> elements, boolean local) {
    int more = elements.size() - targets.size() + 1;
    int at = 0;
    for (Expression target : targets) {
      Values element;
      if (target instanceof Expression.Starred) {
        element =
            Values.of(
                new Sequence(Sequence.Kind.LIST, elements.subList(at, at + more), Values.EMPTY));
        at += more;
      } else {
        element = elements.get(at++);
      }
      if (local) {
        local(target, element);
      } else {
        assign(target, element);
      }
    }
  }

  /// `base.name = values`, written at `node`; `holder` is the expression that gave `base`.
  void attribute(Values base, String name, Values values, Node node, Expression holder) {
    for (Value value : base) {
      switch (value) {
        case Value.Instance instance -> frame.program.add(instance.type().attribute(name), values);
        case Value.Type type -> frame.program.add(type.type().member(name), values);
        case Value.ProjectModule module -> {
          frame.program.add(module.module().variable(name), values);
          if (module.module() == frame.unit) {
            frame.env.set(name, values);
          }
        }
        case Value.Name outside when name.startsWith("__") && name.endsWith("defaults__") ->
            defaults(outside, values, node);
        case Value.Name outside -> patch(outside.dotted() + "." + name, values, node);
        case Value.Namespace namespace when namespace.of() instanceof Value.Mapping mapping -> {
          Layer entry = new Layer.Entry(new Value.Text(name), values);
          Values after = Mappings.write(Values.of(mapping), entry);
          if (base.size() == 1 && after.only() instanceof Value.Mapping changed) {
            rewrite(holder, Values.of(new Value.Namespace(changed)));
          }
        }
        case Value.Foreign foreign -> {
          if (holder instanceof Expression.Name variable) {
            frame.bind(
                variable.id(),
                Values.of(
                    new Value.Foreign(foreign.type(), foreign.made().with("." + name, values))));
          }
        }
        case Value.Parameter parameter -> {
          for (Value concrete : frame.program.concrete(parameter, frame.unit)) {
            if (concrete instanceof Value.Instance
                || concrete instanceof Value.Type
                || concrete instanceof Value.Name) {
              attribute(Values.of(concrete), name, values, node, holder);
            }
          }
        }
        default -> {}
      }
    }
  }

  /// Something outside the project is replaced.
  void patch(String dotted, Values values, Node node) {
    frame.env.set(Env.patch(dotted), values);
    if (frame.program.sinks.find(dotted).isPresent()) {
      frame.setting(node, RawSetting.Kind.PATCHED, frame.program.sinks.canonical(dotted), values);
    }
  }

  /// `numpy.load.__defaults__ = (None, True, …)` is a patch of the one argument that matters.
  private void defaults(Value.Name function, Values values, Node node) {
    var safety = frame.program.sinks.find(function.dotted()).flatMap(Sink::safety);
    if (safety.isEmpty()) {
      return;
    }
    Values given = Values.EMPTY;
    if (values.only() instanceof Value.Mapping) {
      given = Mappings.lookup(values, new Value.Text(safety.get().parameter()));
    } else if (values.only() instanceof Sequence sequence) {
      // The first parameter is the file, which has no default.
      int at = safety.get().position() - 1;
      given = at >= 0 && at < sequence.elements().size() ? sequence.elements().get(at) : given;
    }
    if (!given.isEmpty() && !given.contains(Value.Singleton.ABSENT)) {
      Arguments arguments = Arguments.NONE.with(safety.get().parameter(), given);
      patch(function.dotted(), Values.of(new Value.Partial(Values.of(function), arguments)), node);
    }
  }

  private void item(Expression.Subscript target, Values values) {
    Values base = expressions.eval(target.value());
    Values index = expressions.eval(target.index());
    Value key = index.only();
    for (Value value : base) {
      if (value instanceof Value.Name name) {
        if (name.dotted().equals("os.environ")) {
          environment(key, values, target);
        } else if (name.dotted().equals("sys.modules") && key instanceof Value.Text text) {
          frame.env.set(Env.patch(text.text()), values);
        }
        return;
      }
      if (value instanceof Value.Namespace namespace && key instanceof Value.Text text) {
        named(namespace, text.text(), values, target, target.value());
        return;
      }
    }
    if (key != null && Expressions.isConstant(key)) {
      rewrite(target.value(), written(base, new Layer.Entry(key, values), values));
    } else {
      rewrite(target.value(), written(base, new Layer.Somewhere(values), values));
    }
  }

  /// `globals()[name] = values`, `vars(base)[name] = values`
  void named(Value.Namespace namespace, String name, Values values, Node node, Expression holder) {
    if (namespace.of() instanceof Value.ProjectModule module && module.module() == frame.unit) {
      frame.bind(name, values);
    } else {
      attribute(Values.of(namespace.of()), name, values, node, holder);
    }
  }

  private static Values written(Values base, Layer layer, Values values) {
    Values result = Values.EMPTY;
    for (Value value : base) {
      result =
          result.join(
              value instanceof Sequence sequence
                  ? Values.of(new Sequence(sequence.kind(), List.of(), sequence.all().join(values)))
                  : Mappings.write(Values.of(value), layer));
    }
    return result;
  }

  void environment(
      io.loadlock.python.value.@org.jspecify.annotations.Nullable Value key,
      Values values,
      Node node) {
    if (key instanceof Value.Text text) {
      frame.setting(node, RawSetting.Kind.ENVIRONMENT, text.text(), values);
    }
  }

  /// Writes a changed container back to where it came from.
  void rewrite(Expression holder, Values values) {
    switch (holder) {
      case Expression.Name name -> {
        if (frame.unit instanceof Routine routine
            && !routine.locals().contains(name.id())
            && frame.classes.isEmpty()) {
          outer(name.id(), values);
        } else {
          Values before = frame.env.get(name.id());
          frame.bind(name.id(), values);
          if (before != null && !before.isEmpty()) {
            frame.env.replace(before, values);
          }
        }
      }
      case Expression.Attribute attribute ->
          attribute(
              expressions.eval(attribute.value()),
              attribute.name(),
              values,
              attribute,
              attribute.value());
      case Expression.Subscript subscript -> {
        if (subscript.value() instanceof Expression.Name
            || subscript.value() instanceof Expression.Attribute) {
          item(subscript, values);
        }
      }
      default -> {}
    }
  }

  private void outer(String name, Values values) {
    for (var at = frame.unit.parent(); at != null; at = at.parent()) {
      if (at instanceof ModuleModel || at instanceof Routine r && r.locals().contains(name)) {
        Cell cell = at.variable(name);
        frame.program.add(cell, values);
        return;
      }
    }
  }

  void delete(Expression target) {
    switch (target) {
      case Expression.Name name -> frame.bind(name.id(), Values.UNBOUND);
      case Expression.Tuple tuple -> tuple.elements().forEach(this::delete);
      case Expression.ListDisplay list -> list.elements().forEach(this::delete);
      case Expression.Subscript subscript -> {
        Values base = expressions.eval(subscript.value());
        Value key = expressions.eval(subscript.index()).only();
        if (key != null && Expressions.isConstant(key)) {
          rewrite(subscript.value(), Mappings.write(base, new Layer.Removed(key)));
        }
      }
      default -> expressions.eval(target);
    }
  }

  /// `if key not in mapping: mapping[key] = value` is `mapping.setdefault(key, value)`.
  boolean setsDefault(Statement.If branch) {
    if (branch.body().size() != 1
        || !branch.orElse().isEmpty()
        || !(branch.test() instanceof Expression.Compare test)
        || !test.operators().equals(List.of("not in"))
        || !(test.rest().getFirst() instanceof Expression.Name mapping)
        || !(branch.body().getFirst() instanceof Statement.Assign assign)
        || assign.targets().size() != 1
        || !(assign.targets().getFirst() instanceof Expression.Subscript target)
        || !(target.value() instanceof Expression.Name written)
        || !written.id().equals(mapping.id())) {
      return false;
    }
    Value tested = expressions.eval(test.first()).only();
    Value key = expressions.eval(target.index()).only();
    if (tested == null || !tested.equals(key) || !Expressions.isConstant(tested)) {
      return false;
    }
    Values values = expressions.eval(assign.value());
    rewrite(mapping, Mappings.write(expressions.eval(mapping), new Layer.Default(tested, values)));
    return true;
  }

  /// Binds what a pattern captures.
  void pattern(Pattern pattern, Values subject) {
    switch (pattern) {
      case Pattern.MatchAs as -> {
        as.pattern().ifPresent(inner -> pattern(inner, subject));
        as.name().ifPresent(name -> frame.bind(name, subject));
      }
      case Pattern.MatchOr or -> or.patterns().forEach(one -> pattern(one, subject));
      case Pattern.MatchSequence sequence ->
          sequence.patterns().forEach(one -> pattern(one, expressions.elements(subject)));
      case Pattern.MatchStar star ->
          star.name().ifPresent(name -> frame.bind(name, Values.unknown("part of a match")));
      case Pattern.MatchMapping mapping -> {
        for (int i = 0; i < mapping.patterns().size(); i++) {
          Values key =
              i < mapping.keys().size()
                  ? expressions.eval(mapping.keys().get(i))
                  : Values.unknown("a key");
          pattern(mapping.patterns().get(i), expressions.subscript(subject, key));
        }
        mapping.rest().ifPresent(name -> frame.bind(name, subject));
      }
      case Pattern.MatchClass type -> {
        expressions.eval(type.type());
        type.patterns().forEach(one -> pattern(one, Values.unknown("part of a match")));
        type.keywordPatterns().forEach(one -> pattern(one, Values.unknown("part of a match")));
      }
      case Pattern.MatchValue value -> expressions.eval(value.value());
      case Pattern.MatchSingleton singleton -> expressions.eval(singleton.value());
    }
  }
}
