package io.loadlock.python.project;

import io.loadlock.core.Outcome;
import io.loadlock.python.filter.NeedleFilter;
import io.loadlock.python.filter.WordSketch;
import io.loadlock.python.flow.Modules;
import io.loadlock.python.notebook.Notebook;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of a tree as modules, parsed when one is asked for.
final class Project implements Modules {
  /// Why a file is not read for which the heap does not suffice; what its tree took is free again.
  static final String MEMORY = "there is not enough memory to parse it";

  private final SourceTree tree;
  private final ModuleIndex index;
  private final Set<String> libraries;
  private final Set<String> frameworks;
  private final Map<String, ModuleModel> byPath = new HashMap<>();
  private final Map<String, IOException> unreadable = new HashMap<>();
  private final Map<String, Outcome> notebooks = new HashMap<>();
  private final Set<String> asked = new HashSet<>();
  private final Map<ModuleModel, Map<String, String>> found = new HashMap<>();
  private final Map<ModuleModel, Map<String, Boolean>> namespaces = new HashMap<>();

  private final PythonScan.Needling needling;
  private final boolean thorough;
  private final Map<ModuleModel, Words> words = new HashMap<>();

  Project(SourceTree tree, ModuleIndex index, Options options, PythonScan.Needling needling) {
    Sinks sinks = options.sinks();
    this.needling = needling;
    this.thorough = options.thorough();
    this.tree = tree;
    this.index = index;
    this.libraries = sinks.libraryWords();
    this.frameworks = sinks.frameworkWords();
  }

  @Override
  public @Nullable ModuleModel find(ModuleModel importer, String dotted) {
    String path =
        found
            .computeIfAbsent(importer, _ -> new HashMap<>())
            .computeIfAbsent(dotted, name -> find(importer.path(), name));
    return path.isEmpty() ? null : load(path);
  }

  private String find(String importer, String dotted) {
    boolean strict = strict(dotted);
    String home = frameworks.contains(first(dotted)) ? index.home(dotted) : null;
    String at = index.find(importer, dotted, strict);
    if (at == null || at.equals(importer) && strict) {
      return home == null ? "" : home;
    }
    return at;
  }

  private boolean strict(String dotted) {
    return libraries.contains(first(dotted));
  }

  private static String first(String dotted) {
    int dot = dotted.indexOf('.');
    return dot < 0 ? dotted : dotted.substring(0, dot);
  }

  @Override
  public @Nullable ModuleModel exact(String dotted) {
    String path = index.exact(dotted);
    return path == null ? null : load(path);
  }

  @Override
  public boolean mayMatter(ModuleModel module, int start, int end) {
    if (thorough) {
      return true;
    }
    Words words = of(module);
    NeedleFilter functions = words.functions;
    if (functions == null) {
      functions = needling.functions(module.parsed().source().text(), words.sketch);
      words.functions = functions;
    }
    return functions.holds(module.parsed().source().text(), start, end);
  }

  /// The words of a parsed module.
  private static final class Words {
    final WordSketch sketch;
    final Map<Routine, WordSketch> routines = new HashMap<>();
    @Nullable NeedleFilter functions;

    private Words(WordSketch sketch) {
      this.sketch = sketch;
    }
  }

  private Words of(ModuleModel module) {
    return words.computeIfAbsent(
        module, one -> new Words(plain(one, 0, one.parsed().source().text().length)));
  }

  private WordSketch plain(ModuleModel module, int start, int end) {
    return needling.plain(module.parsed().source().text(), start, end);
  }

  /// The words of what a parsed module executes.
  WordSketch words(ModuleModel module) {
    return of(module).sketch;
  }

  /// The words of what a function executes.
  WordSketch words(Routine routine) {
    return of(routine.module())
        .routines
        .computeIfAbsent(routine, one -> plain(one.module(), one.node().start(), one.node().end()));
  }

  /// Files that were looked at and not parsed.
  final Map<String, WordSketch> passed = new LinkedHashMap<>();

  @Override
  public boolean passesOn(String dotted, String child) {
    String path = index.exact(dotted);
    if (path == null) {
      return false;
    }
    ModuleModel module = byPath.get(path);
    if (module != null) {
      return words(module).mayHold(child);
    }
    WordSketch sketch = passed.get(path);
    return sketch != null && sketch.mayHold(child);
  }

  @Override
  public boolean isNamespace(ModuleModel importer, String dotted) {
    return namespaces
        .computeIfAbsent(importer, _ -> new HashMap<>())
        .computeIfAbsent(dotted, name -> index.isNamespace(importer.path(), name, strict(name)));
  }

  /// The module at a path; null where it cannot be read.
  @Nullable ModuleModel load(String path) {
    ModuleModel module = byPath.get(path);
    if (module != null || !asked.add(path)) {
      return module;
    }
    try {
      return add(path, parse(path, tree.read(path)));
    } catch (IOException e) {
      unreadable.put(path, e);
      return null;
    } catch (OutOfMemoryError e) {
      unreadable.put(path, new IOException(MEMORY, e));
      return null;
    }
  }

  /// A file as parsed.
  ///
  /// @param notebook how far a notebook was read; null for a file of Python
  record Read(ParsedSource parsed, @Nullable Outcome notebook) {}

  static Read parse(String path, byte[] bytes) {
    if (path.endsWith(".ipynb")) {
      Notebook notebook = Notebook.read(bytes);
      return new Read(notebook.source(), notebook.outcome());
    }
    return new Read(Parser.parse(bytes), null);
  }

  ModuleModel add(String path, Read read) {
    ModuleModel module =
        new ModuleModel(path, ModuleIndex.nameOf(path), ModuleIndex.isPackage(path), read.parsed());
    asked.add(path);
    passed.remove(path);
    byPath.put(path, module);
    if (read.notebook() != null) {
      notebooks.put(path, read.notebook());
    }
    return module;
  }

  /// Forgets a module that nobody has asked for and that turned out to be of no interest.
  void forget(ModuleModel module, WordSketch sketch) {
    byPath.remove(module.path());
    asked.remove(module.path());
    words.remove(module);
    passed.put(module.path(), sketch);
  }

  @Nullable Outcome notebookOutcome(String path) {
    return notebooks.get(path);
  }

  @Nullable ModuleModel loaded(String path) {
    return byPath.get(path);
  }

  @Nullable IOException unreadable(String path) {
    return unreadable.get(path);
  }
}
