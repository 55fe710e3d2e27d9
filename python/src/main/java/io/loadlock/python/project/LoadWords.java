package io.loadlock.python.project;

import io.loadlock.python.filter.Needles;
import io.loadlock.python.sink.Sinks;
import java.util.Set;
import java.util.TreeSet;

/// The words that make a file worth parsing.
final class LoadWords {
  /// Ways to call a function without writing its name.
  private static final Set<String> REFLECTION =
      Set.of(
          "getattr",
          "import_module",
          "__import__",
          "__dict__",
          "vars",
          "globals",
          "attrgetter",
          "methodcaller",
          "exec",
          "eval",
          "importlib",
          "modules",
          "locate",
          "import_string");

  /// Names under which libraries are known without an import.
  private static final Set<String> CONVENTIONS = Set.of("np", "pd", "cPickle", "pickle");

  /// What must be read whatever else the file says: the module's name may be put together.
  private static final Set<String> ALONE =
      Set.of("__import__", "import_module", "read_pickle", "Unpickler", "find_class");

  private LoadWords() {}

  static Needles files(Sinks sinks) {
    Set<String> loading = new TreeSet<>(sinks.callableWords());
    loading.addAll(REFLECTION);
    loading.add("add_safe_globals");
    loading.add("safe_globals");
    Set<String> libraries = new TreeSet<>(sinks.libraryWords());
    libraries.addAll(CONVENTIONS);
    Set<String> alone = new TreeSet<>(ALONE);
    alone.add("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD");
    alone.add("TORCH_FORCE_WEIGHTS_ONLY_LOAD");
    return new Needles(alone, loading, libraries);
  }

  /// Any word of loading in a stretch that was lost.
  static Needles lost(Sinks sinks) {
    return new Needles(sinks.callableWords(), Set.of(), Set.of());
  }
}
