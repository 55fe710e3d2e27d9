package io.loadlock.python.flow;

import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.sink.Factory;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite.Form;
import io.loadlock.python.tree.Argument;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Arguments.Kind;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Calls whatever the callee may be, and notes the loads among it.
final class Calls {
  /// How many calls of values may lead to one another at one place.
  private static final int DEPTH = 16;

  private final Frame frame;
  private final Expressions expressions;
  private final Attributes attributes;
  private final Stores stores;
  private final Models models;
  private final MethodModels methods;
  private final References references;
  private final Writers writers;
  private int depth;

  /// The call whose arguments are in [#apply], to look at how they are written.
  private Expression.@Nullable Call written;

  Calls(Frame frame, Expressions expressions, Attributes attributes, Stores stores) {
    this.frame = frame;
    this.expressions = expressions;
    this.attributes = attributes;
    this.stores = stores;
    this.models = new Models(frame, expressions, attributes, stores, this);
    this.methods = new MethodModels(frame, expressions, stores);
    this.references = new References(frame, expressions);
    this.writers = new Writers(frame);
  }

  Values call(Expression.Call call) {
    Values callee;
    @Nullable Expression holder = null;
    Values receiver = Values.EMPTY;
    if (call.function() instanceof Expression.Attribute attribute) {
      holder = attribute.value();
      receiver = expressions.eval(attribute.value());
      callee = attributes.get(receiver, attribute.name());
    } else {
      callee = expressions.eval(call.function());
    }
    Arguments arguments = arguments(call.arguments());
    @Nullable Values changed =
        holder == null
            ? null
            : methods.mutated(
                receiver, ((Expression.Attribute) call.function()).name(), arguments, holder);
    if (holder != null && anyUnknown(callee)) {
      frame.methodCall(call, ((Expression.Attribute) call.function()).name(), arguments);
    }
    Expression.Call before = written;
    written = call;
    Values result = Values.EMPTY;
    for (Value value : callee) {
      result = result.join(apply(value, arguments, call));
    }
    written = before;
    references.look(call, callee, arguments);
    if (changed != null && holder != null) {
      stores.rewrite(holder, changed);
    }
    return result;
  }

  private static boolean anyUnknown(Values callee) {
    for (Value value : callee) {
      if (value instanceof Value.Unknown || value instanceof Value.Member) {
        return true;
      }
    }
    return callee.isEmpty();
  }

  private Arguments arguments(List<Argument> written) {
    List<Given> given = new ArrayList<>(written.size());
    for (Argument argument : written) {
      Values values = expressions.eval(argument.value());
      given.add(
          switch (argument) {
            case Argument.Positional _ -> new Given(Kind.POSITIONAL, null, values);
            case Argument.Keyword keyword -> new Given(Kind.KEYWORD, keyword.name(), values);
            case Argument.Star _ -> new Given(Kind.STAR, null, values);
            case Argument.DoubleStar _ -> new Given(Kind.DOUBLE_STAR, null, values);
          });
    }
    return given.isEmpty() ? Arguments.NONE : new Arguments(given);
  }

  /// Calls one value at `node`.
  Values apply(Value callee, Arguments arguments, Node node) {
    if (depth >= DEPTH) {
      return Values.unknown("calls that lead to one another");
    }
    depth++;
    try {
      return switch (callee) {
        case Value.Name name -> outside(name, arguments, node, null);
        case Value.Function function -> project(function.routine(), arguments, node);
        case Value.Type type -> make(type.type(), arguments, node);
        case Value.Instance instance -> {
          Values result = Values.EMPTY;
          for (Value method : attributes.get(Values.of(instance), "__call__")) {
            if (!(method instanceof Value.Member)) {
              result = result.join(apply(method, arguments, node));
            }
          }
          yield result.isEmpty() ? Values.unknown("what an object returns when called") : result;
        }
        case Value.Method method -> method(method, arguments, node);
        case Value.Partial partial -> {
          Values result = Values.EMPTY;
          for (Value inner : partial.callee()) {
            result = result.join(apply(inner, partial.given().then(arguments), node));
          }
          yield result;
        }
        case Value.Parameter parameter -> parameter(parameter, arguments, node);
        case Value.Narrowed narrowed -> apply(narrowed.of(), arguments, node);
        case Value.Member member -> {
          writers.method(member.of(), member.name(), arguments, node);
          yield methods.call(member, arguments, node);
        }
        case Value.Result result when Handlers.DECORATES.contains(result.function()) ->
            arguments.lookup("", 0).without(Singleton.ABSENT::equals);
        case Value.Result result -> Values.of(Value.member(result, "()", true));
        case Value.Unknown unknown -> Values.of(unknown);
        case Value.Item _ -> Values.unknown("what an element returns when called");
        case Singleton _ -> Values.EMPTY;
        default -> Values.unknown("the result of an unknown function");
      };
    } finally {
      depth--;
    }
  }

