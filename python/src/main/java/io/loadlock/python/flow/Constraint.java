package io.loadlock.python.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What is known of the two arguments of `find_class` on one way through it; null where nothing is.
///
/// @param pairs which `module.name` it can be
/// @param modules which modules
/// @param names which names
record Constraint(
    @Nullable Set<String> pairs, @Nullable Set<String> modules, @Nullable Set<String> names) {
  static final Constraint NOTHING = new Constraint(null, null, null);

  Constraint withPairs(Set<String> more) {
    return new Constraint(both(pairs, more), modules, names);
  }

  Constraint withModules(Set<String> more) {
    return new Constraint(pairs, both(modules, more), names);
  }

  Constraint withNames(Set<String> more) {
    return new Constraint(pairs, modules, both(names, more));
  }

  private static Set<String> both(@Nullable Set<String> before, Set<String> more) {
    if (before == null) {
      return more;
    }
    Set<String> kept = new TreeSet<>(before);
    kept.retainAll(more);
    return kept;
  }

  /// True where nothing at all gets here.
  boolean isEmpty() {
    return pairs != null && pairs.isEmpty()
        || modules != null && modules.isEmpty()
        || names != null && names.isEmpty();
  }

  /// Every `module.name` that can be here; null where they are not listed.
  @Nullable Set<String> listed() {
    if (isEmpty()) {
      return Set.of();
    }
    if (pairs != null) {
      Set<String> all = new TreeSet<>();
      for (String pair : pairs) {
        int dot = pair.lastIndexOf('.');
        boolean module = modules == null || dot > 0 && modules.contains(pair.substring(0, dot));
        boolean name = names == null || names.contains(pair.substring(dot + 1));
        if (module && name) {
          all.add(pair);
        }
      }
      return all;
    }
    if (modules == null || names == null) {
      return null;
    }
    Set<String> all = new TreeSet<>();
    for (String module : modules) {
      for (String name : names) {
        all.add(module + "." + name);
      }
    }
    return all;
  }

  /// With another module in place of what comes in, and the names as they are.
  @Nullable Set<String> listedUnder(Set<String> fixed) {
    Set<String> known = names;
    if (known == null && pairs != null) {
      known = new TreeSet<>();
      for (String pair : pairs) {
        known.add(pair.substring(pair.lastIndexOf('.') + 1));
      }
    }
    return known == null ? null : new Constraint(null, fixed, known).listed();
  }

  /// Why it is not a fixed set.
  String reason() {
    List<String> parts = new ArrayList<>();
    if (modules != null) {
      parts.add("every name of " + String.join(", ", new TreeSet<>(modules)));
    } else if (names != null) {
      parts.add("these names of every module");
    } else {
      return "falls through to the unrestricted find_class";
    }
    return "admits " + String.join(" and ", parts);
  }
}
