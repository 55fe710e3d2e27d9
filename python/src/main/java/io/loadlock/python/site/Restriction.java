package io.loadlock.python.site;

import java.util.List;

/// What an `Unpickler`'s own `find_class` lets through.
public sealed interface Restriction {
  /// Nothing restricts this load.
  record None() implements Restriction {}

  /// Only these names, `module.name` each; every other raises. Empty where no name at all is
  /// admitted. Whether each of them is harmless is a question for the policy.
  record FixedSet(List<String> names) implements Restriction {
    public FixedSet {
      names = List.copyOf(names);
    }
  }

  /// `find_class` is overridden, yet names that the source does not list get through.
  ///
  /// @param reason one clause, such as `falls through to super().find_class`
  /// @param denies whether it refuses some names, as a deny-list does
  record Open(String reason, boolean denies) implements Restriction {}

  Restriction NONE = new None();
}
