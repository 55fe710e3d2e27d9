package io.loadlock.python.flow;

import io.loadlock.core.Evidence;
import io.loadlock.core.Location;
import io.loadlock.python.origin.Origin;
import io.loadlock.python.origin.Source;
import io.loadlock.python.origin.Source.Shape;
import io.loadlock.python.origin.Sources;
import io.loadlock.python.site.Provenance;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Arguments.Given;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Follows what a load reads back to where it enters the program: through calls, attributes and
/// files that are written on the way.
///
/// What it finds only ranks findings, so it may guess where the rest of the analysis may not: of a
/// method whose callers are not known it follows the calls of methods of that name.
final class Origins {
  /// How many values are looked at for one load.
  private static final int STEPS = 800;

  /// How many calls and files lie between a source and a load at most.
  private static final int DEPTH = 12;

  /// How many ways are told.
  private static final int FLOWS = 6;

  /// How many calls of methods of one name are followed.
  private static final int NAMESAKES = 12;

  private final Program program;
  private final Sources sources = Sources.standard();

  private final Set<Visit> seen = new HashSet<>();
  private final List<Found> found = new ArrayList<>();
  private Evidence load = new Evidence(new Location.Whole(""), "");

  private record Visit(Value value, Unit unit) {}

  /// @param way the calls between it and the load, outermost first
  private record Found(
      Origin origin, String clause, Optional<Expressed> expression, List<Evidence> way) {}

  /// @param text as the source has it
  private record Expressed(Location.Source where, String text) {}

  private Origins(Program program) {
    this.program = program;
  }

  /// Where `loaded` comes from.
  ///
  /// @param load the last step of each way
  static Provenance of(Program program, Values loaded, Unit unit, Evidence load) {
    Origins origins = new Origins(program);
    origins.load = load;
    origins.follow(loaded, unit, List.of(), 0);
    return origins.provenance();
  }

  /// Where a load comes from that reads what its object stands for: `socket.recv_pyobj()`.
  static Provenance ofReceiver(Program program, Value receiver, RawSite site, Evidence load) {
    Origins origins = new Origins(program);
    origins.load = load;
    Optional<Source> row =
        receiver instanceof Value.Foreign foreign
            ? origins.sources.value(foreign.type())
            : Optional.empty();
    if (row.isPresent()) {
      origins.add(row.get(), expressed(site.place()), List.of());
    } else {
      origins.follow(receiver, site.unit(), List.of(), 0);
    }
    return origins.provenance();
  }

  private Provenance provenance() {
    if (found.isEmpty()) {
      return Provenance.UNKNOWN;
    }
    List<Found> all = new ArrayList<>(found);
    all.sort(
        (a, b) ->
            a.origin() != b.origin()
                ? a.origin().compareTo(b.origin())
                : Boolean.compare(a.expression().isEmpty(), b.expression().isEmpty()));
    Found farthest = all.getFirst();
    List<List<Evidence>> flows = new ArrayList<>();
    for (Found one : all) {
      if (one.expression().isPresent() && flows.size() < FLOWS) {
        List<Evidence> flow = new ArrayList<>();
        Expressed expressed = one.expression().get();
        flow.add(new Evidence(expressed.where(), "`" + expressed.text() + "` " + one.clause()));
        flow.addAll(one.way());
        flow.add(load);
        if (!flows.contains(flow)) {
          flows.add(flow);
        }
      }
    }
    return new Provenance(
        farthest.origin(),
        farthest.clause(),
        farthest.expression().map(Expressed::text).orElse(""),
        farthest.expression().map(Expressed::where),
        flows);
  }

  private void follow(Values values, Unit unit, List<Evidence> way, int depth) {
    for (Value value : values) {
      follow(value, unit, way, depth);
    }
  }

