package io.loadlock.python.tree;

import java.util.List;
import java.util.Optional;

/// `case pattern if guard:`
public record MatchCase(
    int start, int end, Pattern pattern, Optional<Expression> guard, List<Statement> body)
    implements Node {}
