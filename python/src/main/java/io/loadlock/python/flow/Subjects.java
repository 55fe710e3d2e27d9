package io.loadlock.python.flow;

import io.loadlock.python.site.GivenArgument;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Abstract values as what a linker can work with.
final class Subjects {
  private static final int DEPTH = 10;

  /// How many values are looked at for one path.
  private static final int STEPS = 2_000;

  /// How many possible values of a parameter are listed.
  private static final int POSSIBLE = 16;

  /// Functions that read a configuration, with the parameter that names the file.
  private static final Map<String, String> CONFIGURATIONS =
      Map.ofEntries(
          Map.entry("omegaconf.OmegaConf.load", "file_"),
          Map.entry("yaml.load", "stream"),
          Map.entry("yaml.safe_load", "stream"),
          Map.entry("yaml.full_load", "stream"),
          Map.entry("json.load", "fp"),
          Map.entry("json.loads", "s"),
          Map.entry("toml.load", "f"),
          Map.entry("tomllib.load", "fp"),
          Map.entry("tomli.load", "fp"));

  /// Functions that define a command-line flag, whose `value` is what the user gives.
  private static final String FLAG = "absl.flags.DEFINE_";

  private static final Map<String, String> CONSTANTS =
      Map.of(
          "os.sep", "/",
          "os.path.sep", "/",
          "os.curdir", ".",
          "os.path.curdir", ".",
          "os.pardir", "..",
          "os.path.pardir", "..");

  private final Program program;
  private int steps;

  Subjects(Program program) {
    this.program = program;
  }

  PathValue path(Values values) {
    steps = 0;
    return path(values, DEPTH);
  }

  private PathValue path(Values values, int depth) {
    List<PathValue> all = new ArrayList<>();
    for (Value value : values) {
      if (value != Singleton.ABSENT && value != Singleton.UNBOUND) {
        PathValue path = path(value, depth);
        if (!all.contains(path)) {
          all.add(path);
        }
      }
    }
    return switch (all.size()) {
      case 0 -> new PathValue.Unknown("no value of it is known");
      case 1 -> all.getFirst();
      default -> new PathValue.OneOf(all);
    };
  }

  private PathValue path(Value value, int depth) {
    if (depth < 0 || ++steps > STEPS) {
      return new PathValue.Unknown("nested too deeply to follow");
    }
    return switch (value) {
      case Value.Text text -> new PathValue.Text(text.text());
      case Value.Data _, Value.Number _, Singleton _ ->
          new PathValue.Literal(Rendering.python(value));
      case Value.Joined joined -> new PathValue.Joined(all(joined.parts(), depth));
      case Value.Concatenated parts -> new PathValue.Concatenated(all(parts.parts(), depth));
      case Value.ThisFile file -> new PathValue.ThisFile(file.path());
      case Value.Parent parent -> new PathValue.Parent(path(parent.of(), depth - 1));
      case Value.Content content -> new PathValue.Content(path(content.of(), depth - 1));
      case Value.Result result ->
          new PathValue.Result(result.function(), arguments(result.arguments(), depth - 1));
      case Value.Name name -> name(name, depth);
      case Value.Parameter parameter -> parameter(parameter, depth);
      case Value.Member member -> member(member, depth);
      case Value.Item item -> item(item, depth);
      case Value.Narrowed narrowed -> path(narrowed.of(), depth);
      case Value.Sequence sequence -> path(sequence.all(), depth - 1);
      case Value.Foreign foreign ->
          new PathValue.Result(foreign.type(), arguments(foreign.made(), depth - 1));
      case Value.Unknown unknown -> new PathValue.Unknown(unknown.reason());
      default -> new PathValue.Unknown("not a path");
    };
  }

  private List<PathValue> all(List<Values> parts, int depth) {
    return parts.stream().map(part -> path(part, depth - 1)).toList();
  }

