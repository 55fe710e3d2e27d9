package io.loadlock.python.flow;

import io.loadlock.python.value.Unit;
import io.loadlock.python.value.Values;

/// Something that changes other loads, as the interpreter meets it.
record RawSetting(Unit unit, int start, int end, Kind kind, String name, Values value) {
  enum Kind {
    ENVIRONMENT,
    PATCHED,
    ALLOWED
  }
}
