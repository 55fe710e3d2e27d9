package io.loadlock.engine.walk;

import io.loadlock.core.Outcome;

/// A file or folder that the walk met and could not, or would not, hand on.
///
/// @param path as reports name it
/// @param outcome [Outcome.Failed] or [Outcome.Skipped]
public record Unread(String path, Outcome outcome) {}