  private void follow(Value value, Unit unit, List<Evidence> way, int depth) {
    if (depth > DEPTH || seen.size() > STEPS) {
      add(Origin.UNKNOWN);
      return;
    }
    if (!seen.add(new Visit(value, unit))) {
      return;
    }
    written(value, unit, way, depth);
    switch (value) {
      case Value.Text text -> add(text.text().contains("://") ? Origin.NETWORK : Origin.CONSTANT);
      case Value.Data _, Value.Number _, Value.ThisFile _ -> add(Origin.CONSTANT);
      // None and absent values name no file.
      case Singleton _ -> {}
      case Value.Joined joined -> joined.parts().forEach(one -> follow(one, unit, way, depth));
      case Value.Concatenated parts -> parts.parts().forEach(one -> follow(one, unit, way, depth));
      case Value.Parent parent -> follow(parent.of(), unit, way, depth);
      case Value.Content content -> follow(content.of(), unit, way, depth);
      case Value.Narrowed narrowed -> follow(narrowed.of(), unit, way, depth);
      case Value.Sequence sequence -> follow(sequence.all(), unit, way, depth);
      case Value.Mapping mapping -> follow(Mappings.all(mapping), unit, way, depth);
      case Value.Name name -> name(name, unit, way);
      case Value.Result result -> result(result, unit, way, depth);
      case Value.Foreign foreign -> {
        Optional<Source> row = sources.value(foreign.type());
        if (row.isPresent()) {
          add(row.get(), Optional.empty(), way);
        } else {
          add(Origin.UNKNOWN);
        }
        arguments(foreign.made(), unit, way, depth);
      }
      case Value.Parameter parameter -> parameter(parameter, way, depth);
      case Value.Member member -> member(member, unit, way, depth);
      case Value.Item item -> item(item, unit, way, depth);
      case Value.Instance instance -> instance(instance, unit, way, depth);
      case Value.Function _,
          Value.Type _,
          Value.Method _,
          Value.Partial _,
          Value.Super _,
          Value.ProjectModule _,
          Value.Imported _,
          Value.Namespace _,
          Value.Not _,
          Value.Checked _,
          Value.Written _,
          Value.Unknown _ ->
          add(Origin.UNKNOWN);
    }
  }

  private void add(Origin origin) {
    if (found.stream().noneMatch(one -> one.origin() == origin)) {
      found.add(new Found(origin, origin.clause(), Optional.empty(), List.of()));
    }
  }

  private void add(Source row, Optional<Expressed> expression, List<Evidence> way) {
    found.add(new Found(row.origin(), row.clause(), expression, way));
  }

  /// What was written to the file that a value names, before anybody reads it.
  private void written(Value value, Unit unit, List<Evidence> way, int depth) {
    for (Value one : program.writtenBy(unit)) {
      if (one instanceof Value.Written written
          && Guards.root(written.target()).contains(value)
          && !written.content().isEmpty()) {
        List<Evidence> longer = longer(evidence(written.where(), "it is written here"), way);
        follow(written.content(), written.where().unit(), longer, depth + 1);
      }
    }
  }

  private void name(Value.Name name, Unit unit, List<Evidence> way) {
    Optional<Source> row = sources.value(name.dotted());
    if (row.isEmpty()) {
      add(Origin.UNKNOWN);
      return;
    }
    add(row.get(), mentioned(unit, name.dotted()), way);
  }

  private void result(Value.Result result, Unit unit, List<Evidence> way, int depth) {
    Optional<Source> row = sources.value(result.function());
    if (row.isPresent()) {
      add(row.get(), expressed(result.where()), way);
    } else if (!Writers.isMade(result.function())) {
      add(Origin.UNKNOWN);
    }
    arguments(result.arguments(), unit, way, depth);
  }

  private void arguments(Arguments arguments, Unit unit, List<Evidence> way, int depth) {
    for (Given given : arguments.given()) {
      follow(given.value(), unit, way, depth + 1);
    }
  }

  private void instance(Value.Instance instance, Unit unit, List<Evidence> way, int depth) {
    for (Value.Name base : Bases.outside(instance.type(), unit)) {
      Optional<Source> row = sources.find(Shape.TYPE, base.dotted());
      if (row.isPresent()) {
        add(row.get(), Optional.empty(), way);
        return;
      }
    }
    add(Origin.UNKNOWN);
    arguments(instance.made(), unit, way, depth);
  }

