package io.loadlock.python.name;

import java.util.Set;

/// The names that Python binds before any module does, of Python 2.7 to 3.14.
public final class Builtins {
  private static final Set<String> NAMES =
      Set.of(
          ("abs aiter all anext any apply ascii basestring bin bool breakpoint buffer bytearray"
               + " bytes callable chr classmethod cmp coerce compile complex copyright credits"
               + " delattr dict dir divmod enumerate eval exec execfile exit file filter float"
               + " format frozenset getattr globals hasattr hash help hex id input int intern"
               + " isinstance issubclass iter len license list locals long map max memoryview min"
               + " next object oct open ord pow print property quit range raw_input reduce reload"
               + " repr reversed round set setattr slice sorted staticmethod str sum super tuple"
               + " type unichr unicode vars xrange zip __import__ __build_class__ __debug__"
               + " NotImplemented Ellipsis WindowsError")
              .split(" "));

  /// Modules that are so often written without an import, in snippets and in cells, that their
  /// names are read as what they say where nothing binds them.
  private static final java.util.Map<String, String> CONVENTIONS =
      java.util.Map.ofEntries(
          java.util.Map.entry("torch", "torch"),
          java.util.Map.entry("joblib", "joblib"),
          java.util.Map.entry("pandas", "pandas"),
          java.util.Map.entry("pd", "pandas"),
          java.util.Map.entry("numpy", "numpy"),
          java.util.Map.entry("np", "numpy"),
          java.util.Map.entry("pickle", "pickle"),
          java.util.Map.entry("cPickle", "cPickle"),
          java.util.Map.entry("dill", "dill"),
          java.util.Map.entry("shelve", "shelve"));

  private Builtins() {}

  public static boolean has(String name) {
    return NAMES.contains(name)
        || name.endsWith("Error")
        || name.endsWith("Exception")
        || name.endsWith("Warning");
  }

  /// The module that a name stands for where nothing binds it; empty for most names.
  public static String convention(String name) {
    return CONVENTIONS.getOrDefault(name, "");
  }
}
