package io.loadlock.engine.walk;

import java.util.List;

/// What a walk met.
///
/// @param files by path, each once
/// @param unread by path
/// @param ignoredModels how many files that are named like model files an ignore file hides
/// @param allCounted false when the ignored folders were too large to be counted to their end
public record Walked(
    List<Found> files, List<Unread> unread, int ignoredModels, boolean allCounted) {
  public Walked {
    files = List.copyOf(files);
    unread = List.copyOf(unread);
  }
}
