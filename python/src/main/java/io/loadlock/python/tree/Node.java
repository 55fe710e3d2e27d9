package io.loadlock.python.tree;

/// Anything with a place in the source. Offsets count the bytes of the text that was parsed
/// (`SourceText.text()`): those on disk for nearly every file, UTF-8 for a file in another
/// encoding, the code cells one behind the other for a notebook. `SourceText.locate` turns them
/// into places in the file; `end` is the byte behind the last one.
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