  private Values method(Value.Method method, Arguments arguments, Node node) {
    return switch (method.function()) {
      case Value.Function function ->
          project(function.routine(), arguments.behind(Values.of(method.receiver())), node);
      case Value.Name name -> outside(name, arguments, node, method.receiver());
      default -> apply(method.function(), arguments.behind(Values.of(method.receiver())), node);
    };
  }

  private Values parameter(Value.Parameter parameter, Arguments arguments, Node node) {
    parameter
        .routine()
        .parameterCalls
        .computeIfAbsent(parameter.index(), _ -> new java.util.LinkedHashMap<>())
        .put(frame.place(node), arguments);
    Values result = Values.EMPTY;
    for (Value value : parameter.routine().defaultOf(parameter.index())) {
      result = result.join(apply(value, arguments, node));
    }
    for (Value value : frame.program.concrete(parameter, frame.unit)) {
      switch (value) {
        // A load that a caller hands over is a site at the caller.
        case Value.Name _, Value.Partial _, Value.Parameter _ -> {}
        case Value.Method method when method.function() instanceof Value.Name -> {}
        case Value.Function _, Value.Type _, Value.Instance _, Value.Method _ ->
            result = result.join(apply(value, arguments, node));
        default -> {}
      }
    }
    return result.join(Values.of(Value.member(parameter, "()", true)));
  }

  private Values project(Routine routine, Arguments arguments, Node node) {
    frame.program.called(routine, frame.place(node), arguments);
    Guards.before(routine, frame.place(node), frame.env);
    frame.program.demand(routine);
    Values checked = Substitution.checked(routine, arguments, frame.program);
    Guards.add(frame.env, checked);
    if (!routine.wrote.isEmpty()) {
      frame.wrote =
          frame.wrote.join(Substitution.written(routine, routine.wrote, arguments, frame.program));
      Writers.add(
          frame.env, Substitution.written(routine, routine.written, arguments, frame.program));
    }
    Values returned = Substitution.returned(routine, arguments, frame.unit, frame.program);
    frame.compares |= !checked.isEmpty() || Guards.compares(returned);
    return returned;
  }

  private Values make(ClassModel type, Arguments arguments, Node node) {
    // What an object was made with is of use only where a base outside the project loads it.
    List<Value.Name> outside = Bases.outside(type, frame.unit);
    if (outside.stream().anyMatch(base -> base.dotted().endsWith(".TypedDict"))) {
      return Containers.mapping("builtins.dict", arguments);
    }
    boolean leads = outside.stream().anyMatch(base -> frame.program.leadsToRows(base.dotted()));
    Value.Instance made = new Value.Instance(type, true, leads ? arguments : Arguments.NONE);
    Values self = Values.of(made);
    boolean initialised = false;
    for (String name : List.of("__new__", "__init__", "__post_init__")) {
      for (Value value : attributes.search(type, name, null)) {
        if (value instanceof Value.Function function) {
          initialised |= name.equals("__init__");
          Arguments given =
              name.equals("__post_init__")
                  ? Arguments.NONE.behind(self)
                  : arguments.behind(
                      name.equals("__new__") ? Values.of(new Value.Type(type)) : self);
          frame.program.called(function.routine(), frame.place(node), given);
        }
      }
    }
    if (!initialised) {
      fields(type, arguments);
    }
    constructed(type, arguments, node, made);
    return self;
  }

  /// Sets the fields of a dataclass or named tuple.
  private void fields(ClassModel type, Arguments arguments) {
    if (!type.fieldsByCall) {
      return;
    }
    for (int i = 0; i < type.fields.size(); i++) {
      String field = type.fields.get(i);
      Values values = arguments.lookup(field, i).without(Singleton.ABSENT::equals);
      if (!values.isEmpty()) {
        frame.program.add(type.attribute(field), values);
      }
    }
    for (Given given : arguments.given()) {
      if (given.kind() == Kind.KEYWORD
          && given.keyword() != null
          && !type.fields.contains(given.keyword())) {
        frame.program.add(type.attribute(given.keyword()), given.value());
      }
    }
  }

  /// A class whose base outside the project loads when it is made.
  private void constructed(ClassModel type, Arguments arguments, Node node, Value made) {
    for (Value.Name base : Bases.outside(type, frame.unit)) {
      Optional<Sink> sink = frame.program.sinks.find(base.dotted());
      if (sink.isPresent() && sink.get().form() == Sink.Form.CONSTRUCTOR) {
        site(node, sink.get(), base, arguments, made);
        return;
      }
    }
  }

