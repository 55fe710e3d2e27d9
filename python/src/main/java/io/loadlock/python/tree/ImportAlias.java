package io.loadlock.python.tree;

import java.util.Optional;

/// `name as asName`; `name` is dotted in an `import` statement.
public record ImportAlias(int start, int end, String name, Optional<String> asName)
    implements Node {}
