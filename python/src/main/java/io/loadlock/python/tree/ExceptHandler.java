package io.loadlock.python.tree;

import java.util.List;
import java.util.Optional;

/// `except type as target:`; Python 2's `except type, target:` may have any target.
public record ExceptHandler(
    int start,
    int end,
    Optional<Expression> type,
    Optional<Expression> target,
    List<Statement> body)
    implements Node {}
