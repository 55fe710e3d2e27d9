package io.loadlock.python.flow;

import io.loadlock.python.tree.ImportAlias;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.value.Cell;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Values;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What import statements bind.
final class Imports {
  /// The public functions of modules without rows that are star-imported besides pickle's, so that
  /// the later import wins.
  private static final Map<String, List<String>> OTHERS =
      Map.of(
          "json", List.of("load", "loads", "dump", "dumps"),
          "simplejson", List.of("load", "loads", "dump", "dumps"),
          "ujson", List.of("load", "loads", "dump", "dumps"),
          "yaml", List.of("load", "safe_load", "dump", "load_all"),
          "toml", List.of("load", "loads", "dump", "dumps"),
          "tomllib", List.of("load", "loads"),
          "io", List.of("open"),
          "codecs", List.of("open"),
          "os", List.of("open"),
          "plistlib", List.of("load", "loads", "dump", "dumps"));

  private final Frame frame;

  Imports(Frame frame) {
    this.frame = frame;
  }

  void execute(Statement.Import statement) {
    for (ImportAlias alias : statement.names()) {
      String dotted = alias.name();
      frame.program.imported(frame.module(), dotted, statement.start(), statement.end());
      if (alias.asName().isPresent()) {
        frame.bind(alias.asName().get(), later(dotted, "", false));
        continue;
      }
      int dot = dotted.indexOf('.');
      String first = dot < 0 ? dotted : dotted.substring(0, dot);
      frame.bind(first, later(first, "", false));
    }
  }

  void execute(Statement.ImportFrom statement) {
    String dotted = absolute(frame.module(), statement.module(), statement.level());
    if (dotted == null) {
      for (ImportAlias alias : statement.names()) {
        frame.bind(
            alias.asName().orElse(alias.name()), Values.unknown("imported from above the project"));
      }
      return;
    }
    for (ImportAlias alias : statement.names()) {
      frame.program.imported(
          frame.module(),
          alias.name().equals("*") ? dotted : dotted + "." + alias.name(),
          statement.start(),
          statement.end());
      if (alias.name().equals("*")) {
        star(dotted, statement.level() > 0);
      } else {
        frame.bind(
            alias.asName().orElse(alias.name()),
            later(dotted, alias.name(), statement.level() > 0));
      }
    }
  }

  /// Looked up at once only where that costs nothing, or where a class body binds it.
  private Values later(String module, String name, boolean relative) {
    Value.Imported imported = new Value.Imported(frame.module(), module, name, relative);
    return frame.classes.isEmpty() && !frame.program.isOutside(imported)
        ? Values.of(imported)
        : resolved(frame, imported);
  }

  /// What an import statement has bound.
  static Values resolved(Frame frame, Value.Imported imported) {
    return imported.name().isEmpty()
        ? module(frame, imported.importer(), imported.module())
        : member(
            frame, imported.importer(), imported.module(), imported.name(), imported.relative());
  }

  /// `values` with every import in them looked up.
  static Values resolved(Frame frame, Values values) {
    boolean any = false;
    for (Value value : values) {
      any = any || value instanceof Value.Imported;
    }
    if (!any) {
      return values;
    }
    Values result = Values.EMPTY;
    for (Value value : values) {
      result =
          result.join(
              value instanceof Value.Imported imported
                  ? resolved(frame, imported)
                  : Values.of(value));
    }
    return result;
  }

  /// The absolute name of `level` dots and `module`; null where there are more dots than packages.
  static @Nullable String absolute(ModuleModel importer, String module, int level) {
    if (level == 0) {
      return module;
    }
    String base = importer.name();
    int up = importer.isPackage() ? level - 1 : level;
    for (int i = 0; i < up; i++) {
      int dot = base.lastIndexOf('.');
      if (dot < 0) {
        if (i + 1 < up) {
          return null;
        }
        base = "";
        break;
      }
      base = base.substring(0, dot);
    }
    return base.isEmpty() ? module : module.isEmpty() ? base : base + "." + module;
  }

  /// A module by its absolute name, of the project or not.
  static Values module(Frame frame, String dotted) {
    return module(frame, frame.module(), dotted);
  }

  private static Values module(Frame frame, ModuleModel importer, String dotted) {
    ModuleModel found = frame.program.modules.find(importer, dotted);
    if (found != null) {
      settle(frame, found);
      return Values.of(new Value.ProjectModule(found));
    }
    Values patched = frame.patched(dotted);
    return patched != null ? patched : Values.of(new Value.Name(dotted, true));
  }

