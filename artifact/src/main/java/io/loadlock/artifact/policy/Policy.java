package io.loadlock.artifact.policy;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Looks names up in the rows. A package's rows are read when it is first met. Safe for use by
/// several threads.
public final class Policy {
  private static final List<Shape> ANY_DATA = Shape.parse("data*");

  private static final String CYTHON = "__pyx_unpickle_";

  /// Classes inherit classes inherit classes: no real hierarchy comes near this.
  private static final int DEPTH = 40;

  /// Real files name a few hundred; a hostile one names what it likes.
  private static final int REMEMBERED = 20_000;

  private static final Policy BUNDLED = new Policy(RowSource.bundled());

  private final RowSource source;
  private final Map<String, String> files;
  private final Map<String, PackageRows> packages = new ConcurrentHashMap<>();
  private final Map<String, Ruling> rulings = new ConcurrentHashMap<>();

  private Policy(RowSource source) {
    this.source = source;
    this.files = PackageRows.index(source.text("index"));
  }

  /// The rows that come with loadlock.
  public static Policy bundled() {
    return BUNDLED;
  }

  static Policy of(RowSource source) {
    return new Policy(source);
  }

  /// What is known of a name, exactly as a pickle writes it.
  public Ruling ruling(String module, String name) {
    String full = module + "\n" + name;
    Ruling known = rulings.get(full);
    if (known == null) {
      known = ruling(module, name, 0);
      if (rulings.size() < REMEMBERED) {
        rulings.put(full, known);
      }
    }
    return known;
  }

  /// Whether the package that this module belongs to has rows.
  public boolean knows(String module) {
    return files.containsKey(top(module));
  }

  private Ruling ruling(String module, String name, int depth) {
    String file = files.get(top(module));
    if (file == null) {
      return new Ruling.Stranger("nothing is known of the package " + top(module));
    }
    PackageRows rows = rows(file);
    Reviewed row = rows.review(module, name);
    if (row != null) {
      return listed(rows, module, name, row);
    }
    String alias = rows.alias(module);
    if (alias != null && depth < DEPTH) {
      Ruling same = ruling(alias, name, depth + 1);
      if (!(same instanceof Ruling.Unlisted)) {
        return same;
      }
    }
    ClassRow found = rows.evidence(module, name);
    if (found != null) {
      if (!found.sameAs().isEmpty() && depth < DEPTH) {
        int split = found.sameAs().indexOf(':');
        return ruling(
            found.sameAs().substring(0, split), found.sameAs().substring(split + 1), depth + 1);
      }
      return new Ruling.Type(
          ANY_DATA, open(module, name), states(module, name, new HashSet<>()), found.summary());
    }
    String function = name.isEmpty() ? null : rows.function(module, name);
    if (function != null) {
      return function(function);
    }
    if (name.startsWith(CYTHON) && rows.evidence(module, name.substring(CYTHON.length())) != null) {
      // Generated beside each Cython class: checks the layout's checksum, then makes and fills an
      // instance of it.
      return new Ruling.Function(
          Ruling.Gives.INSTANCE,
          Shape.parse("known,data,data?"),
          "fills an instance of a Cython class");
    }
    return unlisted(rows, name);
  }

  private static Ruling function(String mark) {
    return switch (mark) {
      case "" -> new Ruling.Kept("names nothing that opens files, runs code or asks the network");
      case "=" -> new Ruling.Function(Ruling.Gives.DATA, ANY_DATA, "a reduction that only stores");
      default ->
          new Ruling.Function(
              Ruling.Gives.INSTANCE,
              Shape.parse(mark.substring(1) + ",data*"),
              "a reduction that makes an instance of its first argument");
    };
  }