  /// A function, class or method of code outside the project.
  private Values outside(
      Value.Name name, Arguments arguments, Node node, @Nullable Value receiver) {
    Optional<Sink> found = frame.program.sinks.find(name.dotted());
    String canonical = frame.program.sinks.canonical(name.dotted());
    if (found.isPresent()) {
      Sink sink = found.get();
      Value object = receiver;
      Arguments given = arguments;
      if (sink.form() == Sink.Form.METHOD && receiver == null) {
        object = arguments.lookup("", 0).only();
        given = arguments.withoutFirst();
      }
      if (!inverse(sink, given)) {
        site(node, sink, name, given, object);
      }
      if (sink.form() == Sink.Form.CONSTRUCTOR) {
        return Values.of(new Value.Foreign(canonical, given));
      }
    }
    Optional<Factory> factory = frame.program.sinks.factory(name.dotted());
    if (factory.isPresent()) {
      Value made = new Value.Foreign(factory.get().makes(), arguments);
      return factory.get().members() > 1
          ? Values.of(
              new Value.Sequence(
                  Value.Sequence.Kind.TUPLE,
                  java.util.Collections.nCopies(factory.get().members(), Values.of(made)),
                  Values.EMPTY))
          : Values.of(made);
    }
    if (found.isEmpty()) {
      if (frame.program.sinks.isClass(name.dotted())) {
        return Values.of(new Value.Foreign(canonical, arguments));
      }
      writers.call(canonical, arguments, node);
      Values modelled = models.call(canonical, arguments, node);
      if (modelled != null) {
        return modelled;
      }
    }
    return Values.of(
        new Value.Result(
            canonical,
            arguments.depth() > 3 ? arguments.shallow(3) : arguments,
            frame.place(node)));
  }

  private void site(
      Node node, Sink sink, Value.Name name, Arguments arguments, @Nullable Value receiver) {
    frame.site(node, sink, name.dotted(), Form.CALL, arguments, receiver, name.bound(), null);
  }

  /// `loads(dumps(x))`, written as one expression.
  private boolean inverse(Sink sink, Arguments arguments) {
    if (sink.inverses().isEmpty() || sink.subject().isEmpty() || written == null) {
      return false;
    }
    boolean direct =
        written.arguments().stream().anyMatch(one -> one.value() instanceof Expression.Call);
    return direct
        && arguments
                .lookup(sink.subject().get().parameter(), sink.subject().get().position())
                .only()
            instanceof Value.Result result
        && sink.inverses().contains(result.function());
  }

  /// A method that Python calls itself, such as `__enter__`; empty where the class has none.
  Values special(Value.Instance instance, String name) {
    Values result = Values.EMPTY;
    for (Value method : attributes.search(instance.type(), name, null)) {
      if (method instanceof Value.Function function) {
        Arguments arguments = Arguments.NONE.behind(Values.of(instance));
        frame.program.demand(function.routine());
        result =
            result.join(
                Substitution.returned(function.routine(), arguments, frame.unit, frame.program));
      }
    }
    return result;
  }

  /// What `with context as target` binds.
  Values entered(Values context, Node node) {
    Values result = Values.EMPTY;
    for (Value value : context) {
      result =
          result.join(
              switch (value) {
                case Value.Instance instance -> {
                  Values entered =
                      special(instance, "__enter__").join(special(instance, "__aenter__"));
                  yield entered.isEmpty() ? Values.of(instance) : entered;
                }
                case Value.Sequence sequence
                    when sequence.kind() == Value.Sequence.Kind.GENERATOR ->
                    sequence.all();
                default -> Values.of(value);
              });
    }
    return result;
  }

  /// `exec`, `eval`: constant source is executed in place, its loads at the place of the call.
  Values executed(Values code, Node node) {
    for (Value value : code) {
      if (value instanceof Value.Text text
          && text.text().length() < 100_000
          && frame.executing == null) {
        ParsedSource parsed = Parser.parse(text.text().strip().getBytes(StandardCharsets.UTF_8));
        frame.executing = node;
        Values result = Values.EMPTY;
        for (Statement statement : parsed.module().body()) {
          if (statement instanceof Statement.Expr expression) {
            result = expressions.eval(expression.value());
          } else {
            expressions.execute(statement);
          }
        }
        frame.executing = null;
        return result;
      }
    }
    return Values.unknown("the result of code in a string");
  }

  Expression.@Nullable Call written() {
    return written;
  }
}
