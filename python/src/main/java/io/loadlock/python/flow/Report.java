package io.loadlock.python.flow;

import io.loadlock.core.Evidence;
import io.loadlock.core.Location;
import io.loadlock.python.parse.SourceText;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.LoadSite.Form;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.site.Provenance;
import io.loadlock.python.site.Restriction;
import io.loadlock.python.site.Setting;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes facts of what the interpreter met, once nothing changes any more.
public final class Report {
  /// How many ways through callers one site lists: a fix has to change each of them.
  private static final int FLOWS = 200;

  private final Program program;
  private final Deciding deciding;
  private final Verification verification;
  private final Map<ModuleModel, List<Unit>> units = new HashMap<>();

  public Report(Program program) {
    this.program = program;
    this.deciding = new Deciding(program);
    this.verification = new Verification(program, deciding);
    for (Unit unit : program.units()) {
      units.computeIfAbsent(unit.module(), _ -> new ArrayList<>()).add(unit);
    }
  }

  /// The load sites of a module, in order of position.
  public List<LoadSite> sites(ModuleModel module) {
    Map<String, List<RawSite>> byPlace = new LinkedHashMap<>();
    for (Unit unit : units.getOrDefault(module, List.of())) {
      for (RawSite site : program.sitesOf(unit)) {
        byPlace.computeIfAbsent(site.start() + ":" + site.end(), _ -> new ArrayList<>()).add(site);
      }
    }
    List<LoadSite> sites = new ArrayList<>();
    for (List<RawSite> same : byPlace.values()) {
      sites.add(site(module, same));
    }
    sites.sort((a, b) -> inOrder(a.location(), b.location()));
    return sites;
  }

  /// One place where several things may be called is one site: the worst of them.
  private LoadSite site(ModuleModel module, List<RawSite> same) {
    RawSite worst = null;
    Deciding.Decision worstDecision = null;
    IdentityHashMap<Sink, Deciding.Decision> decisions = new IdentityHashMap<>();
    for (RawSite site : same) {
      decisions.merge(site.sink(), decide(site), Deciding.Decision::worse);
    }
    for (RawSite site : same) {
      Deciding.Decision decision = java.util.Objects.requireNonNull(decisions.get(site.sink()));
      if (worst == null || badness(site, decision) > badness(worst, worstDecision)) {
        worst = site;
        worstDecision = decision;
      }
    }
    return site(
        module,
        java.util.Objects.requireNonNull(worst),
        java.util.Objects.requireNonNull(worstDecision),
        same);
  }

  private static int badness(
      RawSite site, Deciding.@org.jspecify.annotations.Nullable Decision decision) {
    int severity = 10 - site.sink().severity().ordinal();
    int safety = decision == null ? 0 : Deciding.rank(decision.safety());
    boolean silent =
        decision != null
            && (decision.safety() instanceof LoadSite.Safety.Safe
                || decision.safety() instanceof LoadSite.Safety.Absent
                    && site.sink().safety().map(Sink.Safety::safeByDefault).orElse(false));
    return silent ? safety : 100 + severity * 10 + safety;
  }

  private Deciding.Decision decide(RawSite site) {
    RawSite.Handed handed = site.handedTo();
    if (handed == null) {
      return deciding.decide(site.sink(), site.arguments());
    }
    Map<Routine.Place, Arguments> calls = handed.routine().parameterCalls.get(handed.index());
    if (calls == null) {
      return deciding.decide(site.sink(), site.arguments());
    }
    Deciding.Decision decision = null;
    for (Arguments arguments : calls.values()) {
      Deciding.Decision one = deciding.decide(site.sink(), site.arguments().then(arguments));
      decision = decision == null ? one : decision.worse(one);
    }
    return java.util.Objects.requireNonNull(decision);
  }

  private LoadSite site(
      ModuleModel module, RawSite site, Deciding.Decision decision, List<RawSite> same) {
    SourceText source = module.parsed().source();
    Location.Source location = source.locate(module.path(), site.start(), site.end());
    Subjects subjects = new Subjects(program);
    List<Evidence> evidence = new ArrayList<>();
    program
        .importOf(module, site.dotted())
        .ifPresent(
            place ->
                evidence.add(
                    new Evidence(
                        source.locate(module.path(), place.start(), place.end()),
                        "`" + place.dotted() + "` is imported here")));
    if (!site.bound()) {
      evidence.add(
          new Evidence(
              location,
              "`"
                  + root(site.dotted())
                  + "` is not bound here and read as the module of that name"));
    }
    for (RawSite other : same) {
      String text = "may be " + other.dotted() + " as well";
      if (!other.dotted().equals(site.dotted())
          && evidence.stream().noneMatch(step -> step.text().equals(text))) {
        evidence.add(new Evidence(location, text));
      }
    }
    return new LoadSite(
        location,
        site.sink(),
        program.sinks.canonical(site.dotted()),
        site.form(),
        decision.safety(),
        restriction(site),
        subject(site, same, subjects),
        provenance(site, location),
        subjects.arguments(site.arguments()),
        site.bound(),
        site.unit() instanceof Routine routine ? routine.qualifiedName() : "",
        evidence,
        decision.flows().stream().limit(FLOWS).toList(),
        verification.guard(same),
        new LoadSite.Lines(
            source.line(site.statementStart()),
            source.line(Math.max(site.statementStart(), site.statementEnd() - 1))));
  }

