package io.loadlock.engine.inspect;

import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.Outcome;
import java.util.List;

/// What is known of one file or member, and of all that is nested in it.
///
/// @param name of the file as the user would name it, or of the member as its container has it
/// @param offset of the member in its container, in bytes; 0 for a file, -1 where that means
///   nothing
/// @param loaded whether loading the container loads this; true for a file
/// @param format of the reading that decided, such as `torch-zip`; `unknown` when no format claims
///   the bytes
/// @param verdict the worst of `readings` and of what is loaded among `nested`. It means something
///   only as far as `outcome` goes: nothing but *complete* and plain data is clean
/// @param outcome with the problems of `readings` and of what is loaded among `nested`, members
///   named
/// @param readings by each format that claims the bytes: more than one for a polyglot
/// @param notices that no single reading sees: an extension that lies, two formats in one file, a
///   payload in a member that is not loaded
/// @param nested in the order of the container
public record Inspection(
    String name,
    long offset,
    boolean loaded,
    String format,
    Verdict verdict,
    Outcome outcome,
    List<Reading> readings,
    List<Notice> notices,
    List<Inspection> nested) {
  /// The format of bytes that no format claims.
  public static final String UNKNOWN = "unknown";

  public Inspection {
    readings = List.copyOf(readings);
    notices = List.copyOf(notices);
    nested = List.copyOf(nested);
  }

  /// Whether it was read to its end and holds nothing but data of vetted types.
  public boolean clean() {
    return outcome instanceof Outcome.Complete && verdict.compareTo(Verdict.NEEDS_TYPES) <= 0;
  }
}
