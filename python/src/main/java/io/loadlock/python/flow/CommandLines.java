package io.loadlock.python.flow;

import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Arguments.Kind;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The options of command lines with their defaults: those of `argparse`, `click`, `typer` and
/// `absl`. They say what a path may be, never that it cannot be something else.
final class CommandLines {
  private static final String FLAGS = "absl.flags.FLAGS";
  private static final Set<String> CONFIGURED = Set.of("hydra.main");

  /// Functions that make objects of the classes they get from the command line.
  static final Set<String> CLASSES =
      Set.of(
          "transformers.HfArgumentParser",
          "transformers.hf_argparser.HfArgumentParser",
          "tyro.cli",
          "simple_parsing.parse",
          "pyrallis.parse",
          "draccus.parse");

  /// How many functions a parser may be handed through.
  private static final int DEPTH = 6;

  /// Who holds options: a parser by the place where it is made, a parameter that gets one.
  private record Holder(Routine.@Nullable Place made, Value.@Nullable Parameter given) {}

  private final Map<Holder, Map<String, Values>> defaults = new HashMap<>();
  private final Map<String, Values> flags = new HashMap<>();

  /// `parser.add_argument(…)`, `parser.set_defaults(…)`, also of a group of options.
  void method(Value.Member member, Arguments arguments) {
    switch (member.name()) {
      case "add_argument", "add_option" -> {
        Values value = arguments.lookup("default", -1);
        destination(arguments, "dest")
            .filter(_ -> !value.contains(Singleton.ABSENT))
            .ifPresent(name -> add(member.of(), name, value));
      }
      case "set_defaults" -> {
        for (Given given : arguments.given()) {
          if (given.kind() == Kind.KEYWORD && given.keyword() != null) {
            add(member.of(), given.keyword(), given.value());
          }
        }
      }
      default -> {}
    }
  }

  private void add(Values parsers, String name, Values value) {
    for (Value parser : parsers) {
      Holder holder = holder(parser);
      if (holder != null) {
        defaults.computeIfAbsent(holder, _ -> new HashMap<>()).merge(name, value, Values::join);
      }
    }
  }

  private static @Nullable Holder holder(Value parser) {
    return switch (parser) {
      case Value.Result result when result.where() != null -> new Holder(result.where(), null);
      case Value.Parameter parameter -> new Holder(null, parameter);
      case Value.Narrowed narrowed -> holder(narrowed.of());
      default -> null;
    };
  }

  /// `DEFINE_string(name, default, …)`
  void flag(Arguments arguments) {
    if (arguments.lookup("name", 0).only() instanceof Value.Text name) {
      flags.merge(
          name.text(),
          arguments.lookup("default", 1).without(Singleton.ABSENT::equals),
          Values::join);
    }
  }

  /// What an option is that the command line does not name; empty where that is not known.
  ///
  /// @param parser what the option is read from, or was made by
  Values of(Value parser, String name) {
    if (parser instanceof Value.Name flag && flag.dotted().equals(FLAGS)) {
      return flags.getOrDefault(name, Values.EMPTY);
    }
    if (!(parser instanceof Value.Result result) || result.where() == null) {
      return Values.EMPTY;
    }
    Values found = Values.EMPTY;
    for (Map.Entry<Holder, Map<String, Values>> entry : defaults.entrySet()) {
      Values value = entry.getValue().get(name);
      Holder holder = entry.getKey();
      if (value != null
          && (result.where().equals(holder.made())
              || holder.given() != null && gets(holder.given(), result.where(), new HashSet<>()))) {
        found = found.join(value);
      }
    }
    return found;
  }

  /// The classes of [#CLASSES] that a call names, one or several.
  static List<Value.Type> classes(Arguments arguments) {
    List<Value.Type> types = new ArrayList<>();
    for (Given given : arguments.given()) {
      for (Value value : given.value()) {
        for (Value one : value instanceof Value.Sequence some ? some.all() : Values.of(value)) {
          if (one instanceof Value.Type type) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  /// Whether a parser made there is what a parameter gets.
  private static boolean gets(
      Value.Parameter parameter, Routine.Place made, Set<Value.Parameter> seen) {
    if (!seen.add(parameter) || seen.size() > DEPTH) {
      return false;
    }
    for (Arguments arguments : parameter.routine().calls.values()) {
      for (Value passed : parameter.routine().passed(parameter.index(), arguments)) {
        for (Value root : passed instanceof Value.Member member ? member.of() : Values.of(passed)) {
          if (root instanceof Value.Result result && made.equals(result.where())
              || root instanceof Value.Parameter outer && gets(outer, made, seen)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Notes what a decorator with arguments gives to the parameters of a function.
  static void decorated(Routine routine, Value.Result decorator) {
    String function = decorator.function();
    if (CONFIGURED.contains(function)) {
      routine.configured = decorator;
    } else if (function.endsWith("click.option") || function.endsWith("click.argument")) {
      Values value = decorator.arguments().lookup("default", -1);
      int index = destination(decorator.arguments(), "").map(routine::indexOf).orElse(-1);
      if (index >= 0 && !value.contains(Singleton.ABSENT)) {
        routine.options.put(index, value);
      }
    }
  }

  /// The name under which the value of an option is found: what `dest` says, a name without dashes,
  /// else the first long one.
  private static Optional<String> destination(Arguments arguments, String dest) {
    if (!dest.isEmpty() && arguments.lookup(dest, -1).only() instanceof Value.Text text) {
      return Optional.of(text.text());
    }
    List<String> names = new ArrayList<>();
    for (Given given : arguments.given()) {
      if (given.kind() == Kind.POSITIONAL && given.value().only() instanceof Value.Text text) {
        names.add(text.text());
      }
    }
    Optional<String> chosen = names.stream().filter(name -> !name.startsWith("-")).findFirst();
    if (chosen.isEmpty()) {
      chosen = names.stream().filter(name -> name.startsWith("--")).findFirst();
    }
    return chosen
        .or(() -> names.stream().findFirst())
        .map(name -> name.replaceFirst("^--?", "").replace('-', '_'));
  }
}
