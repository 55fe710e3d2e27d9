package io.loadlock.python.flow;

import io.loadlock.core.Evidence;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite.Safety;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What the deciding argument of a call is, with whatever the callers of its function pass.
final class Deciding {
  /// How many callers of callers are followed.
  private static final int DEPTH = 8;

  /// More ways than this are not listed.
  private static final int LEAVES = 200;

  private final Program program;

  Deciding(Program program) {
    this.program = program;
  }

  /// One value that may reach the call, and the calls that it comes through, outermost first.
  record Leaf(Value value, List<Evidence> way) {}

  /// What is known of the argument, and the ways on which it is not safe.
  record Decision(Safety safety, List<List<Evidence>> flows) {
    Decision worse(Decision other) {
      List<List<Evidence>> all = new ArrayList<>(flows);
      for (List<Evidence> flow : other.flows) {
        if (!all.contains(flow)) {
          all.add(flow);
        }
      }
      return new Decision(rank(other.safety) > rank(safety) ? other.safety : safety, all);
    }
  }

  static int rank(Safety safety) {
    return switch (safety) {
      case Safety.Safe _ -> 0;
      case Safety.Absent _ -> 1;
      case Safety.None _ -> 2;
      case Safety.Unknown _ -> 3;
      case Safety.Unsafe _ -> 4;
    };
  }

  /// Decides for a call with these arguments.
  Decision decide(Sink sink, Arguments arguments) {
    Optional<Sink.Safety> condition = sink.safety();
    if (condition.isEmpty()) {
      return new Decision(new Safety.None(), List.of());
    }
    if (condition.get().parameter().isEmpty()) {
      return new Decision(new Safety.Absent(), List.of());
    }
    Values values = arguments.lookup(condition.get().parameter(), condition.get().position());
    List<Leaf> leaves = new ArrayList<>();
    for (Value value : values) {
      expand(value, List.of(), DEPTH, leaves);
    }
    if (leaves.isEmpty()) {
      // A check keeps every value that callers pass from getting here.
      boolean open = values.isEmpty();
      for (Value value : values) {
        open |=
            value instanceof Value.Narrowed narrowed
                && narrowed.of() instanceof Value.Parameter parameter
                && parameter.routine().calls.isEmpty();
      }
      return new Decision(
          open ? new Safety.Unknown("no value of it is known") : new Safety.Safe(), List.of());
    }
    Decision decision = null;
    for (Leaf leaf : leaves) {
      Safety safety = judge(condition.get(), leaf.value());
      List<List<Evidence>> flows =
          safety instanceof Safety.Safe || leaf.way().isEmpty() ? List.of() : List.of(leaf.way());
      Decision one = new Decision(safety, flows);
      decision = decision == null ? one : decision.worse(one);
    }
    return java.util.Objects.requireNonNull(decision);
  }

  /// The concrete values of a symbolic one.
  List<Value> concrete(Values values) {
    List<Leaf> leaves = new ArrayList<>();
    for (Value value : values) {
      expand(value, List.of(), DEPTH, leaves);
    }
    return leaves.stream().map(Leaf::value).distinct().toList();
  }

  private void expand(Value value, List<Evidence> way, int depth, List<Leaf> leaves) {
    if (leaves.size() >= LEAVES) {
      return;
    }
    switch (value) {
      case Value.Parameter parameter -> parameter(parameter, way, depth, leaves);
      case Value.Item item -> item(item, way, depth, leaves);
      case Value.Member member when !member.called() && depth > 0 -> {
        Values found = attribute(member);
        if (found.isEmpty()) {
          leaves.add(new Leaf(value, way));
        }
        for (Value one : found) {
          if (!one.equals(value)) {
            expand(one, way, depth - 1, leaves);
          }
        }
      }
      case Value.Not not -> {
        for (Leaf leaf : expanded(not.of(), way, depth)) {
          Value negated = Expressions.not(leaf.value()).only();
          leaves.add(
              new Leaf(
                  negated == null || negated instanceof Value.Not
                      ? new Value.Unknown("the opposite of a value that is not known")
                      : negated,
                  leaf.way()));
        }
      }
      case Value.Narrowed narrowed -> {
        for (Leaf leaf : expanded(Values.of(narrowed.of()), way, depth)) {
          if (leaf.value() instanceof Value.Unknown && narrowed.to() == Value.Narrowing.TRUTHY) {
            leaves.add(new Leaf(Singleton.TRUE, leaf.way()));
          } else if (leaf.value() == Singleton.ABSENT
              || Narrowings.passes(leaf.value(), narrowed.to())) {
            leaves.add(leaf);
          }
        }
      }
      default -> leaves.add(new Leaf(value, way));
    }
  }