  private Provenance provenance(RawSite site, Location.Source location) {
    if (site.form() == Form.REFERENCE && site.loaded().equals(Values.ABSENT)) {
      return Provenance.UNKNOWN;
    }
    Evidence load =
        new Evidence(location, "`" + program.sinks.canonical(site.dotted()) + "` loads it here");
    return site.sink().subject().isEmpty() && site.receiver() != null
        ? Origins.ofReceiver(program, site.receiver(), site, load)
        : Origins.of(program, site.loaded(), site.unit(), load);
  }

  private static String root(String dotted) {
    int dot = dotted.indexOf('.');
    return dot < 0 ? dotted : dotted.substring(0, dot);
  }

  private Restriction restriction(RawSite site) {
    if (site.sink().hook().isEmpty() || site.receiver() == null) {
      return Restriction.NONE;
    }
    return new FindClass(program).restriction(site.receiver(), site.sink().hook().get());
  }

  private static PathValue subject(RawSite site, List<RawSite> same, Subjects subjects) {
    if (site.sink().subject().isEmpty()) {
      return new PathValue.Unknown("what it loads is no argument");
    }
    Values loaded = site.loaded();
    if (loaded.isEmpty()) {
      return new PathValue.Unknown("an object whose making is not known");
    }
    boolean handed = !site.sink().subject().get().ofReceiver() && site.form() == Form.REFERENCE;
    if (handed && loaded.equals(Values.ABSENT)) {
      return new PathValue.Unknown("whoever calls the function says what it loads");
    }
    // What is evaluated for each element of a display is met once for each.
    for (RawSite other : same) {
      if (other.sink().equals(site.sink()) && other.form() == site.form()) {
        loaded = loaded.join(other.loaded());
      }
    }
    return subjects.path(loaded);
  }

  /// What changes other loads, in order of position.
  public List<Setting> settings(ModuleModel module) {
    List<Setting> settings = new ArrayList<>();
    for (Unit unit : units.getOrDefault(module, List.of())) {
      for (RawSetting setting : program.settingsOf(unit)) {
        settings.add(setting(module, setting));
      }
    }
    for (Program.ImportPlace place : program.importsOf(module)) {
      unpickling(place.dotted())
          .ifPresent(
              name ->
                  settings.add(
                      new Setting.Imported(
                          module
                              .parsed()
                              .source()
                              .locate(module.path(), place.start(), place.end()),
                          name)));
    }
    settings.sort((a, b) -> inOrder(a.location(), b.location()));
    return settings;
  }

  private static int inOrder(Location.Source left, Location.Source right) {
    int order = Long.compare(left.startByte(), right.startByte());
    return order != 0 ? order : Long.compare(left.endByte(), right.endByte());
  }

  /// The module whose only use is to unpickle that an import names.
  private Optional<String> unpickling(String dotted) {
    Set<String> modules = program.sinks.imports();
    for (String name = dotted; ; name = name.substring(0, name.lastIndexOf('.'))) {
      if (modules.contains(name)) {
        return Optional.of(name);
      }
      if (name.indexOf('.') < 0) {
        return Optional.empty();
      }
    }
  }

  private Setting setting(ModuleModel module, RawSetting setting) {
    Location.Source location =
        module.parsed().source().locate(module.path(), setting.start(), setting.end());
    return switch (setting.kind()) {
      case ENVIRONMENT ->
          new Setting.Environment(
              location, setting.name(), new Subjects(program).path(setting.value()));
      case PATCHED -> new Setting.Patched(location, setting.name(), patched(setting));
      case ALLOWED -> allowed(location, setting);
    };
  }

  /// What a patch makes of the deciding argument of a call that does not give it.
  private LoadSite.Safety patched(RawSetting setting) {
    Sink sink = program.sinks.find(setting.name()).orElseThrow();
    Deciding.Decision decision = null;
    for (Value value : setting.value()) {
      Deciding.Decision one =
          switch (value) {
            case Value.Partial partial -> deciding.decide(sink, partial.given());
            case Value.Name _ -> deciding.decide(sink, Arguments.NONE);
            case Value.Function function -> inside(function.routine(), sink);
            default ->
                new Deciding.Decision(
                    new LoadSite.Safety.Unknown("a replacement that is not known"), List.of());
          };
      decision = decision == null ? one : decision.worse(one);
    }
    return decision == null
        ? new LoadSite.Safety.Unknown("a replacement that is not known")
        : decision.safety();
  }

  private Deciding.Decision inside(Routine routine, Sink sink) {
    Deciding.Decision decision = null;
    for (RawSite site : program.sitesOf(routine)) {
      if (site.sink().equals(sink)) {
        Deciding.Decision one = deciding.decide(sink, site.arguments());
        decision = decision == null ? one : decision.worse(one);
      }
    }
    return decision == null
        ? new Deciding.Decision(new LoadSite.Safety.None(), List.of())
        : decision;
  }

  private static Setting allowed(Location.Source location, RawSetting setting) {
    List<String> names = new ArrayList<>();
    boolean complete = true;
    for (Value value : setting.value()) {
      if (!(value instanceof Value.Sequence sequence)) {
        complete = false;
        continue;
      }
      complete &= sequence.others().isEmpty();
      for (Value element : sequence.all()) {
        switch (element) {
          case Value.Name name -> names.add(name.dotted());
          case Value.Type type ->
              names.add(type.type().unit().module().name() + "." + type.type().name());
          case Value.Sequence pair
              when pair.elements().size() == 2
                  && pair.elements().get(1).only() instanceof Value.Text text ->
              names.add(text.text());
          default -> complete = false;
        }
      }
    }
    return new Setting.Allowed(location, names, complete);
  }
}
