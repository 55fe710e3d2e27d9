package io.loadlock.python.flow;

import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite.Form;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Arguments.Kind;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds loads that are handed to other code, which will call them: `map(pickle.loads, rows)`.
final class References {
  /// How deep inside displays a function is looked for.
  private static final int NESTED = 3;

  private final Frame frame;
  private final Expressions expressions;

  References(Frame frame, Expressions expressions) {
    this.frame = frame;
    this.expressions = expressions;
  }

  /// Looks at the arguments of a call.
  void look(Expression.Call call, Values callee, Arguments arguments) {
    if (!escapes(callee)) {
      return;
    }
    List<Given> given = arguments.given();
    for (int i = 0; i < given.size(); i++) {
      if (!worthALook(given.get(i).value(), NESTED)) {
        continue;
      }
      Node node = call.arguments().get(i).value();
      handed(node, given.get(i).value(), callee, arguments, i);
    }
  }

  private static boolean worthALook(Values values, int levels) {
    for (Value value : values) {
      switch (value) {
        case Value.Name _, Value.Partial _, Value.Method _, Value.Function _ -> {
          return true;
        }
        case Value.Sequence sequence when levels > 0 -> {
          if (worthALook(sequence.all(), levels - 1)) {
            return true;
          }
        }
        case Value.Mapping mapping when levels > 0 -> {
          if (worthALook(io.loadlock.python.value.Mappings.all(mapping), levels - 1)) {
            return true;
          }
        }
        default -> {}
      }
    }
    return false;
  }

  /// Whether somebody among these may call what he gets.
  private static boolean escapes(Values callee) {
    for (Value value : callee) {
      boolean escapes =
          switch (value) {
            case Value.Name name -> !Handlers.keeps(name.dotted());
            case Value.Member member -> !MethodModels.keeps(member);
            case Value.Partial partial -> escapes(partial.callee());
            // The fields of an object that is made; whoever calls one of them is looked at there.
            case Value.Type type -> !type.type().fieldsByCall;
            case Value.Result result -> !Handlers.DECORATES.contains(result.function());
            case Value.Method method ->
                !(method.function() instanceof Value.Name name) || !Handlers.keeps(name.dotted());
            default -> true;
          };
      if (escapes) {
        return true;
      }
    }
    return callee.isEmpty();
  }

  private void handed(Node node, Values values, Values callee, Arguments arguments, int index) {
    if (node instanceof Expression.Dict
        || node instanceof Expression.ListDisplay
        || node instanceof Expression.Tuple
        || node instanceof Expression.Set) {
      members(node, callee, arguments, index);
      return;
    }
    for (Value value : values) {
      handed(node, value, callee, arguments, index, NESTED);
    }
  }

  private void members(Node display, Values callee, Arguments arguments, int index) {
    io.loadlock.python.tree.Children.each(
        display,
        child -> {
          if (child instanceof Expression.Name || child instanceof Expression.Attribute) {
            handed(child, expressions.eval((Expression) child), callee, arguments, index);
          } else if (child instanceof Expression.Dict
              || child instanceof Expression.ListDisplay
              || child instanceof Expression.Tuple
              || child instanceof Expression.Set) {
            members(child, callee, arguments, index);
          }
        });
  }

  private void handed(
      Node node, Value value, Values callee, Arguments arguments, int index, int levels) {
    switch (value) {
      case Value.Name name -> reference(node, name, null, Arguments.NONE, callee, arguments, index);
      case Value.Method method when method.function() instanceof Value.Name name ->
          reference(node, name, method.receiver(), Arguments.NONE, callee, arguments, index);
      case Value.Partial partial -> {
        for (Value inner : partial.callee()) {
          if (inner instanceof Value.Name name) {
            reference(node, name, null, partial.given(), callee, arguments, index);
          }
        }
      }
      case Value.Function function -> forwarded(function.routine(), node, callee, arguments, index);
      case Value.Sequence sequence when levels > 0 -> {
        for (Value inner : sequence.all()) {
          handed(node, inner, callee, arguments, index, levels - 1);
        }
      }
      case Value.Mapping mapping when levels > 0 -> {
        for (Value inner : io.loadlock.python.value.Mappings.all(mapping)) {
          handed(node, inner, callee, arguments, index, levels - 1);
        }
      }
      default -> {}
    }
  }

