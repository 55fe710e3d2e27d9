package io.loadlock.core;

/// A comment of the user's that accepts a finding.
///
/// @param comment the comment as written, such as `# nosec B301`
/// @param line from 1, where it stands
/// @param justification what the user gave as the reason; empty when nothing
public record Suppression(String comment, int line, String justification) {}
