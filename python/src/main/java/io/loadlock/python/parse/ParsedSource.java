package io.loadlock.python.parse;

import io.loadlock.python.tree.Module;
import java.util.List;

/// What any bytes give: always a tree, and what was wrong with them.
///
/// @param source the text that was parsed, and the way from its offsets to lines and columns of the
///   file
/// @param comments in order, for suppressions; made from the text when they are asked for
/// @param problems nearly in order; offsets as in the tree
public record ParsedSource(
    SourceText source, Module module, List<Comment> comments, List<SyntaxProblem> problems) {
  /// A comment, from its `#` to the end of its line.
  ///
  /// @param start offset in the text, as in the tree
  /// @param line from 1, of the file
  public record Comment(int start, int end, int line, String text) {}
}
