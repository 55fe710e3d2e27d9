package io.loadlock.python.flow;

import io.loadlock.python.name.Scopes;
import io.loadlock.python.sink.Alias;
import io.loadlock.python.sink.Factory;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ClassModel;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The modules under analysis, and the work that is left: units wait in a queue until nothing that
/// they read changes any more.
public final class Program {
  /// How often one unit is evaluated at most; what is not settled by then stays as it is.
  private static final int ROUNDS = 6;

  /// How many units may be evaluated inside one another, because one asks for another's result.
  private static final int NESTED = 24;

  final Sinks sinks;
  final Modules modules;
  final CommandLines commandLines = new CommandLines();
  private final Deque<Unit> queue = new ArrayDeque<>();

  /// Units to be evaluated again. They wait until every other was evaluated once: most of what they
  /// have read has grown to its end by then.
  private final Deque<Unit> again = new ArrayDeque<>();

  private final Map<ModuleModel, Set<String>> bound = new HashMap<>();
  private final Map<String, List<String>> exported = new HashMap<>();
  private final Set<String> prefixes = new HashSet<>();
  private final Map<Unit, List<RawSite>> sites = new LinkedHashMap<>();
  private final Map<Unit, List<RawSetting>> settings = new LinkedHashMap<>();
  private final BooleanSupplier stopped;
  private int nested;

  public Program(Sinks sinks, Modules modules) {
    this(sinks, modules, () -> false);
  }

