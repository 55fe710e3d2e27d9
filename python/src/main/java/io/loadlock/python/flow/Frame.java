package io.loadlock.python.flow;

import io.loadlock.python.name.Builtins;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite.Form;
import io.loadlock.python.tree.Node;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One evaluation of a unit: its variables where the interpreter stands, and what it has met.
final class Frame {
  final Program program;
  final Unit unit;
  Env env = new Env();

  /// The `exec` or `eval` whose constant source is being executed.
  @Nullable Node executing;

  /// True under `if TYPE_CHECKING`, which no program executes.
  boolean typing;

  /// True once a function has imported everything of a module, as Python 2 allows.
  boolean starred;

  /// An evaluation that takes more steps than this is given up.
  private static final int STEPS = 1_000_000;

  /// Beyond this many, the body of a loop is executed once.
  private static final int HURRY = 50_000;

  private int steps;

  /// Counts one statement or expression.
  void step() {
    if (++steps > STEPS) {
      throw new Program.TooLong();
    }
  }

  /// Whether so much was done that each further loop is gone through but once.
  boolean hurries() {
    return steps > HURRY;
  }

  int statementStart;
  int statementEnd;

  /// The classes whose bodies are being executed, innermost first.
  final Deque<ClassModel> classes = new ArrayDeque<>();

  /// The classes whose lineage this evaluation has read.
  final Set<ClassModel> lineages = new HashSet<>();

  /// Names that `global` and `nonlocal` send elsewhere.
  final Set<String> globals = new HashSet<>();

  final Set<String> nonlocals = new HashSet<>();
  private final Map<String, RawSite> sites = new LinkedHashMap<>();
  private final Map<String, RawSetting> settings = new LinkedHashMap<>();

  /// The targets of the comprehensions being evaluated, which are no locals of the function.
  Set<String> comprehended = Set.of();

  /// Whether it has met a comparison of a digest, its own or of a function that it calls.
  boolean compares;

  /// Every comparison of a digest in an `if`, whatever it leads to.
  Values compared = Values.EMPTY;

  /// Every comparison of a digest in an `assert`.
  Values asserted = Values.EMPTY;

  /// The files that it may write.
  Values wrote = Values.EMPTY;

  private final Map<Integer, Program.MethodCall> methodCalls = new LinkedHashMap<>();

  Frame(Program program, Unit unit) {
    this.program = program;
    this.unit = unit;
    this.executing = unit instanceof Routine routine ? routine.executing : null;
  }

  ModuleModel module() {
    return unit.module();
  }

  List<RawSite> sites() {
    return new ArrayList<>(sites.values());
  }

  /// Notes a call of a method of an object that is not known; only names that say something, with
  /// arguments that may come from somewhere.
  void methodCall(Node node, String name, Arguments arguments) {
    boolean telling = name.length() >= 9 || name.length() >= 6 && name.indexOf('_') > 0;
    if (telling && !arguments.given().isEmpty()) {
      methodCalls.put(node.start(), new Program.MethodCall(name, place(node), arguments));
    }
  }

  List<Program.MethodCall> methodCalls() {
    return new ArrayList<>(methodCalls.values());
  }

  List<RawSetting> settings() {
    return new ArrayList<>(settings.values());
  }

  Routine.Place place(Node at) {
    Node node = executing == null ? at : executing;
    return new Routine.Place(module(), unit, node.start(), node.end());
  }

  void site(
      Node node,
      Sink sink,
      String dotted,
      Form form,
      Arguments arguments,
      @Nullable Value receiver,
      boolean bound,
      RawSite.@Nullable Handed handedTo) {
    if (executing != null && executing != node) {
      site(executing, sink, dotted, form, arguments, receiver, bound, handedTo);
      return;
    }
    RawSite site =
        new RawSite(
            unit,
            node.start(),
            node.end(),
            sink,
            dotted,
            form,
            arguments,
            receiver,
            bound,
            handedTo,
            statementStart,
            statementEnd,
            Guards.checked(env),
            Writers.written(env));
    // A call in a loop, or one of several things that it may call, is met more than once.
    sites.put(
        node.start() + ":" + node.end() + ":" + sink.name() + ":" + form + arguments.hashCode(),
        site);
  }

  void setting(Node node, RawSetting.Kind kind, String name, Values value) {
    settings.put(
        node.start() + ":" + kind + ":" + name,
        new RawSetting(unit, node.start(), node.end(), kind, name, value));
  }

  /// The key of a variable of the class body being executed.
  private String classKey(String name) {
    return "." + classes.size() + "." + name;
  }

  private int resolving;

  /// `values` with every import in them looked up; a circle of re-exports gives nothing.
  Values resolving(Values values) {
    if (resolving > 12) {
      return values.without(Value.Imported.class::isInstance);
    }
    resolving++;
    try {
      return Imports.resolved(this, values);
    } finally {
      resolving--;
    }
  }

  /// Reads a name.
  Values lookup(String name) {
    Values found = find(name);
    Values resolved = resolving(found);
    Values bound = env.get(name);
    if (resolved != found && classes.isEmpty() && bound != null && found.equals(bound)) {
      env.set(name, resolved);
    }
    return resolved;
  }