  private Ruling listed(PackageRows rows, String module, String name, Reviewed row) {
    return switch (row) {
      case Reviewed.Callable c -> new Ruling.Function(c.gives(), c.arguments(), c.why());
      case Reviewed.Keep k -> new Ruling.Kept(k.why());
      case Reviewed.Value v -> new Ruling.Constant(v.why());
      case Reviewed.Harm h -> new Ruling.Harmful(h.why());
      case Reviewed.DataClass d -> new Ruling.Type(d.arguments(), Map.of(), Map.of(), d.why());
      case Reviewed.Hooks h -> {
        Map<Hook, Ruling.Open> open = new EnumMap<>(Hook.class);
        if (rows.evidence(module, name) != null) {
          open.putAll(open(module, name));
        }
        open.keySet().removeAll(h.vetted());
        for (Hook hook : h.harmful()) {
          open.put(hook, new Ruling.Open(true, h.why()));
        }
        for (Hook hook : h.unknown()) {
          open.put(hook, new Ruling.Open(false, h.why()));
        }
        yield new Ruling.Type(h.arguments(), open, states(module, name, new HashSet<>()), h.why());
      }
    };
  }

  private static Ruling unlisted(PackageRows rows, String name) {
    if (name.indexOf('.') >= 0) {
      return new Ruling.Unlisted(
          Ruling.Unlisted.Kind.DOTTED, "reaches an attribute through a dot, and no row vets it");
    }
    if (spelledLikeClass(name.startsWith(CYTHON) ? name.substring(CYTHON.length()) : name)) {
      return new Ruling.Unlisted(
          Ruling.Unlisted.Kind.CLASS, "not in the versions of " + rows.name() + " that were read");
    }
    return new Ruling.Unlisted(
        Ruling.Unlisted.Kind.FUNCTION, "no vetted function or class of " + rows.name());
  }

  /// `CapWords` with at least one small letter, private or not: PEP 8's spelling of a class.
  private static boolean spelledLikeClass(String name) {
    int first = 0;
    while (first < name.length() && name.charAt(first) == '_') {
      first++;
    }
    if (first == name.length() || !Character.isUpperCase(name.charAt(first))) {
      return false;
    }
    return name.chars().skip(first).anyMatch(Character::isLowerCase);
  }

  // --- what a class inherits -------------------------------------------------------------------

  /// Hooks of a class that are not vetted, its bases' included.
  private Map<Hook, Ruling.Open> open(String module, String name) {
    Map<Hook, Ruling.Open> open = new EnumMap<>(Hook.class);
    for (Hook hook : Hook.values()) {
      Ruling.Open found = open(module, name, hook, new HashSet<>());
      if (found != null) {
        open.put(hook, found);
      }
    }
    return open;
  }

