package io.loadlock.artifact;

/// A module's attribute that a file names, and what it does with it.
///
/// @param module as written in the file
/// @param name as written, inner dots included
/// @param offset byte in the member where it is first named
/// @param use the strongest use made of it
/// @param verdict of that use
/// @param why one clause
public record GlobalUse(String module, String name, long offset, Use use, Verdict verdict, String why) {
  public enum Use {
    NAMED,
    BUILT,
    CALLED
  }
}
