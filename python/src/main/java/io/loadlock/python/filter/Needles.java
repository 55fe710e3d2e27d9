package io.loadlock.python.filter;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Whole words that make a file worth parsing: one that suffices alone, or a word of loading
/// together with a library's word. A word is an ASCII identifier.
///
/// @param alone words that suffice, such as `read_pickle` or `__import__`: what needs no library's
///   name beside it
/// @param loading what is called, such as `load`, `loads`, `Unpickler`, `getattr`
/// @param libraries whose it is, such as `pickle`, `torch`, `np`
public record Needles(Set<String> alone, Set<String> loading, Set<String> libraries) {
  public Needles {
    alone = Set.copyOf(alone);
    loading = Set.copyOf(loading);
    libraries = Set.copyOf(libraries);
  }

  /// Needles for dotted names such as `torch.serialization.load`: the last segment, which a call
  /// has to write however its module was imported, and the first one.
  public static Needles of(Collection<String> dottedNames) {
    Set<String> loading = new TreeSet<>();
    Set<String> libraries = new TreeSet<>();
    for (String name : dottedNames) {
      loading.add(name.substring(name.lastIndexOf('.') + 1));
      int dot = name.indexOf('.');
      libraries.add(dot < 0 ? name : name.substring(0, dot));
    }
    return new Needles(Set.of(), loading, libraries);
  }

  /// These and others.
  public Needles and(Needles other) {
    return new Needles(
        union(alone, other.alone),
        union(loading, other.loading),
        union(libraries, other.libraries));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
