package io.loadlock.core;

import java.util.List;

/// A change of the user's files that removes a finding.
///
/// @param tier how sure it is that the program keeps its behaviour
/// @param description one sentence, such as `Pass weights_only=True.`
/// @param proof one clause: what shows that the file will still load; empty where nothing does
/// @param edits in order of path and position, none overlapping another
public record Fix(Tier tier, String description, String proof, List<Edit> edits) {
  public Fix {
    edits = List.copyOf(edits);
  }

  /// How sure a fix is.
  public enum Tier {
    /// Proven to keep behaviour.
    SAFE("safe"),
    /// Everything else: a person should look at it.
    SUGGESTED("suggested");

    private final String word;

    Tier(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  /// The replacement of one stretch of one file.
  ///
  /// @param location what goes; empty (start is end) for an insertion
  /// @param replacement what comes, as text of the file (within a notebook: of its JSON)
  public record Edit(Location.Source location, String replacement) {}
}
