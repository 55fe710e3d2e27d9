package io.loadlock.python.flow;

import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a function returns at one call: its result with the call's arguments in place of its
/// parameters.
final class Substitution {
  private static final String IMPORT = "importlib.import_module";

  private final Program program;
  private final Routine routine;
  private final Arguments arguments;

  private Substitution(Program program, Routine routine, Arguments arguments) {
    this.program = program;
    this.routine = routine;
    this.arguments = arguments;
  }

  static Values returned(Routine routine, Arguments arguments, Unit reader, Program program) {
    if (routine.generator) {
      Values yielded =
          new Substitution(program, routine, arguments).in(routine.yielded.read(reader));
      return Values.of(new Value.Sequence(Value.Sequence.Kind.GENERATOR, List.of(), yielded));
    }
    return new Substitution(program, routine, arguments).in(routine.returned.read(reader));
  }

  /// The module whose name is only known where the function is called.
  static Value moduleNamed(Value name) {
    return new Value.Result(
        IMPORT,
        new Arguments(List.of(new Given(Arguments.Kind.POSITIONAL, null, Values.of(name)))));
  }

  /// The parameter that names the module; null where this is no such module.
  static Value.@Nullable Parameter importedParameter(Value.Result result) {
    return result.function().equals(IMPORT)
            && result.arguments().lookup("name", 0).only() instanceof Value.Parameter parameter
        ? parameter
        : null;
  }

  private Values module(String dotted) {
    ModuleModel found = program.modules.find(routine.module(), dotted);
    if (found != null) {
      program.demand(found);
      return Values.of(new Value.ProjectModule(found));
    }
    return Values.of(new Value.Name(dotted, true));
  }

  /// What a function has checked when it comes back.
  static Values checked(Routine routine, Arguments arguments, Program program) {
    return new Substitution(program, routine, arguments).in(routine.checked);
  }

  /// The files that a function may have written, or has written whenever it comes back.
  static Values written(Routine routine, Values written, Arguments arguments, Program program) {
    return new Substitution(program, routine, arguments).in(written);
  }

  private Values in(Values values) {
    if (!values.symbolic()) {
      return values;
    }
    Values result = Values.EMPTY;
    for (Value value : values) {
      result = result.join(in(value));
    }
    return result;
  }

  private List<Values> all(List<Values> parts) {
    return parts.stream().map(this::in).toList();
  }

  private Values passed(int index) {
    return Mappings.instead(routine.passed(index, arguments), routine.defaultOf(index));
  }

  private Values in(Value value) {
    if (!value.symbolic()) {
      return Values.of(value);
    }
    return switch (value) {
      case Value.Parameter parameter ->
          parameter.routine() == routine ? passed(parameter.index()) : Values.of(value);
      case Value.Item item -> {
        Values of = in(item.of());
        if (of.equals(item.of())) {
          yield Values.of(value);
        }
        Values found = Values.EMPTY;
        for (Value one : of) {
          found =
              found.join(
                  one instanceof Value.Mapping
                      ? Mappings.lookup(Values.of(one), item.key())
                      : Values.of(new Value.Item(Values.of(one), item.key(), Values.ABSENT)));
        }
        yield found.contains(Singleton.ABSENT)
            ? found.without(Singleton.ABSENT::equals).join(in(item.otherwise()))
            : found;
      }
      case Value.Sequence sequence ->
          Values.of(
              new Value.Sequence(sequence.kind(), all(sequence.elements()), in(sequence.others())));
      case Value.Mapping mapping ->
          Values.of(new Value.Mapping(mapping.layers().stream().map(this::in).toList()));
      case Value.Partial partial ->
          Values.of(new Value.Partial(in(partial.callee()), in(partial.given())));
      case Value.Instance instance ->
          Values.of(new Value.Instance(instance.type(), instance.exact(), in(instance.made())));
      case Value.Foreign foreign ->
          Values.of(new Value.Foreign(foreign.type(), in(foreign.made())));
      case Value.Member member -> {
        Values of = in(member.of());
        Values result = Values.EMPTY;
        for (Value one : of) {
          result = result.join(Values.of(Value.member(one, member.name(), member.called())));
        }
        yield result;
      }
      case Value.Not not -> {
        Values result = Values.EMPTY;
        for (Value one : in(not.of())) {
          result = result.join(Expressions.not(one));
        }
        yield result;
      }
      case Value.Narrowed narrowed -> Narrowings.narrowed(in(narrowed.of()), narrowed.to());
      case Value.Result result -> {
        Arguments given = in(result.arguments());
        yield result.function().equals(IMPORT)
                && given.lookup("name", 0).only() instanceof Value.Text name
            ? module(name.text())
            : Values.of(new Value.Result(result.function(), given, result.where()));
      }
      case Value.Joined joined -> Texts.path(all(joined.parts()));
      case Value.Concatenated concatenated -> Texts.concatenated(all(concatenated.parts()));
      case Value.Parent parent -> Values.of(new Value.Parent(in(parent.of())));
      case Value.Content content -> Values.of(new Value.Content(in(content.of())));
      case Value.Method method -> Values.of(method);
      case Value.Name _, Value.Text _, Value.Data _, Value.Number _, Singleton _ ->
          Values.of(value);
      case Value.Function _, Value.Type _, Value.ProjectModule _, Value.Super _ -> Values.of(value);
      case Value.Namespace _, Value.ThisFile _, Value.Unknown _ -> Values.of(value);
      case Value.Imported _ -> Values.of(value);
      case Value.Checked checked ->
          Values.of(
              new Value.Checked(
                  checked.module(),
                  checked.start(),
                  checked.end(),
                  checked.algorithm(),
                  in(checked.against()),
                  in(checked.of())));
      case Value.Written written ->
          Values.of(
              new Value.Written(written.where(), in(written.target()), in(written.content())));
    };
  }

  private Layer in(Layer layer) {
    return switch (layer) {
      case Layer.Entry entry -> new Layer.Entry(entry.key(), in(entry.value()));
      case Layer.Default entry -> new Layer.Default(entry.key(), in(entry.value()));
      case Layer.Spread spread -> new Layer.Spread(in(spread.of()));
      case Layer.Somewhere somewhere -> new Layer.Somewhere(in(somewhere.value()));
      case Layer.Removed removed -> removed;
    };
  }

  private Arguments in(Arguments given) {
    List<Given> all = new ArrayList<>();
    for (Given one : given.given()) {
      all.add(new Given(one.kind(), one.keyword(), in(one.value())));
    }
    return new Arguments(all);
  }
}
