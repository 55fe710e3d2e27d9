package io.loadlock.python.flow;

import io.loadlock.python.site.Restriction;
import io.loadlock.python.value.Value;

/// What the `find_class` of an unpickler lets through.
final class FindClass {
  private final Program program;
  private final Deciding deciding;

  FindClass(Program program, Deciding deciding) {
    this.program = program;
    this.deciding = deciding;
  }

  Restriction restriction(Value receiver, String hook) {
    return Restriction.NONE;
  }
}