  /// An attribute of what callers pass.
  private static Values attribute(Value.Member member) {
    Values found = Values.EMPTY;
    for (Value of : member.of()) {
      if (of instanceof Value.Parameter parameter) {
        for (Value one : parameter.routine().concrete(parameter.index()).values()) {
          found = found.join(attribute(one, member.name()));
        }
      }
    }
    return found;
  }

  private static Values attribute(Value of, String name) {
    return switch (of) {
      case Value.Instance instance ->
          instance
              .type()
              .attribute(name)
              .values()
              .join(FindClass.search(instance.type(), name, new java.util.LinkedHashSet<>()));
      case Value.Type type -> FindClass.search(type.type(), name, new java.util.LinkedHashSet<>());
      case Value.ProjectModule module ->
          module.module().variable(name).values().without(Value.Imported.class::isInstance);
      default -> Values.EMPTY;
    };
  }

  private List<Leaf> expanded(Values values, List<Evidence> way, int depth) {
    List<Leaf> leaves = new ArrayList<>();
    for (Value value : values) {
      expand(value, way, depth, leaves);
    }
    return leaves;
  }

  private void parameter(
      Value.Parameter parameter, List<Evidence> way, int depth, List<Leaf> leaves) {
    Routine routine = parameter.routine();
    int index = parameter.index();
    boolean known = false;
    if (depth > 0) {
      for (var call : routine.calls.entrySet()) {
        if (call.getKey().unit() == routine) {
          continue;
        }
        known = true;
        List<Evidence> longer = new ArrayList<>();
        longer.add(evidence(call.getKey(), routine));
        longer.addAll(way);
        List<Leaf> passed = new ArrayList<>();
        for (Value value : routine.passed(index, call.getValue())) {
          expand(value, longer, depth - 1, passed);
        }
        for (Leaf leaf : passed) {
          if (leaf.value() == Singleton.ABSENT) {
            byDefault(routine, index, leaf.way(), depth, leaves);
          } else {
            leaves.add(leaf);
          }
        }
      }
    }
    if (!known) {
      byDefault(routine, index, way, depth, leaves);
    }
  }

  private static Evidence evidence(Routine.Place place, Routine routine) {
    return new Evidence(
        place.module().parsed().source().locate(place.module().path(), place.start(), place.end()),
        "`" + routine.qualifiedName() + "` is called here");
  }

  private void byDefault(
      Routine routine, int index, List<Evidence> way, int depth, List<Leaf> leaves) {
    switch (routine.parameters().get(index).kind()) {
      case VAR_KEYWORD -> leaves.add(new Leaf(new Value.Mapping(List.of()), way));
      case VAR_POSITIONAL ->
          leaves.add(
              new Leaf(
                  new Value.Sequence(Value.Sequence.Kind.TUPLE, List.of(), Values.EMPTY), way));
      default -> {
        if (routine.defaultOf(index).isEmpty()) {
          leaves.add(new Leaf(new Value.Unknown("a parameter without known callers"), way));
        }
        for (Value value : routine.defaultOf(index)) {
          if (depth > 0) {
            expand(value, way, depth - 1, leaves);
          }
        }
      }
    }
  }