  private Values find(String name) {
    if (!classes.isEmpty()) {
      Values inClass = env.get(classKey(name));
      if (inClass != null && !inClass.equals(Values.UNBOUND)) {
        return inClass.without(Value.Singleton.UNBOUND::equals);
      }
    }
    if (unit instanceof Routine routine) {
      Values values = env.get(name);
      if (values != null
          && (starred || comprehended.contains(name) || routine.locals().contains(name))) {
        return rebound(name, values).without(Value.Singleton.UNBOUND::equals);
      }
      if (routine.locals().contains(name) && !globals.contains(name)) {
        return Values.EMPTY;
      }
      return outer(name, routine);
    }
    Values values = env.get(name);
    if (values != null) {
      values = rebound(name, values);
      Values bound = values.without(Value.Singleton.UNBOUND::equals);
      if (!bound.isEmpty()) {
        return bound;
      }
      if (values.equals(Values.UNBOUND)) {
        return Builtins.has(name) ? builtin(name) : Values.unknown("a name that was deleted");
      }
      return values;
    }
    return free(name);
  }

  private Values outer(String name, Routine routine) {
    Unit at = globals.contains(name) ? module() : routine.parent();
    while (at instanceof Routine outer) {
      if (outer.locals().contains(name)) {
        return outer.variable(name).read(unit).without(Value.Singleton.UNBOUND::equals);
      }
      at = outer.parent();
    }
    ModuleModel module = module();
    boolean mayComeByStar = module.running && program.boundIn(module).contains("*");
    if (mayComeByStar
        || program.boundIn(module).contains(name)
        || module.variables().containsKey(name)) {
      Cell cell = module.variable(name);
      Values values = cell.read(unit).without(Value.Singleton.UNBOUND::equals);
      if (!values.isEmpty() || module.rounds == 0 || module.running) {
        return values;
      }
      if (cell.values().isEmpty()) {
        return free(name);
      }
      return Values.unknown("a name that was deleted");
    }
    return free(name);
  }

  /// What it holds, and what functions inside this one put there by `nonlocal` or `global`.
  private Values rebound(String name, Values values) {
    return unit.rebound().contains(name) ? values.join(unit.variable(name).read(unit)) : values;
  }

  private void rebind(Unit outer, String name, Values values) {
    program.add(outer.variable(name), values);
    if (outer != unit && outer.rebound().add(name)) {
      program.enqueue(outer);
    }
  }

  private static Values builtin(String name) {
    return Values.of(new Value.Name("builtins." + name, true));
  }

  private static Values builtins() {
    return Values.of(new Value.Name("builtins", true));
  }

  /// A name that nothing in the module binds.
  private Values free(String name) {
    if (Builtins.has(name)) {
      return builtin(name);
    }
    if (name.equals("__builtins__")) {
      return builtins();
    }
    if (name.equals("__file__")) {
      return Values.of(new Value.ThisFile(module().path()));
    }
    if (name.equals("__name__")) {
      return Values.of(new Value.Text(module().name()));
    }
    if (name.equals("__package__")) {
      String own = module().name();
      return Values.of(
          new Value.Text(
              module().isPackage() ? own : own.substring(0, Math.max(0, own.lastIndexOf('.')))));
    }
    boolean byFunction = module().rebound().contains(name);
    if (byFunction || program.boundIn(module()).contains(name)) {
      // The cells of a notebook are run in any order.
      return byFunction || module().path().endsWith(".ipynb")
          ? module().variable(name).read(unit).without(Value.Singleton.UNBOUND::equals)
          : Values.EMPTY;
    }
    String convention = Builtins.convention(name);
    if (!convention.isEmpty()) {
      return Values.of(new Value.Name(convention, false));
    }
    return Values.unknown("`" + name + "` is bound nowhere");
  }

  /// Binds a name in the block being executed.
  void bind(String name, Values values) {
    if (!classes.isEmpty()) {
      env.set(classKey(name), values);
      return;
    }
    if (globals.contains(name)) {
      rebind(module(), name, values);
      if (unit instanceof ModuleModel) {
        env.set(name, values);
      }
      return;
    }
    if (nonlocals.contains(name)) {
      Unit at = unit.parent();
      while (at instanceof Routine outer) {
        if (outer.locals().contains(name)) {
          rebind(outer, name, values);
          return;
        }
        at = outer.parent();
      }
      return;
    }
    env.set(name, values);
  }

  /// What the innermost class body has bound.
  Map<String, Values> classVariables() {
    String prefix = classKey("");
    Map<String, Values> found = new LinkedHashMap<>();
    env.each(
        (key, values) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), values);
          }
        });
    return found;
  }

  void forgetClassVariables() {
    env.removeAll(classKey(""));
  }

  /// What a patch in sight made of an outside name; null when nothing patches it.
  @Nullable Values patched(String dotted) {
    String key = Env.patch(dotted);
    Values values = env.get(key);
    if (values == null && unit instanceof Routine) {
      Cell cell = module().variables().get(key);
      values = cell == null ? null : cell.values();
    }
    return values;
  }

  /// The class in which the function being evaluated is a method.
  @Nullable ClassModel methodOwner() {
    Unit at = unit;
    while (at instanceof Routine routine) {
      if (routine.owner() != null) {
        return routine.owner();
      }
      at = routine.parent();
    }
    return null;
  }
}
