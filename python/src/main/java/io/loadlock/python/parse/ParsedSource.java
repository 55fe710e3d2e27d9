package io.loadlock.python.parse;

import io.loadlock.python.tree.Module;
import java.util.List;

/// What any bytes give: always a tree, and what was wrong with them.
///
/// @param source the bytes, and the way from their offsets to lines and columns
/// @param comments in order, for suppressions
public record ParsedSource(SourceText source, Module module, List<Comment> comments, List<SyntaxProblem> problems) {
  /// A comment, from its `#` to the end of its line.
  ///
  /// @param line from 1
  public record Comment(int start, int end, int line, String text) {}
}
