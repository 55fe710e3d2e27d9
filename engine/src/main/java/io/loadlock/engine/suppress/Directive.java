package io.loadlock.engine.suppress;

import java.util.List;

/// What one comment accepts.
///
/// @param tool whose comment it is
/// @param wholeFile whether it speaks for the whole file, wherever it stands
/// @param names the codes, ids or kinds it is limited to; empty for all
/// @param line physical line, from 1
/// @param comment as written
/// @param justification what the user gave as the reason; empty when nothing
record Directive(
    Tool tool,
    boolean wholeFile,
    List<String> names,
    int line,
    String comment,
    String justification) {
  Directive {
    names = List.copyOf(names);
  }

  enum Tool {
    NOSEC,
    NOQA,
    NOSEMGREP,
    LOADLOCK
  }
}
