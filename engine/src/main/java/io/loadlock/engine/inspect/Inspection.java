package io.loadlock.engine.inspect;

import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

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

  /// Of a file that was never opened, or not to be read.
  public static Inspection unread(String name, Outcome outcome) {
    return Nodes.ended(name, outcome);
  }

  /// The same with one more problem: no longer complete.
  public Inspection with(Problem problem) {
    List<Problem> problems = new ArrayList<>(outcome.problems());
    problems.add(problem);
    Outcome other =
        outcome instanceof Outcome.Failed || outcome instanceof Outcome.Skipped
            ? new Outcome.Failed(problem)
            : Outcome.of(problems);
    return new Inspection(name, offset, loaded, format, verdict, other, readings, notices, nested);
  }

  /// Whether it was read to its end and holds nothing but data of vetted types.
  public boolean clean() {
    return outcome instanceof Outcome.Complete && verdict.compareTo(Verdict.NEEDS_TYPES) <= 0;
  }

  /// Shows this and all that is nested in it to `visitor`, depth first, each with the names of the
  /// members that lead to it: none for this one.
  public void walk(BiConsumer<List<String>, Inspection> visitor) {
    walk(List.of(), visitor);
  }

  private void walk(List<String> members, BiConsumer<List<String>, Inspection> visitor) {
    visitor.accept(members, this);
    for (Inspection child : nested) {
      List<String> path = new ArrayList<>(members);
      path.add(child.name);
      child.walk(List.copyOf(path), visitor);
    }
  }

  /// What `torch.load(weights_only=True)` says to the file, by release; empty where torch would not
  /// take it for its own.
  public SortedMap<TorchVersion, WeightsOnly> weightsOnly() {
    for (Reading reading : readings) {
      if (!reading.weightsOnly().isEmpty()) {
        return reading.weightsOnly();
      }
    }
    return new TreeMap<>();
  }

  /// The severity of what loading the file does, and of the worst notice of any member; empty when
  /// there is nothing to say.
  public Optional<Severity> severity() {
    List<Severity> all = new ArrayList<>();
    switch (verdict) {
      case RUNS_CODE -> all.add(Severity.CRITICAL);
      case UNKNOWN_CODE -> all.add(Severity.MEDIUM);
      case NEEDS_TYPES, PLAIN_DATA -> {}
    }
    walk(
        (_, inspection) -> {
          inspection.notices.forEach(notice -> all.add(notice.severity()));
          inspection.readings.forEach(
              reading -> reading.notices().forEach(notice -> all.add(notice.severity())));
        });
    return all.stream().min(Comparator.naturalOrder());
  }
}
