package io.loadlock.artifact.pickle;

/// Whether arguments are what a row allows, best first.
enum Fit {
  YES,
  /// They hold something that nobody vetted.
  UNKNOWN,
  /// They are something that the row does not allow.
  NO;

  Fit worse(Fit other) {
    return compareTo(other) >= 0 ? this : other;
  }

  Fit better(Fit other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
