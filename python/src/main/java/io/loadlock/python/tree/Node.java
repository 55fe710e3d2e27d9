package io.loadlock.python.tree;

/// Anything with a place in the source. Offsets are bytes of the file (of the cell's text, in a
/// notebook), as they stand on disk before any decoding; `end` is the byte behind the last one.
public sealed interface Node
    permits Expression,
        Statement,
        Pattern,
        Argument,
        Parameter,
        Comprehension,
        ImportAlias,
        ExceptHandler,
        WithItem,
        MatchCase,
        TypeParameter,
        Module {
  int start();

  int end();
}