  private void item(Value.Item item, List<Evidence> way, int depth, List<Leaf> leaves) {
    for (Leaf leaf : expanded(item.of(), way, depth)) {
      Values found =
          switch (leaf.value()) {
            case Value.Mapping _ -> Mappings.lookup(Values.of(leaf.value()), item.key());
            case Value.Sequence sequence when item.key() instanceof Value.Number number -> {
              int at = Texts.index(number.literal(), sequence.elements().size());
              yield at >= 0 ? sequence.elements().get(at) : Values.ABSENT;
            }
            default -> Values.unknown("an element of a value that is not known");
          };
      for (Value value : found) {
        if (value == Singleton.ABSENT) {
          for (Value otherwise : item.otherwise()) {
            if (otherwise == Singleton.ABSENT) {
              leaves.add(new Leaf(otherwise, leaf.way()));
            } else if (depth > 0) {
              expand(otherwise, leaf.way(), depth - 1, leaves);
            }
          }
        } else if (depth > 0) {
          expand(value, leaf.way(), depth - 1, leaves);
        }
      }
    }
  }

  private Safety judge(Sink.Safety condition, Value value) {
    if (value == Singleton.ABSENT) {
      return new Safety.Absent();
    }
    return switch (condition.condition()) {
      case MUST_BE_TRUE -> {
        if (value == Singleton.NONE) {
          yield new Safety.Absent();
        }
        yield truth(value, true);
      }
      case MUST_BE_FALSE -> truth(value, false);
      case MUST_BE_GIVEN -> value == Singleton.NONE ? new Safety.Absent() : new Safety.Safe();
      case MUST_BE_ONE_OF -> {
        String written = Rendering.python(value);
        String dotted =
            value instanceof Value.Name name ? program.sinks.canonical(name.dotted()) : "";
        if (condition.values().contains(written) || condition.values().contains(dotted)) {
          yield new Safety.Safe();
        }
        yield isKnown(value) ? new Safety.Unsafe(written) : unknown(value);
      }
      case MUST_END_WITH -> ending(condition, value);
      case MUST_BE_CLOSED ->
          switch (value) {
            case Singleton.NONE, Singleton.FALSE -> new Safety.Safe();
            case Value.Sequence sequence when sequence.others().isEmpty() -> new Safety.Safe();
            case Singleton.TRUE -> new Safety.Unsafe("True");
            default -> unknown(value);
          };
    };
  }

  private static Safety truth(Value value, boolean wanted) {
    if (Narrowings.isTrue(value)) {
      return wanted ? new Safety.Safe() : new Safety.Unsafe(Rendering.python(value));
    }
    if (Narrowings.isFalse(value)) {
      return wanted ? new Safety.Unsafe(Rendering.python(value)) : new Safety.Safe();
    }
    return unknown(value);
  }

  private static Safety ending(Sink.Safety condition, Value value) {
    Value last = value;
    while (true) {
      List<Values> parts =
          switch (last) {
            case Value.Joined joined -> joined.parts();
            case Value.Concatenated concatenated -> concatenated.parts();
            default -> List.of();
          };
      if (parts.isEmpty() || parts.getLast().only() == null) {
        break;
      }
      last = java.util.Objects.requireNonNull(parts.getLast().only());
    }
    if (last instanceof Value.Text text) {
      String lower = text.text().toLowerCase(Locale.ROOT);
      for (String end : condition.values()) {
        if (lower.endsWith(end.toLowerCase(Locale.ROOT))) {
          return new Safety.Safe();
        }
      }
      return new Safety.Unsafe(Rendering.python(last));
    }
    return unknown(value);
  }

  private static boolean isKnown(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Number
        || value instanceof Singleton
        || value instanceof Value.Name;
  }

  private static Safety unknown(Value value) {
    return new Safety.Unknown(
        switch (value) {
          case Value.Unknown unknown -> unknown.reason();
          case Value.Result result -> "the result of " + result.function();
          case Value.Member member -> "an attribute `" + member.name() + "` that is not known";
          default -> "not a constant";
        });
  }
}
