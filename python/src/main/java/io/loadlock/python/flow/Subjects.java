package io.loadlock.python.flow;

import io.loadlock.python.site.GivenArgument;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Layer;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Abstract values as what a linker can work with.
final class Subjects {
  private static final int DEPTH = 6;

  /// How many possible values of a parameter are listed.
  private static final int POSSIBLE = 16;

  private final ModuleModel module;

  Subjects(ModuleModel module) {
    this.module = module;
  }

  PathValue path(Values values) {
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
    if (depth < 0) {
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
      case Value.Name name -> new PathValue.Result(name.dotted(), List.of());
      case Value.Parameter parameter -> parameter(parameter, depth);
      case Value.Member member -> member(member, depth);
      case Value.Item item -> derived(path(item.of(), depth - 1), "an element of an unknown value");
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

  /// What an attribute or element of something comes from.
  private static PathValue derived(PathValue of, String reason) {
    return switch (of) {
      case PathValue.Result _, PathValue.Content _, PathValue.Parameter _ -> of;
      default -> new PathValue.Unknown(reason);
    };
  }

  private PathValue member(Value.Member member, int depth) {
    Values option = option(member.name());
    if (!option.isEmpty() && !member.called()) {
      PathValue parsed = path(member.of(), depth - 1);
      List<PathValue> possible = List.of(path(option, depth - 1));
      return new PathValue.Parameter(
          parsed instanceof PathValue.Result result ? result.function() : "argparse",
          member.name(),
          possible);
    }
    return derived(
        path(member.of(), depth - 1), "an attribute `" + member.name() + "` of an unknown value");
  }

  /// The default of a command-line option of this module.
  private Values option(String name) {
    var cell = module.variables().get("!option." + name);
    return cell == null ? Values.EMPTY : cell.values();
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
      for (Value value : routine.defaultOf(parameter.index())) {
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
