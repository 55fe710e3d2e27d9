package io.loadlock.python.flow;

import io.loadlock.python.name.Scopes;
import io.loadlock.python.sink.Alias;
import io.loadlock.python.sink.Factory;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The modules under analysis, and the work that is left: units wait in a queue until nothing that
/// they read changes any more.
public final class Program {
  /// How often one unit is evaluated at most; what is not settled by then stays as it is.
  private static final int ROUNDS = 12;

  /// How many units may be evaluated inside one another, because one asks for another's result.
  private static final int NESTED = 24;

  final Sinks sinks;
  final Modules modules;
  private final Deque<Unit> queue = new ArrayDeque<>();
  private final Map<ModuleModel, Set<String>> bound = new HashMap<>();
  private final Map<String, List<String>> exported = new HashMap<>();
  private final Set<String> prefixes = new HashSet<>();
  private final Map<Unit, List<RawSite>> sites = new LinkedHashMap<>();
  private final Map<Unit, List<RawSetting>> settings = new LinkedHashMap<>();
  private int nested;

  public Program(Sinks sinks, Modules modules) {
    this.sinks = sinks;
    this.modules = modules;
    for (Library library : sinks.libraries()) {
      for (Sink sink : library.sinks()) {
        sink.names().forEach(this::index);
      }
      for (Factory factory : library.factories()) {
        factory.names().forEach(this::index);
      }
      for (Alias alias : library.aliases()) {
        index(alias.name());
      }
    }
  }

  private void index(String dotted) {
    String name = dotted;
    while (prefixes.add(name)) {
      int dot = name.lastIndexOf('.');
      if (dot < 0) {
        break;
      }
      String last = name.substring(dot + 1);
      String owner = name.substring(0, dot);
      if (!last.startsWith("_")) {
        exported.computeIfAbsent(owner, _ -> new ArrayList<>()).add(last);
      }
      name = owner;
    }
  }

  /// True when rows begin with this dotted name, so that it is worth following.
  boolean leadsToRows(String dotted) {
    return prefixes.contains(dotted);
  }

  /// The names in a module outside the project that rows know.
  List<String> exportsOf(String module) {
    List<String> all = new ArrayList<>(exported.getOrDefault(module, List.of()));
    String canonical = sinks.canonical(module);
    if (!canonical.equals(module)) {
      all.addAll(exported.getOrDefault(canonical, List.of()));
    }
    return all;
  }

  /// Adds a module, to be evaluated.
  public void add(ModuleModel module) {
    enqueue(module);
  }

  void enqueue(Unit unit) {
    if (!unit.queued && unit.rounds < ROUNDS) {
      unit.queued = true;
      queue.add(unit);
    }
  }

  /// Evaluates until nothing changes.
  public void run() {
    Unit next;
    while ((next = queue.poll()) != null) {
      next.queued = false;
      if (!next.running) {
        evaluate(next);
      }
    }
  }

  private void evaluate(Unit unit) {
    unit.running = true;
    unit.rounds++;
    nested++;
    try {
      Frame frame = new Frame(this, unit);
      new Interpreter(frame).run();
      sites.put(unit, frame.sites());
      settings.put(unit, frame.settings());
    } finally {
      unit.running = false;
      nested--;
    }
  }

  /// Evaluates a unit now if it never was, because its result is asked for.
  void demand(Unit unit) {
    if (unit.rounds == 0 && !unit.running && nested < NESTED) {
      evaluate(unit);
    } else if (unit.rounds == 0) {
      enqueue(unit);
    }
  }

  void add(Cell cell, Values values) {
    if (cell.add(values)) {
      changed(cell);
      for (Cell next : List.copyOf(cell.flowsTo())) {
        add(next, cell.values());
      }
    }
  }

  void changed(Cell cell) {
    for (Unit reader : cell.readers()) {
      enqueue(reader);
    }
  }

  /// Notes that somebody calls a function.
  void called(Routine routine, Routine.Place place, Arguments arguments) {
    Arguments before = routine.calls.put(place, arguments);
    if (before != null && before.equals(arguments)) {
      return;
    }
    for (int i = 0; i < routine.parameters().size(); i++) {
      flow(routine.passed(i, arguments), routine.concrete(i));
    }
  }

  /// Adds to a parameter's cell what can be called or has attributes that matter; what is a
  /// parameter itself flows on from its own cell, now and later.
  void flow(Values values, Cell cell) {
    Values concrete = Values.EMPTY;
    for (Value value : values) {
      switch (value) {
        case Value.Parameter outer -> {
          Cell source = outer.routine().concrete(outer.index());
          if (source != cell && source.flowsTo().add(cell)) {
            add(cell, source.values());
          }
        }
        case Value.Name name when leadsToRows(name.dotted()) ->
            concrete = concrete.join(Values.of(name));
        case Value.Function _, Value.Type _, Value.Instance _, Value.Foreign _ ->
            concrete = concrete.join(Values.of(value));
        case Value.ProjectModule _, Value.Partial _, Value.Method _ ->
            concrete = concrete.join(Values.of(value));
        default -> {}
      }
    }
    add(cell, concrete);
  }

  /// The names that a module binds itself.
  Set<String> boundIn(ModuleModel module) {
    return bound.computeIfAbsent(module, m -> Scopes.locals(List.of(), m.parsed().module().body()));
  }

  /// What a parameter may be, as far as that can be called or has attributes.
  Values concrete(Value.Parameter parameter, Unit reader) {
    return parameter.routine().concrete(parameter.index()).read(reader);
  }

  /// Where a module imports a name.
  record ImportPlace(String dotted, int start, int end) {}

  private final Map<ModuleModel, Map<String, ImportPlace>> imports = new HashMap<>();

  /// Notes that a module imports a dotted name.
  void imported(ModuleModel module, String dotted, int start, int end) {
    imports
        .computeIfAbsent(module, _ -> new HashMap<>())
        .putIfAbsent(dotted, new ImportPlace(dotted, start, end));
  }

  /// Where a module imports the name or the nearest package above it.
  Optional<ImportPlace> importOf(ModuleModel module, String dotted) {
    Map<String, ImportPlace> places = imports.getOrDefault(module, Map.of());
    for (String name = dotted; ; name = name.substring(0, name.lastIndexOf('.'))) {
      ImportPlace place = places.get(name);
      if (place != null) {
        return Optional.of(place);
      }
      if (name.indexOf('.') < 0) {
        return Optional.empty();
      }
    }
  }

  List<RawSite> sitesOf(Unit unit) {
    return sites.getOrDefault(unit, List.of());
  }

  /// Every unit that was evaluated, in the order in which that was first done.
  List<Unit> units() {
    return List.copyOf(sites.keySet());
  }

  List<RawSetting> settingsOf(Unit unit) {
    return settings.getOrDefault(unit, List.of());
  }
}
