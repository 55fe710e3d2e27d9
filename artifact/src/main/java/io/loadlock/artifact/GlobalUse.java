package io.loadlock.artifact;

/// A module's attribute that a file names, and what it does with it.
///
/// @param module as written in the file
/// @param name as written, inner dots included
/// @param offset byte in the member where it is first named
/// @param use the strongest use made of it
/// @param nature what it is
/// @param verdict of that use
/// @param why one clause
public record GlobalUse(
    String module, String name, long offset, Use use, Nature nature, Verdict verdict, String why) {
  public GlobalUse(String module, String name, long offset, Use use, Verdict verdict, String why) {
    this(module, name, offset, use, Nature.of(verdict), verdict, why);
  }

  /// `module.name`
  public String full() {
    return module + "." + name;
  }

  /// Mildest first.
  public enum Use {
    NAMED,
    BUILT,
    CALLED
  }

  /// What the closed world knows of a name.
  public enum Nature {
    /// A row vets it.
    VETTED,
    /// A row says that it does harm.
    HARMFUL,
    /// Of a known package, which has no row for it.
    UNLISTED,
    /// A class or function of the script that wrote the file (`__main__`).
    USER,
    /// Spelt like a class, of a package without rows.
    UNKNOWN_CLASS,
    /// Not spelt like a class, of a package without rows.
    UNKNOWN_FUNCTION;

    private static Nature of(Verdict verdict) {
      return switch (verdict) {
        case PLAIN_DATA, NEEDS_TYPES -> VETTED;
        case UNKNOWN_CODE -> UNKNOWN_CLASS;
        case RUNS_CODE -> HARMFUL;
      };
    }
  }
}