  private static @Nullable ModuleModel named(
      Frame frame, ModuleModel importer, String dotted, boolean relative) {
    if (dotted.isEmpty()) {
      return null;
    }
    return relative
        ? frame.program.modules.exact(dotted)
        : frame.program.modules.find(importer, dotted);
  }

  private static void settle(Frame frame, ModuleModel module) {
    frame.program.demand(module);
  }

  /// A name of a module, of the project or not; its submodule where it has no such name.
  static Values member(Frame frame, String dotted, String name, boolean relative) {
    return member(frame, frame.module(), dotted, name, relative);
  }

  private static Values member(
      Frame frame, ModuleModel importer, String dotted, String name, boolean relative) {
    ModuleModel found = named(frame, importer, dotted, relative);
    if (found != null) {
      return memberOf(frame, found, name);
    }
    String full = dotted.isEmpty() ? name : dotted + "." + name;
    if (relative || frame.program.modules.isNamespace(importer, dotted)) {
      ModuleModel submodule = named(frame, importer, full, relative);
      if (submodule != null) {
        settle(frame, submodule);
        return Values.of(new Value.ProjectModule(submodule));
      }
      if (relative) {
        return Values.unknown("imported from a module of the project that is not there");
      }
    }
    Values patched = frame.patched(full);
    return patched != null ? patched : Values.of(new Value.Name(full, true));
  }

  /// An attribute of a module of the project. A package that is called like a library but does not
  /// bind the library's name, such as a folder `tests/torch`, hides nothing.
  static Values memberOf(Frame frame, ModuleModel module, String name) {
    settle(frame, module);
    Cell cell = module.variable(name);
    Values values =
        cell.read(frame.unit)
            .without(value -> value.equals(Value.Singleton.UNBOUND) || isOwn(module, name, value));
    if (!values.isEmpty()) {
      return frame.resolving(values);
    }
    String full = module.name().isEmpty() ? name : module.name() + "." + name;
    if (module.isPackage()) {
      ModuleModel submodule = frame.program.modules.exact(full);
      if (submodule != null) {
        settle(frame, submodule);
        return Values.of(new Value.ProjectModule(submodule));
      }
    }
    if (module.running || module.rounds == 0 || frame.program.boundIn(module).contains(name)) {
      return Values.EMPTY;
    }
    String library = module.name().substring(module.name().lastIndexOf('.') + 1) + "." + name;
    return module.isPackage() && frame.program.leadsToRows(library)
        ? Values.of(new Value.Name(library, true))
        : Values.unknown("a name that its module does not bind");
  }

  /// Whether a package imports its own submodule: `from . import name` means the file, not the name
  /// that the statement itself binds.
  private static boolean isOwn(ModuleModel module, String name, Value value) {
    return value instanceof Value.Imported imported
        && module.isPackage()
        && imported.importer() == module
        && imported.module().equals(module.name())
        && imported.name().equals(name);
  }

  private void star(String dotted, boolean relative) {
    if (frame.typing) {
      return;
    }
    frame.starred = true;
    ModuleModel found = named(frame, frame.module(), dotted, relative);
    if (found != null) {
      settle(frame, found);
      starOfProject(found);
      return;
    }
    if (relative) {
      return;
    }
    for (String name : frame.program.exportsOf(dotted)) {
      frame.bind(name, Values.of(new Value.Name(dotted + "." + name, true)));
    }
    for (String name : OTHERS.getOrDefault(dotted, List.of())) {
      frame.bind(name, Values.of(new Value.Name(dotted + "." + name, true)));
    }
  }

  private void starOfProject(ModuleModel module) {
    Values all = module.variable("__all__").read(frame.unit);
    Map<String, Cell> variables = new TreeMap<>(module.variables());
    for (Map.Entry<String, Cell> entry : variables.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith("!") || !listed(all, name)) {
        continue;
      }
      Values values = entry.getValue().read(frame.unit).without(Value.Singleton.UNBOUND::equals);
      if (!values.isEmpty()) {
        frame.bind(name, values);
      }
    }
  }

  private static boolean listed(Values all, String name) {
    if (all.only() instanceof Value.Sequence sequence && sequence.others().isEmpty()) {
      for (Values element : sequence.elements()) {
        if (element.contains(new Value.Text(name))) {
          return true;
        }
      }
      return false;
    }
    return !name.startsWith("_");
  }
}