  private void reference(
      Node node,
      Value.Name name,
      @Nullable Value receiver,
      Arguments before,
      Values callee,
      Arguments arguments,
      int index) {
    Optional<Sink> sink = frame.program.sinks.find(name.dotted());
    if (sink.isEmpty() || sink.get().form() == Sink.Form.METHOD && receiver == null) {
      return;
    }
    Arguments given = before.then(passedOn(callee, arguments, index));
    frame.site(
        node,
        sink.get(),
        name.dotted(),
        Form.REFERENCE,
        given,
        receiver,
        name.bound(),
        target(callee, arguments, index));
  }

  /// What `submit(function, first, key=value)` and its like pass on to the function.
  private static Arguments passedOn(Values callee, Arguments arguments, int index) {
    List<Given> given = new ArrayList<>();
    boolean project =
        callee.only() instanceof Value.Function function && !passesAllOn(function.routine());
    for (int i = 0; i < arguments.given().size() && !project; i++) {
      Given one = arguments.given().get(i);
      switch (one.kind()) {
        case POSITIONAL, STAR -> {
          if (i > index) {
            given.add(one);
          }
        }
        case KEYWORD -> {
          if ("kwargs".equals(one.keyword())
              || "kwds".equals(one.keyword())
              || "keywords".equals(one.keyword())) {
            given.add(new Given(Kind.DOUBLE_STAR, null, one.value()));
          } else if ("args".equals(one.keyword())) {
            given.add(new Given(Kind.STAR, null, one.value()));
          } else if (i != index) {
            given.add(one);
          }
        }
        case DOUBLE_STAR -> given.add(one);
      }
    }
    return new Arguments(given);
  }

  /// `def apply(function, *args, **kwargs)`
  private static boolean passesAllOn(Routine routine) {
    return routine.parameters().stream()
        .anyMatch(one -> one.kind() == io.loadlock.python.tree.Parameter.Kind.VAR_KEYWORD);
  }

  /// The parameter of a function of the project that gets it.
  private static RawSite.@Nullable Handed target(Values callee, Arguments arguments, int index) {
    Routine routine;
    int shift = 0;
    switch (callee.only()) {
      case Value.Function function -> routine = function.routine();
      case Value.Method method when method.function() instanceof Value.Function function -> {
        routine = function.routine();
        shift = 1;
      }
      case null, default -> {
        return null;
      }
    }
    Given given = arguments.given().get(index);
    if (given.kind() == Kind.KEYWORD && given.keyword() != null) {
      int named = routine.indexOf(given.keyword());
      return named < 0 ? null : new RawSite.Handed(routine, named);
    }
    int at = index + shift;
    return given.kind() == Kind.POSITIONAL
            && at < routine.parameters().size()
            && routine.parameters().get(at).kind()
                != io.loadlock.python.tree.Parameter.Kind.VAR_POSITIONAL
        ? new RawSite.Handed(routine, at)
        : null;
  }

  /// A function of the project is handed to code that calls it with what follows.
  private void forwarded(
      Routine routine, Node node, Values callee, Arguments arguments, int index) {
    for (Value value : callee) {
      String entry = dotted(value);
      if (!entry.isEmpty()) {
        routine.entries.putIfAbsent(entry, frame.place(node));
      }
      String name =
          switch (value) {
            case Value.Name outside -> outside.dotted();
            case Value.Member member -> member.name();
            default -> "";
          };
      if (Handlers.PASSES_ON.contains(name.substring(name.lastIndexOf('.') + 1))) {
        frame.program.called(routine, frame.place(node), passedOn(callee, arguments, index));
      }
    }
  }

  /// The name by which rows know a decorator or a function that gets another: a method by the class
  /// of its object. Empty for anything else.
  static String dotted(Value value) {
    return switch (value) {
      case Value.Name name -> name.dotted();
      case Value.Result result -> result.function();
      case Value.Foreign foreign -> foreign.type();
      case Value.Member member -> of(member.of(), member.name());
      // `app.get('/')` is read as a dictionary's method.
      case Value.Item item when item.otherwise().equals(Values.NONE) -> of(item.of(), "get");
      default -> "";
    };
  }

  private static String of(Values owner, String name) {
    Value only = owner.only();
    String dotted = only == null ? "" : dotted(only);
    return dotted.isEmpty() ? "" : dotted + "." + name;
  }
}
