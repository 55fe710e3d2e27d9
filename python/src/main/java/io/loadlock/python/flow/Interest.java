package io.loadlock.python.flow;

import io.loadlock.core.Severity;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.tree.Parameter;
import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ClassModel;
import io.loadlock.python.value.Mappings;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which names of the modules read so far make other code worth reading: wrappers whose callers
/// decide, and names under which something with rows is exported.
public final class Interest {
  /// How many callers of callers are asked for a path.
  private static final int CALLERS = 4;

  /// Modules that are themselves passed on under other names.
  private static final Set<String> CARRIED =
      Set.of("pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "jsonpickle");

  /// Parameters behind this many are passed by keyword.
  private static final int PLACES = 5;

  /// How many parameters that only tell which file is loaded are asked for, those nearest to loads
  /// first. In a large project these are everybody's.
  private static final int PATHS = 64;

  /// How many beyond these are asked for in each package, so that no part of a large project goes
  /// without, and how many in all.
  private static final int PATHS_OF_PACKAGE = 4;

  private static final int MOST_PATHS = 256;

  /// How many functions whose results are asked for one wave may wake.
  private static final int ASKED = 400;

  private final Program program;
  private final Set<String> libraries;
  private final Map<String, Owned> names = new TreeMap<>();
  private final Map<ClassModel, Boolean> derived = new HashMap<>();

  /// What is known of one name so far.
  private static final class Owned {
    final Set<String> owners = new TreeSet<>();
    final Set<String> packages = new TreeSet<>();
    final Set<String> keywords = new TreeSet<>();
    boolean silent;
    boolean decides;

    Name named(String name) {
      return new Name(name, owners, packages, silent ? Set.of() : keywords, decides);
    }
  }

  /// Where a load stands, or a call that leads to one.
  private final Set<Called> places = new LinkedHashSet<>();

  private record Called(Unit unit, Slice.Root root) {
    Called(Routine.Place place, Value.Parameter passed) {
      this(place.unit(), new Slice.Root(place.start(), place.end(), passed));
    }
  }

  private Interest(Program program) {
    this.program = program;
    this.libraries = program.sinks.libraryWords();
  }

  /// A word that calls or reads something of interest, and what a file shows that may mean it.
  ///
  /// @param owners words by which its module or class is known, one of which a file needs that
  ///   means it
  /// @param packages the modules and packages that it can be had from: what lies in them needs no
  ///   further word
  /// @param keywords one of these is written by who passes what decides a load; empty where it may
  ///   be passed without a word
  /// @param decides false where it tells only which file is loaded, not whether that is safe
  public record Name(
      String name,
      Set<String> owners,
      Set<String> packages,
      Set<String> keywords,
      boolean decides) {
    /// Whether a module lies where the name can be had by a relative import, or is there itself.
    public boolean isNear(String module) {
      String at = module;
      for (int up = 0; up < 3; up++) {
        if (packages.contains(at)) {
          return true;
        }
        int dot = at.lastIndexOf('.');
        if (dot < 0) {
          return false;
        }
        at = at.substring(0, dot);
      }
      return false;
    }
  }

  /// Lets those ask others that have a load or lead to one, and wakes the functions whose results
  /// are what a load reads, or what its callers pass for that; false when there are none.
  public static boolean wakeAsked(Program program) {
    Interest interest = new Interest(program);
    interest.wrappers();
    boolean any = false;
    for (Called place : interest.places) {
      any |= program.warm(place.unit(), place.root());
    }
    Set<Unit> callers = new HashSet<>();
    interest.places.forEach(place -> callers.add(place.unit()));
    return program.wakeAsked(ASKED, callers) || any;
  }

  /// What is of interest now.
  public static Collection<Name> of(Program program) {
    Interest interest = new Interest(program);
    interest.wrappers();
    for (Unit unit : program.units()) {
      for (ClassModel type : unit.classes().values()) {
        interest.attributes(type);
      }
      if (unit instanceof ModuleModel module) {
        interest.exports(module);
      }
    }
    interest.passedOn();
    List<Name> found = new ArrayList<>();
    interest.names.forEach((name, owned) -> found.add(owned.named(name)));
    return found;
  }

  private void export(String name, ModuleModel module, @Nullable ClassModel owner) {
    Owned known = add(name, module, owner);
    known.decides = true;
    known.silent = true;
  }

  private Owned add(String name, ModuleModel module, @Nullable ClassModel owner) {
    Owned known = names.computeIfAbsent(name, _ -> new Owned());
    if (owner != null) {
      known.owners.add(owner.name());
      for (Value below : owner.subclasses.values()) {
        if (below instanceof Value.Type type) {
          known.owners.add(type.type().name());
        }
      }
    }
    String at = module.name();
    known.packages.add(at);
    while (!at.isEmpty()) {
      int dot = at.lastIndexOf('.');
      String last = at.substring(dot + 1);
      known.owners.add(last);
      at = dot < 0 ? "" : at.substring(0, dot);
      if (at.isEmpty() || !program.modules.passesOn(at, last)) {
        break;
      }
      known.packages.add(at);
    }
    return known;
  }

  /// A parameter on which a load depends, and the word by which it is passed from afar.
  private record Deciding(Value.Parameter parameter, String keyword) {}

  /// Functions in which a load depends on a parameter, and those that hand their own parameters on
  /// to them.
  private void wrappers() {
    Deque<Deciding> work = new ArrayDeque<>();
    List<Value.Parameter> direct = new ArrayList<>();
    for (Unit unit : program.units()) {
      for (RawSite site : program.sitesOf(unit)) {
        if (!isSafe(site)) {
          places.add(new Called(unit, new Slice.Root(site.start(), site.end(), null)));
        }
        if (site.sink().severity().compareTo(Severity.HIGH) > 0) {
          continue;
        }
        if (site.sink().safety().isPresent() && !site.sink().safety().get().parameter().isEmpty()) {
          String keyword = site.sink().safety().get().parameter();
          decide(
              site.arguments().lookup(keyword, site.sink().safety().get().position()),
              keyword,
              work);
        }
        switch (site.receiver()) {
          case null -> {}
          // What an object of a known class was made with only tells which file it reads.
          case Value.Foreign foreign -> symbols(foreign.made(), direct);
          case Value.Instance instance -> symbols(instance.made(), direct);
          default -> decide(Values.of(site.receiver()), "", work);
        }
        if (!isSafe(site)) {
          symbols(site.arguments(), direct);
        }
      }
    }
    Set<Deciding> seen = new HashSet<>();
    Deciding next;
    while ((next = work.poll()) != null) {
      if (!seen.add(next)) {
        continue;
      }
      Routine routine = next.parameter().routine();
      Owned known = add(routine);
      known.decides = true;
      known.silent |= next.keyword().isEmpty();
      known.keywords.add(next.keyword());
      for (Map.Entry<Routine.Place, Arguments> call : routine.calls.entrySet()) {
        places.add(new Called(call.getKey(), next.parameter()));
        decide(routine.passed(next.parameter().index(), call.getValue()), next.keyword(), work);
      }
    }
    paths(direct);
  }

  /// Whether a load is silent as far as anybody knows: then nobody asks where its file is from.
  private boolean isSafe(RawSite site) {
    try {
      return decidedSafe(site);
    } catch (StackOverflowError e) {
      return false;
    }
  }

  private boolean decidedSafe(RawSite site) {
    return site.sink().safety().isPresent()
        && new io.loadlock.python.flow.Deciding(program)
                .decide(site.sink(), site.arguments())
                .safety()
            instanceof LoadSite.Safety.Safe;
  }

  /// Whose paths they are is asked of the nearest callers, and of theirs.
  private void paths(List<Value.Parameter> direct) {
    List<Value.Parameter> nearest = direct;
    Set<Value.Parameter> seen = new HashSet<>();
    Map<String, Integer> ofPackage = new HashMap<>();
    for (int level = 0; level < CALLERS && !nearest.isEmpty(); level++) {
      List<Value.Parameter> next = new ArrayList<>();
      for (Value.Parameter parameter : nearest) {
        if (!seen.contains(parameter) && mayAskFor(parameter, seen.size(), ofPackage)) {
          seen.add(parameter);
          add(parameter.routine());
          parameter
              .routine()
              .calls
              .forEach(
                  (place, arguments) -> {
                    places.add(new Called(place, parameter));
                    symbols(parameter.routine().passed(parameter.index(), arguments), next, 4);
                  });
        }
      }
      nearest = next;
    }
  }

  private static boolean mayAskFor(
      Value.Parameter parameter, int before, Map<String, Integer> ofPackage) {
    String module = parameter.routine().module().name();
    int dot = module.lastIndexOf('.');
    int inPackage = ofPackage.merge(dot < 0 ? "" : module.substring(0, dot), 1, Integer::sum);
    return before < PATHS || before < MOST_PATHS && inPackage <= PATHS_OF_PACKAGE;
  }

  private static void decide(Values values, String keyword, Deque<Deciding> work) {
    List<Value.Parameter> found = new ArrayList<>();
    symbols(values, found, 4);
    for (Value.Parameter parameter : found) {
      work.add(new Deciding(parameter, passedBy(parameter, keyword)));
    }
  }

  /// The word that a call must hold to pass the parameter; empty where its place says enough.
  private static String passedBy(Value.Parameter parameter, String keyword) {
    Parameter declared = parameter.routine().parameters().get(parameter.index());
    return switch (declared.kind()) {
      case POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD ->
          parameter.index() > PLACES ? declared.name() : "";
      case KEYWORD_ONLY -> declared.name();
      case VAR_POSITIONAL -> "";
      case VAR_KEYWORD -> keyword;
    };
  }

  private Owned add(Routine routine) {
    ClassModel owner = routine.owner();
    String name = routine.name().startsWith("__") && owner != null ? owner.name() : routine.name();
    return add(name, routine.module(), owner);
  }

  private static void symbols(Arguments arguments, List<Value.Parameter> found) {
    for (Arguments.Given given : arguments.given()) {
      symbols(given.value(), found, 4);
    }
  }

  private static void symbols(Values values, List<Value.Parameter> found, int depth) {
    if (depth == 0) {
      return;
    }
    for (Value value : values) {
      switch (value) {
        case Value.Parameter parameter -> found.add(parameter);
        case Value.Item item -> symbols(item.of(), found, depth - 1);
        case Value.Not not -> symbols(not.of(), found, depth - 1);
        case Value.Narrowed narrowed -> symbols(Values.of(narrowed.of()), found, depth - 1);
        case Value.Mapping mapping -> {
          symbols(Mappings.all(mapping), found, depth - 1);
          for (Value.Layer layer : mapping.layers()) {
            if (layer instanceof Value.Layer.Spread spread) {
              symbols(spread.of(), found, depth - 1);
            }
          }
        }
        case Value.Foreign foreign -> symbols(foreign.made(), found);
        case Value.Result result -> {
          for (Arguments.Given given : result.arguments().given()) {
            symbols(given.value(), found, depth - 1);
          }
        }
        case Value.Instance instance -> symbols(instance.made(), found);
        case Value.Content content -> symbols(content.of(), found, depth - 1);
        case Value.Parent parent -> symbols(parent.of(), found, depth - 1);
        case Value.Joined joined -> joined.parts().forEach(one -> symbols(one, found, depth - 1));
        case Value.Concatenated joined ->
            joined.parts().forEach(one -> symbols(one, found, depth - 1));
        case Value.Member member -> symbols(member.of(), found, depth - 1);
        default -> {}
      }
    }
  }

  /// Names of a module that stand for something with rows.
  private void exports(ModuleModel module) {
    Map<String, Cell> variables = new HashMap<>(module.variables());
    variables.forEach(
        (name, cell) -> {
          if (name.charAt(0) != '!' && !libraries.contains(name) && leads(cell.values(), 3)) {
            export(name, module, null);
          }
        });
  }

  /// Modules that pass on a name of interest which they have imported: `from .reading import
  /// fetch`.
  private void passedOn() {
    List<Runnable> found = new ArrayList<>();
    for (Unit unit : program.units()) {
      if (unit instanceof ModuleModel module) {
        module
            .variables()
            .forEach(
                (name, cell) -> {
                  for (Value value : cell.values()) {
                    if (value instanceof Value.Imported imported
                        && names.containsKey(imported.name())) {
                      found.add(() -> add(name, module, null));
                    }
                  }
                });
      }
    }
    found.forEach(Runnable::run);
  }

  /// Attributes that hold something with rows.
  private void attributes(ClassModel type) {
    ModuleModel module = type.unit().module();
    type.attributes()
        .forEach(
            (name, cell) -> {
              if (leads(cell.values(), 3)) {
                export(name, module, type);
              }
            });
    type.members()
        .forEach(
            (name, cell) -> {
              if (!name.startsWith("__") && leads(cell.values(), 3)) {
                export(name, module, type);
              }
            });
  }

  /// Whether a name leads to rows. `import numpy as np` does not: hardly anybody imports `np` from
  /// here, and who does says `numpy` or something that is of interest in itself.
  private boolean leads(Value.Name name) {
    return program.leadsToRows(name.dotted())
        && (program.sinks.find(name.dotted()).isPresent()
            || program.sinks.isClass(name.dotted())
            || program.sinks.factory(name.dotted()).isPresent()
            || CARRIED.contains(program.sinks.canonical(name.dotted())));
  }

  private boolean leads(Values values, int depth) {
    if (depth == 0) {
      return false;
    }
    for (Value value : values) {
      boolean leads =
          switch (value) {
            case Value.Name name -> leads(name);
            case Value.Foreign _ -> true;
            case Value.Partial partial -> leads(partial.callee(), depth - 1);
            case Value.Type type -> derived(type.type(), depth);
            case Value.Instance instance -> derived(instance.type(), depth);
            case Value.Function function -> leads(function.routine().returned.values(), depth - 1);
            case Value.Mapping mapping -> leads(Mappings.all(mapping), depth - 1);
            case Value.Sequence sequence -> leads(sequence.all(), depth - 1);
            default -> false;
          };
      if (leads) {
        return true;
      }
    }
    return false;
  }

  private boolean derived(ClassModel type, int depth) {
    Boolean known = derived.get(type);
    if (known != null) {
      return known;
    }
    // What leads back to it tells nothing new.
    derived.put(type, false);
    boolean leads = leadsAsClass(type, depth);
    derived.put(type, leads);
    return leads;
  }

  private boolean leadsAsClass(ClassModel type, int depth) {
    for (Cell base : type.bases) {
      if (leads(base.values(), depth)) {
        return true;
      }
    }
    for (Cell member : type.members().values()) {
      for (Value value : member.values()) {
        if (value instanceof Value.Name name && leads(name)) {
          return true;
        }
      }
    }
    return false;
  }
}
