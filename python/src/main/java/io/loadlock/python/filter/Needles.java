package io.loadlock.python.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Whole words that make a file worth parsing. A word is an ASCII identifier.
///
/// @param alone words that suffice, such as `read_pickle` or `__import__`: what needs no library's
///   name beside it
/// @param groups of each a word of loading and a library's suffice together
/// @param reflection ways to call a function by a name that is put together, such as `getattr`:
///   with any library's name and a string that may be a piece of a name
public record Needles(Set<String> alone, List<Group> groups, Set<String> reflection) {
  public Needles {
    alone = Set.copyOf(alone);
    groups = List.copyOf(groups);
    reflection = Set.copyOf(reflection);
  }

  /// The words of one library.
  ///
  /// @param loading what is called, such as `load`, `loads`, `Unpickler`
  /// @param libraries whose it is, such as `pickle`, `cPickle`, `six`
  public record Group(Set<String> loading, Set<String> libraries) {
    public Group {
      loading = Set.copyOf(loading);
      libraries = Set.copyOf(libraries);
    }
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
    return new Needles(Set.of(), List.of(new Group(loading, libraries)), Set.of());
  }

  /// These and others.
  public Needles and(Needles other) {
    List<Group> both = new ArrayList<>(groups);
    both.addAll(other.groups);
    return new Needles(union(alone, other.alone), both, union(reflection, other.reflection));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new TreeSet<>(one);
    both.addAll(other);
    return both;
  }
}
