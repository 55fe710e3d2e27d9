package io.loadlock.python.sink;

import io.loadlock.core.Rules;
import io.loadlock.core.Severity;
import io.loadlock.python.sink.library.Libraries;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The catalogue of rows, asked by resolved dotted names. Immutable; safe from several threads.
public final class Sinks {
  private final List<Library> libraries;

  /// Made at the first question, since a catalogue is often narrowed before it is asked anything.
  private volatile @Nullable Index index;

  private Sinks(List<Library> libraries) {
    this.libraries = List.copyOf(libraries);
  }

  /// The rows of all libraries, by what is asked for.
  private static final class Index {
    final Map<String, Sink> byName = new HashMap<>();
    final Map<String, Factory> factoryByName = new HashMap<>();
    final Map<String, String> aliases = new HashMap<>();
    final Set<String> classes = new HashSet<>();
    final Set<String> callableWords = new HashSet<>();
    final Set<String> libraryWords = new HashSet<>();
    final Set<String> imports = new HashSet<>();

    Index(List<Library> libraries) {
      for (Library library : libraries) {
        imports.addAll(library.imports());
        for (Sink sink : library.sinks()) {
          add(sink);
        }
        for (Factory factory : library.factories()) {
          add(factory);
        }
        for (Alias alias : library.aliases()) {
          aliases.put(alias.name(), alias.stands());
          libraryWords.add(root(alias.name()));
          if (byName.containsKey(alias.stands())) {
            callableWords.add(lastSegment(alias.name()));
          }
        }
      }
    }

    private void add(Sink sink) {
      for (String name : sink.names()) {
        byName.putIfAbsent(name, sink);
        callableWords.add(lastSegment(name));
        libraryWords.add(root(name));
        switch (sink.form()) {
          case FUNCTION -> {}
          case CONSTRUCTOR -> classes.add(name);
          case METHOD, CLASS_METHOD -> classes.add(owner(name));
        }
      }
    }

    private void add(Factory factory) {
      for (String name : factory.names()) {
        factoryByName.put(name, factory);
        String owner = owner(name);
        if (Character.isUpperCase(lastSegment(owner).charAt(0))) {
          classes.add(owner);
        }
      }
      classes.add(factory.makes());
    }
  }

  private Index index() {
    Index made = index;
    if (made == null) {
      made = new Index(libraries);
      index = made;
    }
    return made;
  }

  /// The rows that loadlock comes with.
  public static Sinks standard() {
    return of(Libraries.ALL);
  }

  /// A catalogue of these libraries.
  public static Sinks of(List<Library> libraries) {
    return new Sinks(libraries);
  }

  /// This catalogue with a user's rows, which win over rows of the same name.
  public Sinks with(List<Sink> extra) {
    var all = new ArrayList<Library>();
    all.add(new Library("Project", "", extra, List.of(), List.of(), List.of()));
    all.addAll(libraries);
    return new Sinks(all);
  }

  /// This catalogue with only the rows that `wanted` accepts; what is not there costs nothing.
  public Sinks only(Predicate<Sink> wanted) {
    List<Library> kept = new ArrayList<>(libraries.size());
    for (Library library : libraries) {
      List<Sink> sinks = new ArrayList<>(library.sinks());
      kept.add(sinks.removeIf(wanted.negate()) ? library.withSinks(sinks) : library);
    }
    return new Sinks(kept);
  }

  /// The row of a resolved name such as `torch.serialization.load`, aliases followed.
  public Optional<Sink> find(String dottedName) {
    Sink exact = index().byName.get(dottedName);
    return Optional.ofNullable(exact != null ? exact : index().byName.get(canonical(dottedName)));
  }

  /// How the result of calling this name is an instance of a class with sinks, aliases followed.
  public Optional<Factory> factory(String dottedName) {
    return Optional.ofNullable(index().factoryByName.get(canonical(dottedName)));
  }

  /// True when this is a class that owns sinks or factories, so that its instances and subclasses
  /// matter.
  public boolean isClass(String dottedName) {
    return index().classes.contains(dottedName) || index().classes.contains(canonical(dottedName));
  }

  /// The name with its longest aliased prefix replaced, until none is left:
  /// `six.moves.cPickle.load` is `pickle.load`.
  public String canonical(String dottedName) {
    String name = dottedName;
    // Each step must shorten the chain of aliases; a circle among a user's rows ends here.
    for (int step = 0; step < 8; step++) {
      String next = replacedOnce(name);
      if (next.equals(name)) {
        return name;
      }
      name = next;
    }
    return name;
  }

  private String replacedOnce(String name) {
    for (int end = name.length(); end > 0; end = name.lastIndexOf('.', end - 1)) {
      String stands = index().aliases.get(name.substring(0, end));
      if (stands != null) {
        return stands + name.substring(end);
      }
    }
    return name;
  }

  /// The modules whose import is reported on request.
  public Set<String> imports() {
    return Collections.unmodifiableSet(index().imports);
  }

  /// The last segments of all sinks: `load`, `loads`, `read_pickle` …; source without any of them
  /// loads nothing.
  public Set<String> callableWords() {
    return Collections.unmodifiableSet(index().callableWords);
  }

  /// The first segments of all sinks and aliases: `torch`, `six` …
  public Set<String> libraryWords() {
    return Collections.unmodifiableSet(index().libraryWords);
  }

  /// The first segments of those libraries whose own tree shows the load itself, because their
  /// functions call one that has a critical row.
  public Set<String> frameworkWords() {
    Set<String> words = new HashSet<>();
    Set<String> roots = new HashSet<>();
    for (Map.Entry<String, Sink> row : index().byName.entrySet()) {
      Sink sink = row.getValue();
      boolean underneath =
          sink.severity() != Severity.CRITICAL && !sink.rule().equals(Rules.REMOTE_CODE.id());
      (underneath ? words : roots).add(root(row.getKey()));
    }
    words.removeAll(roots);
    return words;
  }

  /// The rows by library, in the order of the documentation.
  public List<Library> libraries() {
    return libraries;
  }

  private static String root(String dottedName) {
    int dot = dottedName.indexOf('.');
    return dot < 0 ? dottedName : dottedName.substring(0, dot);
  }

  private static String owner(String dottedName) {
    int dot = dottedName.lastIndexOf('.');
    return dot < 0 ? dottedName : dottedName.substring(0, dot);
  }

  private static String lastSegment(String dottedName) {
    return dottedName.substring(dottedName.lastIndexOf('.') + 1);
  }
}
