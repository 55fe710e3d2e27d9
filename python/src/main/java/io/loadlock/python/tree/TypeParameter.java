package io.loadlock.python.tree;

import java.util.Optional;

/// `T: bound = default`, `*Ts` or `**P` (PEP 695, PEP 696); `name` without its stars.
public record TypeParameter(
    int start, int end, String name, Optional<Expression> bound, Optional<Expression> defaultValue)
    implements Node {}
