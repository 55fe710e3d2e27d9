package io.loadlock.python.project;

import io.loadlock.python.filter.Needles;
import io.loadlock.python.filter.WordSketch;
import io.loadlock.python.sink.Alias;
import io.loadlock.python.sink.Factory;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
  private static final Map<String, String> CONVENTIONS = Map.of("np", "numpy", "pd", "pandas");

  /// What must be read whatever else the file says: the module's name may be put together.
  private static final Set<String> ALONE =
      Set.of("__import__", "import_module", "read_pickle", "Unpickler", "find_class");

  /// Modules that are often passed on under another name.
  static final Set<String> CARRIED =
      Set.of(
          "pickle",
          "cPickle",
          "_pickle",
          "pickle5",
          "dill",
          "cloudpickle",
          "joblib",
          "marshal",
          "shelve",
          "jsonpickle");

  /// What is called of them.
  private static final Set<String> CALLED = Set.of("load", "loads", "Unpickler", "decode");

  /// The group of [#files] that tells which files name a module of [#CARRIED].
  static final int CARRYING = 0;

  /// What decides whether others' calls are safe.
  private static final Set<String> DECIDING =
      Set.of(
          "weights_only",
          "allow_pickle",
          "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD",
          "TORCH_FORCE_WEIGHTS_ONLY_LOAD",
          "add_safe_globals",
          "safe_globals");

  private LoadWords() {}

  /// What makes a file worth parsing.
  ///
  /// @param libraries as [#groups] gives them
  static Needles files(List<Needles.Group> libraries) {
    Set<String> alone = new HashSet<>(ALONE);
    alone.add("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD");
    alone.add("TORCH_FORCE_WEIGHTS_ONLY_LOAD");
    alone.add("weights_only");
    alone.add("allow_pickle");
    List<Needles.Group> groups = new ArrayList<>();
    groups.add(new Needles.Group(CALLED, CARRIED));
    groups.addAll(libraries);
    groups.add(new Needles.Group(Set.of("add_safe_globals", "safe_globals"), Set.of("torch")));
    return new Needles(alone, groups, REFLECTION);
  }

  /// Of each library what its functions are called, and whose they may be said to be.
  static List<Needles.Group> groups(Sinks sinks) {
    List<Needles.Group> groups = new ArrayList<>();
    for (Library library : sinks.libraries()) {
      groups.add(group(library, sinks));
    }
    return groups;
  }

  /// What the library's functions are called, and whose they may be said to be.
  private static Needles.Group group(Library library, Sinks sinks) {
    Set<String> loading = new HashSet<>();
    Set<String> libraries = new HashSet<>();
    for (Sink sink : library.sinks()) {
      for (String name : sink.names()) {
        loading.add(name.substring(name.lastIndexOf('.') + 1));
        libraries.add(root(name));
      }
    }
    for (Factory factory : library.factories()) {
      factory.names().forEach(name -> libraries.add(root(name)));
    }
    for (Alias alias : library.aliases()) {
      if (sinks.find(alias.name()).isPresent()) {
        loading.add(alias.name().substring(alias.name().lastIndexOf('.') + 1));
      }
      libraries.add(root(alias.name()));
    }
    CONVENTIONS.forEach(
        (name, module) -> {
          if (libraries.contains(module)) {
            libraries.add(name);
          }
        });
    return new Needles.Group(loading, libraries);
  }

  private static String root(String dotted) {
    int dot = dotted.indexOf('.');
    return dot < 0 ? dotted : dotted.substring(0, dot);
  }

  /// The words that a function has which may have to do with loading, in a file that holds the
  /// words of `plain`: those of the libraries that it names, and those that are passed on. In a
  /// file that was only asked for by an import next to nothing matters.
  ///
  /// @param groups of the libraries, as [#groups] gives them
  static Set<String> functions(List<Needles.Group> groups, WordSketch file, WordSketch plain) {
    Set<String> words = new TreeSet<>(DECIDING);
    if (file.wanted() || file.holdsLibrary(CARRYING)) {
      words.addAll(CARRIED);
    }
    if (file.wanted()) {
      words.addAll(ALONE);
      words.addAll(Set.of("load", "loads", "global", "nonlocal", "__dict__", "import_string"));
      for (Needles.Group group : groups) {
        if (group.libraries().stream().anyMatch(plain::mayHold)) {
          words.addAll(group.loading());
        }
      }
    }
    return words;
  }

  /// Any word of loading in a stretch that was lost.
  static Needles lost(Sinks sinks) {
    return new Needles(sinks.callableWords(), List.of(), Set.of());
  }
}
