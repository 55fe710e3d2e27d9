package io.loadlock.python.tree;

import java.util.List;
import java.util.Optional;

/// CPython's `pattern` (PEP 634).
public sealed interface Pattern extends Node {
  record MatchValue(int start, int end, Expression value) implements Pattern {}

  /// `None`, `True` or `False`.
  record MatchSingleton(int start, int end, Expression value) implements Pattern {}

  record MatchSequence(int start, int end, List<Pattern> patterns) implements Pattern {}

  record MatchMapping(
      int start, int end, List<Expression> keys, List<Pattern> patterns, Optional<String> rest)
      implements Pattern {}

  record MatchClass(
      int start,
      int end,
      Expression type,
      List<Pattern> patterns,
      List<String> keywordNames,
      List<Pattern> keywordPatterns)
      implements Pattern {}

  /// `*name`, or `*_` without one.
  record MatchStar(int start, int end, Optional<String> name) implements Pattern {}

  /// `pattern as name`; a bare name has no pattern, `_` has neither.
  record MatchAs(int start, int end, Optional<Pattern> pattern, Optional<String> name)
      implements Pattern {}

  record MatchOr(int start, int end, List<Pattern> patterns) implements Pattern {}
}