  private void member(Value.Member member, Unit unit, List<Evidence> way, int depth) {
    for (Value of : member.of()) {
      switch (of) {
        case Value.Parameter parameter -> {
          if (!request(parameter, member.name(), way)) {
            attribute(parameter, member, way, depth);
          }
        }
        case Value.Instance instance -> ofInstance(instance, member, unit, way);
        case Value.Foreign foreign -> {
          Optional<Source> row = sources.value(foreign.type());
          if (row.isPresent()) {
            add(row.get(), mentioned(unit, "self." + member.name()), way);
          } else {
            follow(foreign, unit, way, depth);
          }
        }
        default -> follow(of, unit, way, depth);
      }
    }
  }

  /// A member of an object of the project that no class of the project has.
  private void ofInstance(
      Value.Instance instance, Value.Member member, Unit unit, List<Evidence> way) {
    for (Value.Name base : Bases.outside(instance.type(), unit)) {
      Optional<Source> row = sources.find(Shape.TYPE, base.dotted());
      if (row.isPresent()) {
        add(row.get(), mentioned(unit, "self." + member.name()), way);
        return;
      }
    }
    add(Origin.UNKNOWN);
  }

  /// `request.FILES` of a parameter that frameworks fill.
  private boolean request(Value.Parameter parameter, String name, List<Evidence> way) {
    Parameter declared = parameter.routine().parameters().get(parameter.index());
    boolean called = declared.name().equals("request") || declared.name().equals("req");
    Optional<Source> row = called ? sources.find(Shape.REQUEST, name) : Optional.empty();
    if (row.isEmpty() || !parameter.routine().calls.isEmpty()) {
      return false;
    }
    add(row.get(), mentioned(parameter.routine(), declared.name() + "." + name), way);
    return true;
  }

  /// An attribute of what callers pass.
  private void attribute(
      Value.Parameter parameter, Value.Member member, List<Evidence> way, int depth) {
    if (declared(parameter, way)) {
      return;
    }
    Routine routine = parameter.routine();
    boolean any = false;
    for (Value concrete : routine.concrete(parameter.index()).values()) {
      Values values = attribute(concrete, member.name());
      any |= !values.isEmpty();
      follow(values, routine, way, depth + 1);
    }
    if (!any) {
      parameter(parameter, way, depth);
    }
  }

  private static Values attribute(Value of, String name) {
    return switch (of) {
      case Value.Instance instance -> Bases.attribute(instance.type(), name);
      case Value.ProjectModule module -> module.module().variable(name).values();
      default -> Values.EMPTY;
    };
  }

  private void item(Value.Item item, Unit unit, List<Evidence> way, int depth) {
    for (Value of : item.of()) {
      switch (of) {
        case Value.Mapping mapping ->
            follow(
                Mappings.lookup(Values.of(mapping), item.key()).without(Singleton.ABSENT::equals),
                unit,
                way,
                depth);
        default -> follow(of, unit, way, depth);
      }
    }
    follow(item.otherwise(), unit, way, depth);
  }

  /// What the routine's decorators or the annotation say of a parameter.
  private boolean declared(Value.Parameter parameter, List<Evidence> way) {
    Routine routine = parameter.routine();
    boolean self = parameter.index() == 0 && routine.owner() != null && !routine.isStatic;
    if (self || injected(parameter)) {
      return false;
    }
    String annotated = routine.annotated[parameter.index()];
    Optional<Source> type =
        annotated == null ? Optional.empty() : sources.find(Shape.TYPE, annotated);
    if (type.isPresent()) {
      Parameter declared = routine.parameters().get(parameter.index());
      add(type.get(), expressed(routine, declared.start(), declared.end()), way);
      return true;
    }
    if (routine.owner() != null && routine.calls.isEmpty() && !routine.name().startsWith("__")) {
      for (Value.Name base : Bases.outside(routine.owner(), routine)) {
        Optional<Source> row = sources.find(Shape.TYPE, base.dotted());
        if (row.isPresent()) {
          Parameter declared = routine.parameters().get(parameter.index());
          add(row.get(), expressed(routine, declared.start(), declared.end()), way);
          return true;
        }
      }
    }
    for (var entry : routine.entries.entrySet()) {
      Optional<Source> route = sources.find(Shape.ROUTE, entry.getKey());
      if (route.isPresent()) {
        Parameter declared = routine.parameters().get(parameter.index());
        Evidence step =
            evidence(
                entry.getValue(),
                "`" + routine.qualifiedName() + "` is called from outside because of this");
        add(route.get(), expressed(routine, declared.start(), declared.end()), longer(step, way));
        return true;
      }
    }
    return false;
  }

