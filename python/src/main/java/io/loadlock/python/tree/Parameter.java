package io.loadlock.python.tree;

import java.util.Optional;

/// One parameter of a function. Python 2's tuple parameter `(a, b)` has the name `.N`, as in
/// CPython 2, and its names in `unpacked`.
public record Parameter(
    int start,
    int end,
    String name,
    Kind kind,
    Optional<Expression> annotation,
    Optional<Expression> defaultValue,
    Optional<Expression> unpacked)
    implements Node {
  /// CPython's `inspect.Parameter.kind`.
  public enum Kind {
    POSITIONAL_ONLY,
    POSITIONAL_OR_KEYWORD,
    VAR_POSITIONAL,
    KEYWORD_ONLY,
    VAR_KEYWORD
  }
}
