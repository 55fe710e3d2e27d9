package io.loadlock.python.sink;

import java.util.List;

/// The rows of one Python library.
///
/// @param title as people write it, such as `PyTorch`
/// @param distribution its name on PyPI, such as `torch`; empty for the standard library
/// @param imports modules whose only use is to unpickle, for the rule that reports imports
public record Library(
    String title,
    String distribution,
    List<Sink> sinks,
    List<Factory> factories,
    List<Alias> aliases,
    List<String> imports) {
  public Library {
    sinks = List.copyOf(sinks);
    factories = List.copyOf(factories);
    aliases = List.copyOf(aliases);
    imports = List.copyOf(imports);
  }

  /// A library of which only sinks have to be known.
  public static Library of(String title, String distribution, Sink... sinks) {
    return new Library(title, distribution, List.of(sinks), List.of(), List.of(), List.of());
  }

  /// With these sinks in place of its own.
  Library withSinks(List<Sink> others) {
    return new Library(title, distribution, others, factories, aliases, imports);
  }

  /// With the functions that make its objects.
  public Library making(Factory... more) {
    return new Library(title, distribution, sinks, List.of(more), aliases, imports);
  }

  /// With other names of its modules and classes.
  public Library alias(String stands, String... names) {
    var all = new java.util.ArrayList<>(aliases);
    for (String name : names) {
      all.add(new Alias(name, stands));
    }
    return new Library(title, distribution, sinks, factories, all, imports);
  }

  /// With the modules whose import alone says that something is unpickled.
  public Library importedToUnpickle(String... modules) {
    return new Library(title, distribution, sinks, factories, aliases, List.of(modules));
  }
}