  private PathValue name(Value.Name name, int depth) {
    String constant = CONSTANTS.get(name.dotted());
    if (constant != null) {
      return new PathValue.Text(constant);
    }
    int dot = name.dotted().lastIndexOf('.');
    if (dot > 0) {
      Value of = new Value.Name(name.dotted().substring(0, dot), name.bound());
      Values option = program.commandLines.of(of, name.dotted().substring(dot + 1));
      if (!option.isEmpty()) {
        return option(of, name.dotted().substring(dot + 1), option, depth);
      }
    }
    return new PathValue.Result(name.dotted(), List.of());
  }

  private PathValue item(Value.Item item, int depth) {
    if (item.key() instanceof Value.Text key) {
      List<PathValue> possible = new ArrayList<>();
      attribute(item.of(), key.text(), depth - 1, possible);
      if (!possible.isEmpty()) {
        if (!item.otherwise().without(Singleton.class::isInstance).isEmpty()) {
          add(possible, path(item.otherwise(), depth - 1));
        }
        return one(possible);
      }
    }
    return element(path(item.of(), depth - 1), "an element of an unknown value");
  }

  private PathValue member(Value.Member member, int depth) {
    List<PathValue> possible = new ArrayList<>();
    attribute(member.of(), member.name(), depth - 1, possible);
    if (!possible.isEmpty()) {
      return one(possible);
    }
    PathValue of = path(member.of(), depth - 1);
    return switch (of) {
      case PathValue.Result result
          when !member.name().equals("[]")
              && !(member.name().equals("value") && result.function().startsWith(FLAG)) ->
          new PathValue.Result(result.function(), List.of());
      case PathValue.Parameter parameter ->
          new PathValue.Parameter(parameter.function(), parameter.name(), List.of());
      default -> element(of, "an attribute `" + member.name() + "` of an unknown value");
    };
  }

  /// What an element of something comes from.
  private static PathValue element(PathValue of, String reason) {
    return switch (of) {
      case PathValue.Result _, PathValue.Content _ -> of;
      case PathValue.Parameter parameter ->
          new PathValue.Parameter(parameter.function(), parameter.name(), List.of());
      default -> new PathValue.Unknown(reason);
    };
  }

  private static PathValue one(List<PathValue> possible) {
    return possible.size() == 1 ? possible.getFirst() : new PathValue.OneOf(possible);
  }

  /// Adds what `name` of these values is known to be: the default of an option, a configuration's
  /// value, the attribute of an object that callers pass.
  private void attribute(Values of, String name, int depth, List<PathValue> possible) {
    if (depth < 0 || possible.size() >= POSSIBLE || ++steps > STEPS) {
      return;
    }
    for (Value value : of) {
      switch (value) {
        case Value.Result result -> {
          Values option = program.commandLines.of(result, name);
          String file = CONFIGURATIONS.get(result.function());
          if (!option.isEmpty()) {
            add(possible, option(result, name, option, depth));
          } else if (file != null) {
            Values read = result.arguments().lookup(file, 0).without(Singleton.ABSENT::equals);
            add(possible, new PathValue.Setting(path(read, depth - 1), name));
          } else if (CommandLines.CLASSES.contains(result.function())) {
            for (Value.Type type : CommandLines.classes(result.arguments())) {
              Values field = Bases.attribute(type.type(), name);
              if (!field.isEmpty()) {
                add(possible, option(result, name, field, depth));
              }
            }
          }
        }
        case Value.Member member -> attribute(member.of(), name, depth, possible);
        case Value.Item item -> attribute(item.of(), name, depth, possible);
        case Value.Namespace namespace ->
            attribute(Values.of(namespace.of()), name, depth, possible);
        case Value.Narrowed narrowed -> attribute(Values.of(narrowed.of()), name, depth, possible);
        case Value.Parameter parameter -> attribute(parameter, name, depth, possible);
        case Value.Mapping _ -> {
          Values found = Mappings.lookup(Values.of(value), new Value.Text(name));
          if (!found.contains(Singleton.ABSENT)) {
            add(possible, path(found, depth - 1));
          }
        }
        case Value.Instance instance -> {
          Values found = Bases.attribute(instance.type(), name);
          if (!found.isEmpty()) {
            add(possible, path(found, depth - 1));
          }
        }
        default -> {}
      }
    }
  }