  private Ruling.@Nullable Open open(String module, String name, Hook hook, Set<String> seen) {
    String full = module + "." + name;
    if (!seen.add(full)) {
      return null;
    }
    if (seen.size() > 400) {
      return new Ruling.Open(false, "inherits from more than 400 classes");
    }
    String file = files.get(top(module));
    if (file == null) {
      return new Ruling.Open(false, "inherits from " + full + ", of which nothing is known");
    }
    PackageRows rows = rows(file);
    Reviewed row = rows.review(module, name);
    if (row instanceof Reviewed.DataClass) {
      return null;
    }
    if (row instanceof Reviewed.Hooks hooks) {
      if (hooks.vetted().contains(hook)) {
        return null;
      }
      if (hooks.harmful().contains(hook) || hooks.unknown().contains(hook)) {
        return new Ruling.Open(hooks.harmful().contains(hook), hooks.why());
      }
    }
    if (row instanceof Reviewed.Harm harm) {
      return hook == Hook.NEW || hook == Hook.INIT || hook == Hook.SETSTATE || hook == Hook.DEL
          ? new Ruling.Open(true, "inherits from " + full + ", which " + harm.why())
          : null;
    }
    ClassRow found = rows.evidence(module, name);
    if (found == null) {
      String alias = rows.alias(module);
      if (alias != null) {
        return open(alias, name, hook, seen);
      }
      int dot = name.indexOf('.');
      if (dot > 0) {
        // `from sklearn import pipeline` and then `pipeline.Pipeline`.
        return open(module + "." + name.substring(0, dot), name.substring(dot + 1), hook, seen);
      }
      return row instanceof Reviewed.Hooks
          ? null
          : new Ruling.Open(false, "inherits from " + full + ", which no row describes");
    }
    if (!found.sameAs().isEmpty()) {
      int split = found.sameAs().indexOf(':');
      return open(
          found.sameAs().substring(0, split), found.sameAs().substring(split + 1), hook, seen);
    }
    switch (found.mark(hook)) {
      case PLAIN -> {
        return null;
      }
      case HARM -> {
        return new Ruling.Open(
            true, full + "'s " + hook.word() + " may reach files, code or the network");
      }
      case COMPILED -> {
        return rows.compiledIsData() || hook == Hook.GETATTR || hook == Hook.HASH
            ? null
            : new Ruling.Open(false, "nobody vetted the compiled class " + full);
      }
      case OPEN -> {
        if (hook == Hook.GETATTR || hook == Hook.HASH) {
          // Both compute from what the instance holds, and what it holds is judged where it enters.
          break;
        }
        return new Ruling.Open(false, "nobody vetted the " + hook.word() + " of " + full);
      }
      case INHERITS -> {}
    }
    for (String base : found.bases()) {
      Ruling.Open inherited = openBase(base, hook, seen);
      if (inherited != null) {
        return inherited;
      }
    }
    return null;
  }

  /// What the `__setstate__` that this class has or inherits does with its state, where a review
  /// says so.
  private Map<String, Ruling.StateUse> states(String module, String name, Set<String> seen) {
    String file = files.get(top(module));
    if (file == null || !seen.add(module + "." + name) || seen.size() > 400) {
      return Map.of();
    }
    PackageRows rows = rows(file);
    if (rows.review(module, name) instanceof Reviewed.Hooks hooks && !hooks.states().isEmpty()) {
      return hooks.states();
    }
    ClassRow found = rows.evidence(module, name);
    if (found == null) {
      String alias = rows.alias(module);
      return alias == null ? Map.of() : states(alias, name, seen);
    }
    List<String> bases = found.sameAs().isEmpty() ? found.bases() : List.of(found.sameAs());
    for (String base : bases) {
      int split = base.indexOf(':');
      if (split > 0 && !base.startsWith("^")) {
        Map<String, Ruling.StateUse> inherited =
            states(base.substring(0, split), base.substring(split + 1), seen);
        if (!inherited.isEmpty()) {
          return inherited;
        }
      }
    }
    return Map.of();
  }

  private Ruling.@Nullable Open openBase(String base, Hook hook, Set<String> seen) {
    if (base.startsWith("^")) {
      return hook == Hook.INIT ? openBase(base.substring(1), Hook.CALL, new HashSet<>()) : null;
    }
    int split = base.indexOf(':');
    if (split < 0) {
      return new Ruling.Open(false, "inherits from " + base + ", which was not found");
    }
    return open(base.substring(0, split), base.substring(split + 1), hook, seen);
  }

  private PackageRows rows(String file) {
    PackageRows known = packages.get(file);
    if (known != null) {
      return known;
    }
    PackageRows read =
        PackageRows.parse(file, source.text(file + ".review"), source.text(file + ".evidence"));
    PackageRows earlier = packages.putIfAbsent(file, read);
    return earlier == null ? read : earlier;
  }

  private static String top(String module) {
    int dot = module.indexOf('.');
    return dot < 0 ? module : module.substring(0, dot);
  }

  Set<String> packageFiles() {
    return new HashSet<>(files.values());
  }

  PackageRows packageRows(String file) {
    return rows(file);
  }

  Map<String, String> index() {
    return new HashMap<>(files);
  }
}
