package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Verdict;

/// What an instruction amounts to, and what its result is to others.
record Finding(Verdict verdict, String why, Callee result) {
  Finding worse(Verdict other, String otherWhy) {
    return verdict.compareTo(other) >= 0 ? this : new Finding(other, otherWhy, result);
  }

  Finding worse(Finding other) {
    return worse(other.verdict, other.why);
  }

  static Finding runs(String why) {
    return new Finding(Verdict.RUNS_CODE, why, new Callee.Opaque("what such a call returned"));
  }
}
