package io.loadlock.artifact.tree;

import io.loadlock.artifact.Draft;

/// One convention in which a JSON or YAML text names code: which loader reads it, and what that
/// loader would do. Several can hold for one text; all of them look at it.
public interface Lens {
  /// The format's name when this convention holds for the whole text, such as `keras-json`.
  String format();

  /// Words of which at least one is in any text that this convention holds for.
  java.util.List<String> needles();

  /// Whether a loader that follows this convention would take the text.
  ///
  /// @param name of the file: a hint
  boolean applies(Node root, String name);

  /// Puts what that loader would do into the draft.
  void look(Node root, Draft draft);
}
