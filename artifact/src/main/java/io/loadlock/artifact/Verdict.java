package io.loadlock.artifact;

import java.util.Locale;

/// What loading would do, mildest first: natural order finds the worst.
public enum Verdict {
  /// Builds containers, numbers, text, arrays and tensors only.
  PLAIN_DATA,
  /// Builds instances of vetted classes besides.
  NEEDS_TYPES,
  /// Names code that nobody vetted: what it does is not known.
  UNKNOWN_CODE,
  /// Calls something that is not construction of data.
  RUNS_CODE;

  /// `plain-data`, `needs-types`, `unknown-code` or `runs-code`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public Verdict worse(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
