package io.loadlock.artifact;

import io.loadlock.core.ByteSource;

/// A member that a reader hands back to be recognised and read in its turn.
///
/// @param name as the container has it
/// @param offset where it begins in the container, in bytes; -1 where that means nothing
/// @param loaded whether loading the container would load this member too; what is never loaded
///   cannot make the container worse than a notice does
/// @param content inflated lazily, within the budget
/// @param format the name of the format that the container's loader takes these bytes for, whatever
///   they look like; empty where their content decides
public record Nested(String name, long offset, boolean loaded, ByteSource content, String format) {
  public Nested(String name, long offset, boolean loaded, ByteSource content) {
    this(name, offset, loaded, content, "");
  }
}
