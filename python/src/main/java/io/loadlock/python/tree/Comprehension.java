package io.loadlock.python.tree;

import java.util.List;

/// `for target in iterable if condition …`
public record Comprehension(
    int start,
    int end,
    boolean async,
    Expression target,
    Expression iterable,
    List<Expression> conditions)
    implements Node {}
