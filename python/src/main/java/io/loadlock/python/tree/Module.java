package io.loadlock.python.tree;

import java.util.List;

/// A whole file, or one cell of a notebook.
public record Module(int start, int end, List<Statement> body) implements Node {}
