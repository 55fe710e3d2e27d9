package io.loadlock.python.tree;

import java.util.Optional;

/// `context as target`
public record WithItem(int start, int end, Expression context, Optional<Expression> target)
    implements Node {}