  /// @param stopped asked between two functions; once it says yes, nothing more is evaluated
  public Program(Sinks sinks, Modules modules, BooleanSupplier stopped) {
    this.stopped = stopped;
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
      (unit.rounds == 0 ? queue : again).add(unit);
    }
  }

  /// Evaluates until nothing changes.
  public void run() {
    Unit next;
    while (!stopped.getAsBoolean() && (next = next()) != null) {
      next.queued = false;
      if (!next.running) {
        evaluate(next);
      }
    }
  }

  private @Nullable Unit next() {
    Unit next = queue.poll();
    return next == null ? again.poll() : next;
  }

  /// Whether it was stopped before everything was evaluated: loads may be missing.
  public boolean unfinished() {
    return !queue.isEmpty() || !again.isEmpty();
  }

  /// Stops the evaluation of a unit that takes too many steps.
  static final class TooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLong() {
      super(null, null, false, false);
    }
  }

  /// The units that were not evaluated to their end, and why.
  private final Map<Unit, String> partial = new LinkedHashMap<>();

  /// The functions and modules of a file that were not evaluated to their end, and why: there may
  /// be loads in them that nobody has seen.
  public Map<Unit, String> partial(ModuleModel module) {
    Map<Unit, String> found = new LinkedHashMap<>();
    partial.forEach(
        (unit, reason) -> {
          if (unit.module() == module) {
            found.put(unit, reason);
          }
        });
    return found;
  }

  private void evaluate(Unit unit) {
    unit.running = true;
    unit.rounds++;
    nested++;
    Unit before = asking;
    asking = unit;
    try {
      Frame frame = new Frame(this, unit);
      try {
        new Interpreter(frame).run();
      } catch (TooLong e) {
        partial.put(unit, "takes too many steps to follow");
        unit.rounds = ROUNDS;
      } catch (StackOverflowError e) {
        partial.put(unit, "is nested too deeply to follow");
        unit.rounds = ROUNDS;
      }
      sites.put(unit, frame.sites());
      settings.put(unit, frame.settings());
      if (!frame.compared.isEmpty() || !frame.asserted.isEmpty()) {
        compared.put(unit, new Compared(frame.compared, frame.asserted));
      }
      if (!frame.wrote.isEmpty()) {
        wrote.put(unit, frame.wrote);
      }
      if (!frame.methodCalls().isEmpty()) {
        methodCalls.put(unit, frame.methodCalls());
        namesakes = null;
      }
    } finally {
      asking = before;
      unit.running = false;
      nested--;
    }
  }

  /// Functions of which nothing has to be known so far.
  private final Set<Routine> sleeping = new LinkedHashSet<>();

  /// How far from what has to do with loading others' results and attributes are asked for.
  private static final int FAR = 2;

  /// The unit that is being evaluated.
  private @Nullable Unit asking;

  /// Whether what is being evaluated is near enough to a load to wake others; they are one step
  /// further off.
  private boolean mayWake(Unit other) {
    if (asking == null) {
      return true;
    }
    if (asking.distance >= FAR) {
      return false;
    }
    other.distance = asking.distance + 1;
    return true;
  }

  /// A function this short is evaluated whenever somebody asks for its result.
  private static final int SHORT = 600;

  private boolean matters(Routine routine) {
    if (routine.executing != null) {
      return true;
    }
    Boolean matters = routine.matters;
    if (matters == null) {
      matters = modules.mayMatter(routine.module(), routine.node().start(), routine.node().end());
      routine.matters = matters;
    }
    return matters;
  }

  /// Notes a function that was just defined; one whose words have nothing to do with loading sleeps
  /// until its result, an attribute that it writes or a call that it makes is asked for.
  void defined(Routine routine) {
    if (routine.rounds > 0) {
      return;
    }
    if (matters(routine)) {
      enqueue(routine);
    } else {
      sleeping.add(routine);
      ClassModel owner = routine.owner();
      if (owner != null) {
        for (String attribute : owner.read) {
          wake(routine, attribute);
        }
      }
    }
  }

  /// Wakes the methods of a class that write an attribute.
  void wake(ClassModel type, String attribute) {
    if (type.read.add(attribute)) {
      for (Routine method : type.methods) {
        wake(method, attribute);
      }
    }
  }

  private void wake(Routine method, String attribute) {
    if (!sleeping.contains(method) || asking != null && asking.distance >= FAR) {
      return;
    }
    Set<String> writes = method.writes;
    if (writes == null) {
      writes = Scopes.attributesWritten(method.parameters(), method.body());
      method.writes = writes;
    }
    if (writes.contains(attribute) && mayWake(method)) {
      sleeping.remove(method);
      enqueue(method);
    }
  }

  /// The modules with functions that sleep, in the order in which these were defined.
  public Map<ModuleModel, List<Routine>> sleeping() {
    Map<ModuleModel, List<Routine>> all = new LinkedHashMap<>();
    for (Routine routine : sleeping) {
      all.computeIfAbsent(routine.module(), _ -> new ArrayList<>()).add(routine);
    }
    return all;
  }

  /// Wakes a function that calls another one, where that has to do with loading.
  void decorates(Routine outer, Routine inner) {
    if (outer.rounds == 0 && matters(inner)) {
      wake(outer);
    }
  }

  /// Wakes a function.
  public void wake(Routine routine) {
    if (sleeping.remove(routine)) {
      enqueue(routine);
    }
  }

  private final Set<Unit> asked = new HashSet<>();

  /// Wakes the functions that these units call, or those that were woken so before; false when
  /// there are none, or more than `most`.
  boolean wakeAsked(int most, Set<Unit> callers) {
    List<Routine> woken = new ArrayList<>();
    for (Routine routine : sleeping) {
      if (routine.calls.keySet().stream()
          .anyMatch(place -> callers.contains(place.unit()) || asked.contains(place.unit()))) {
        woken.add(routine);
      }
    }
    if (woken.size() > most) {
      return false;
    }
    asked.addAll(woken);
    woken.forEach(sleeping::remove);
    woken.forEach(this::enqueue);
    return !woken.isEmpty();
  }

  /// True when an import certainly leads out of the project, or the module is there already.
  boolean isOutside(Value.Imported imported) {
    return !imported.relative()
        && leadsToRows(imported.module())
        && modules.find(imported.importer(), imported.module()) == null
        && !modules.isNamespace(imported.importer(), imported.module());
  }

  /// Evaluates a unit now if it never was, because its result is asked for.
  void demand(Unit unit) {
    if (unit instanceof Routine routine && routine.rounds == 0) {
      int length = routine.node().end() - routine.node().start();
      if (!matters(routine) && (length > SHORT || !mayWake(routine))) {
        return;
      }
      sleeping.remove(routine);
    }
    if (unit.rounds == 0 && !unit.running && nested < NESTED) {
      evaluate(unit);
    } else if (unit.rounds == 0) {
      enqueue(unit);
    }
  }

  void add(Cell cell, Values values) {
    if (cell.add(values)) {
      changed(cell);
      for (Cell next : cell.flowsTo()) {
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
          if (source != cell && source.flowInto(cell)) {
            add(cell, source.values());
          }
        }
        case Value.Name name when leadsToRows(name.dotted()) ->
            concrete = concrete.join(Values.of(name));
        case Value.Function _, Value.Type _, Value.Instance _, Value.Foreign _ ->
            concrete = concrete.join(Values.of(value));
        case Value.ProjectModule _, Value.Partial _, Value.Method _ ->
            concrete = concrete.join(Values.of(value));
        // The name of a module or a load, for `getattr` and `import_module`.
        case Value.Text text when isLoadName(text.text()) ->
            concrete = concrete.join(Values.of(text));
        default -> {}
      }
    }
    add(cell, concrete);
  }

  private boolean isLoadName(String text) {
    return leadsToRows(text) || sinks.callableWords().contains(text);
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

  /// The first place of each name that a module imports, in order.
  List<ImportPlace> importsOf(ModuleModel module) {
    return imports.getOrDefault(module, Map.of()).values().stream()
        .sorted(
            (a, b) ->
                a.start() != b.start()
                    ? Integer.compare(a.start(), b.start())
                    : a.dotted().compareTo(b.dotted()))
        .toList();
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

  /// A call of a method of an object that is not known.
  record MethodCall(String name, Routine.Place place, Arguments arguments) {}

  private final Map<Unit, Values> wrote = new HashMap<>();
  private final Map<Unit, List<MethodCall>> methodCalls = new LinkedHashMap<>();
  private @Nullable Map<String, List<MethodCall>> namesakes;

  /// The digests that a unit compares somewhere, and those that it only asserts.
  record Compared(Values tested, Values asserted) {}

  private final Map<Unit, Compared> compared = new HashMap<>();

  Compared comparedBy(Unit unit) {
    return compared.getOrDefault(unit, new Compared(Values.EMPTY, Values.EMPTY));
  }

  /// The files that a unit may write, itself or by what it calls.
  Values writtenBy(Unit unit) {
    return wrote.getOrDefault(unit, Values.EMPTY);
  }

  /// The calls of methods of this name on objects that are not known.
  List<MethodCall> methodCalls(String name) {
    Map<String, List<MethodCall>> byName = namesakes;
    if (byName == null) {
      byName = new HashMap<>();
      for (List<MethodCall> calls : methodCalls.values()) {
        for (MethodCall call : calls) {
          byName.computeIfAbsent(call.name(), _ -> new ArrayList<>()).add(call);
        }
      }
      namesakes = byName;
    }
    return byName.getOrDefault(name, List.of());
  }

  /// Every unit that was evaluated, in the order in which that was first done.
  List<Unit> units() {
    return List.copyOf(sites.keySet());
  }

  List<RawSetting> settingsOf(Unit unit) {
    return settings.getOrDefault(unit, List.of());
  }
}
