package io.loadlock.artifact.tree;

import io.loadlock.core.Problem;
import java.util.List;

/// What could be read of a text.
///
/// @param documents the values in it: one in JSON, any number in YAML; the last may be cut off
///   where a problem is named
/// @param problems why it could not be read to its end
public record Tree(List<Node> documents, List<Problem> problems) {
  public Tree {
    documents = List.copyOf(documents);
    problems = List.copyOf(problems);
  }

  /// The first value; an empty mapping where there is none.
  public Node root() {
    return documents.isEmpty() ? new Node.Mapping(0, List.of(), "") : documents.getFirst();
  }
}
