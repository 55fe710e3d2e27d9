package io.loadlock.fix;

/// Whether a call can be given its deciding argument at all.
public sealed interface Availability {
  /// Every release that the project can meet has it.
  record Everywhere() implements Availability {}

  /// Releases from `release` on have it, and nothing proves that the project meets no older one.
  ///
  /// @param release such as `torch 1.13`
  record Since(String release) implements Availability {}

  /// No release that the project can meet has it.
  ///
  /// @param why one clause, such as `weights_only came with torch 2.15, and the project has torch
  ///   2.10`
  record Nowhere(String why) implements Availability {}

  Availability EVERYWHERE = new Everywhere();
}
