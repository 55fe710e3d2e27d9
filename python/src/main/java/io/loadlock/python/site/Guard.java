package io.loadlock.python.site;

import io.loadlock.core.Location;

/// What the program does before a load so that only the bytes it expects get there, on every way
/// that reaches the load.
public sealed interface Guard {
  /// Nothing.
  record None() implements Guard {}

  /// A digest of the bytes is compared with one that does not come with them, and a difference
  /// keeps the load from being reached.
  ///
  /// @param where the comparison, or the call that compares
  /// @param clause what is done, such as `its sha256 is compared with a constant before`
  record Digest(Location.Source where, String clause) implements Guard {}

  /// It looks like a guard and is none: it only logs, is an `assert`, compares with a digest from
  /// the same download.
  ///
  /// @param where the comparison
  /// @param reason one clause
  record Ineffective(Location.Source where, String reason) implements Guard {}

  /// The same program wrote the file to a private place just before.
  ///
  /// @param where the writing
  record OwnFile(Location.Source where) implements Guard {}

  Guard NONE = new None();
}