  private void attribute(
      Value.Parameter parameter, String name, int depth, List<PathValue> possible) {
    Routine routine = parameter.routine();
    if (routine.configured != null && parameter.index() == 0) {
      configuration(routine, routine.configured)
          .ifPresent(file -> add(possible, new PathValue.Setting(file, name)));
    }
    for (Arguments arguments : routine.calls.values()) {
      Values passed = routine.passed(parameter.index(), arguments);
      attribute(passed.without(parameter::equals), name, depth - 1, possible);
    }
  }

  /// The file that `hydra.main(config_path=…, config_name=…)` reads.
  private static Optional<PathValue> configuration(Routine routine, Value.Result decorator) {
    if (!(decorator.arguments().lookup("config_name", 1).only() instanceof Value.Text name)) {
      return Optional.empty();
    }
    List<PathValue> parts = new ArrayList<>();
    parts.add(new PathValue.Parent(new PathValue.ThisFile(routine.module().path())));
    if (decorator.arguments().lookup("config_path", 0).only() instanceof Value.Text folder) {
      parts.add(new PathValue.Text(folder.text()));
    }
    String file = name.text().endsWith(".yaml") ? name.text() : name.text() + ".yaml";
    parts.add(new PathValue.Text(file));
    return Optional.of(new PathValue.Joined(parts));
  }

  private PathValue option(Value parser, String name, Values option, int depth) {
    String function = parser instanceof Value.Result result ? result.function() : "the program";
    return new PathValue.Parameter(function, name, List.of(path(option, depth - 1)));
  }

  private PathValue parameter(Value.Parameter parameter, int depth) {
    Routine routine = parameter.routine();
    List<PathValue> possible = new ArrayList<>();
    boolean omitted = routine.calls.isEmpty();
    for (Arguments arguments : routine.calls.values()) {
      for (Value value : routine.passed(parameter.index(), arguments)) {
        if (value == Singleton.ABSENT) {
          omitted = true;
        } else if (!value.equals(parameter) && possible.size() < POSSIBLE && depth > 0) {
          add(possible, path(value, depth - 2));
        }
      }
    }
    if (omitted) {
      Values option = routine.options.getOrDefault(parameter.index(), Values.EMPTY);
      for (Value value : routine.defaultOf(parameter.index()).join(option)) {
        add(possible, path(value, depth - 2));
      }
    }
    return new PathValue.Parameter(
        routine.qualifiedName(), routine.parameters().get(parameter.index()).name(), possible);
  }

  private static void add(List<PathValue> possible, PathValue value) {
    if (!possible.contains(value)) {
      possible.add(value);
    }
  }

  List<GivenArgument> arguments(Arguments arguments) {
    steps = 0;
    return arguments(arguments, DEPTH);
  }

  private List<GivenArgument> arguments(Arguments arguments, int depth) {
    List<GivenArgument> given = new ArrayList<>();
    int position = 0;
    for (Given one : arguments.given()) {
      switch (one.kind()) {
        case POSITIONAL -> given.add(new GivenArgument("", position++, path(one.value(), depth)));
        case KEYWORD -> {
          String keyword = Optional.ofNullable(one.keyword()).orElse("");
          if (!keyword.startsWith(".")) {
            given.add(new GivenArgument(keyword, -1, path(one.value(), depth)));
          }
        }
        case STAR -> {
          if (one.value().only() instanceof Value.Sequence sequence) {
            for (Values element : sequence.elements()) {
              given.add(new GivenArgument("", position++, path(element, depth)));
            }
          }
        }
        case DOUBLE_STAR -> spread(one.value(), depth, given);
      }
    }
    return given;
  }

  private void spread(Values values, int depth, List<GivenArgument> given) {
    if (!(values.only() instanceof Value.Mapping mapping)) {
      return;
    }
    for (Layer layer : mapping.layers()) {
      if (layer instanceof Layer.Entry entry && entry.key() instanceof Value.Text key) {
        given.add(
            new GivenArgument(key.text(), -1, path(Mappings.lookup(values, entry.key()), depth)));
      }
    }
  }
}