  /// `db = Depends(get_db)`: the framework makes it, no client.
  private static boolean injected(Value.Parameter parameter) {
    for (Value value : parameter.routine().defaultOf(parameter.index())) {
      if (value instanceof Value.Result result && result.function().endsWith(".Depends")) {
        return true;
      }
    }
    return false;
  }

  private void parameter(Value.Parameter parameter, List<Evidence> way, int depth) {
    if (declared(parameter, way)) {
      return;
    }
    Routine routine = parameter.routine();
    boolean known = false;
    boolean omitted = false;
    for (var call : routine.calls.entrySet()) {
      if (call.getKey().unit() == routine) {
        continue;
      }
      known = true;
      omitted |= passed(parameter, call.getKey(), call.getValue(), "", way, depth);
    }
    if (!known) {
      known = namesakes(parameter, way, depth);
    }
    if (omitted || !known) {
      Values otherwise = routine.defaultOf(parameter.index());
      follow(otherwise, routine, way, depth + 1);
      if (!known && otherwise.without(Singleton.class::isInstance).isEmpty()) {
        add(Origin.UNKNOWN);
      }
    }
  }

  /// Follows what one call passes; true where it passes nothing.
  private boolean passed(
      Value.Parameter parameter,
      Routine.Place place,
      Arguments arguments,
      String may,
      List<Evidence> way,
      int depth) {
    Routine routine = parameter.routine();
    Values passed = routine.passed(parameter.index(), arguments);
    List<Evidence> longer =
        longer(
            evidence(place, "`" + routine.qualifiedName() + "` " + may + "is called with it here"),
            way);
    follow(passed.without(Singleton.ABSENT::equals), place.unit(), longer, depth + 1);
    return passed.contains(Singleton.ABSENT);
  }

  /// Calls of methods of the same name on objects that are not known.
  private boolean namesakes(Value.Parameter parameter, List<Evidence> way, int depth) {
    Routine routine = parameter.routine();
    if (routine.owner() == null) {
      return false;
    }
    List<Program.MethodCall> calls = program.methodCalls(routine.name());
    if (calls.isEmpty() || calls.size() > NAMESAKES) {
      return false;
    }
    for (Program.MethodCall call : calls) {
      Arguments given =
          routine.isStatic
              ? call.arguments()
              : call.arguments().behind(Values.unknown("an object"));
      passed(parameter, call.place(), given, "may be what ", way, depth);
    }
    return true;
  }

  private static List<Evidence> longer(Evidence step, List<Evidence> way) {
    List<Evidence> longer = new ArrayList<>(way.size() + 1);
    longer.add(step);
    longer.addAll(way);
    return longer;
  }

  private static Evidence evidence(Routine.Place place, String text) {
    return new Evidence(
        place.module().parsed().source().locate(place.module().path(), place.start(), place.end()),
        text);
  }

  private static Optional<Expressed> expressed(
      Routine.@org.jspecify.annotations.Nullable Place at) {
    return at == null ? Optional.empty() : expressed(at.unit(), at.start(), at.end());
  }

  private static Optional<Expressed> mentioned(Unit unit, String dotted) {
    Mention mention = Mention.of(unit, dotted);
    return mention == null ? Optional.empty() : expressed(unit, mention.start(), mention.end());
  }

  private static Optional<Expressed> expressed(Unit unit, int start, int end) {
    var source = unit.module().parsed().source();
    return Optional.of(
        new Expressed(
            source.locate(unit.module().path(), start, end), Mention.text(source, start, end)));
  }
}
