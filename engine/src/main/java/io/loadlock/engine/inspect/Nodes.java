package io.loadlock.engine.inspect;

import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// How readings and nested inspections become one inspection.
final class Nodes {
  private Nodes() {}

  static Inspection ended(String name, Outcome outcome) {
    return unread(name, 0, true, outcome);
  }

  /// A member that no format read.
  static Inspection skipped(Nested member, Outcome outcome) {
    return unread(member.name(), member.offset(), member.loaded(), outcome);
  }

  private static Inspection unread(String name, long offset, boolean loaded, Outcome outcome) {
    return new Inspection(
        name,
        offset,
        loaded,
        Inspection.UNKNOWN,
        Verdict.PLAIN_DATA,
        outcome,
        List.of(),
        List.of(),
        List.of());
  }

  /// The readings that count: those by certain formats; of the possible ones those that got
  /// somewhere, and the failed ones only when there is no other and the name promises a model.
  ///
  /// @param certain how many of `readings`, from the first, are by certain formats
  static List<Reading> keep(List<Reading> readings, int certain, boolean promised) {
    List<Reading> kept = new ArrayList<>(readings.subList(0, certain));
    List<Reading> possible = readings.subList(certain, readings.size());
    for (Reading reading : possible) {
      if (!(reading.outcome() instanceof Outcome.Failed)) {
        kept.add(reading);
      }
    }
    if (kept.isEmpty() && promised && !possible.isEmpty()) {
      kept.add(possible.get(0));
    }
    return kept;
  }

  /// Without what is odd about an archive: of one that holds nothing to be loaded, such as a
  /// program that unpacks itself, it says nothing.
  private static Reading unmarked(Reading reading) {
    return reading.noticing(
        reading.notices().stream().filter(notice -> !notice.kind().startsWith("zip-")).toList());
  }

  /// Adds up.
  static final class Gathered {
    private static final int MOST_PROBLEMS = 100;

    private final Set<Problem> problems = new LinkedHashSet<>();
    private final List<Inspection> nested = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private Verdict verdict = Verdict.PLAIN_DATA;
    private int readings;
    private int failed;

    /// Whether a reading says more than what is nested.
    private boolean described;

    void add(Reading reading) {
      readings++;
      verdict = verdict.worse(reading.verdict());
      reading.outcome().problems().forEach(this::problem);
      described |= !reading.tensors().isEmpty() || !reading.globals().isEmpty();
      if (reading.outcome() instanceof Outcome.Failed) {
        failed++;
      }
    }

    void add(Inspection inspection) {
      nested.add(inspection);
      if (inspection.loaded()) {
        verdict = verdict.worse(inspection.verdict());
        for (Problem problem : inspection.outcome().problems()) {
          problem(new Problem(problem.reason(), join(inspection.name(), problem.where())));
        }
      } else if (inspection.verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0) {
        boolean runs = inspection.verdict() == Verdict.RUNS_CODE;
        notices.add(
            new Notice(
                "payload-not-loaded",
                runs ? Severity.HIGH : Severity.MEDIUM,
                inspection.offset(),
                "'"
                    + inspection.name()
                    + "' would "
                    + (runs ? "run code" : "call code that nobody vetted")
                    + " if it were loaded; loading this file does not load it."));
      }
    }

    void problem(Problem problem) {
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(problem);
      } else if (problems.size() == MOST_PROBLEMS) {
        problems.add(Problem.of("more problems than are listed"));
      }
    }

    void addProblemOf(ByteSource content) {
      if (content instanceof Inflating inflating) {
        inflating.problem().ifPresent(this::problem);
      }
    }

    private static String join(String member, String where) {
      return where.isEmpty() ? member : member + ": " + where;
    }

    Inspection toInspection(Nested member, List<Reading> kept, List<Notice> found) {
      List<Notice> all = new ArrayList<>(found);
      all.addAll(notices);
      Outcome outcome = outcome();
      List<Reading> told =
          outcome instanceof Outcome.Skipped ? kept.stream().map(Nodes::unmarked).toList() : kept;
      return new Inspection(
          member.name(),
          member.offset(),
          member.loaded(),
          kept.get(0).format(),
          verdict,
          outcome,
          told,
          all,
          nested);
    }

    /// Whether it is a wrapping round things that nobody knows.
    private boolean opaque() {
      return !described
          && !nested.isEmpty()
          && nested.stream().allMatch(child -> child.outcome() instanceof Outcome.Skipped);
    }

    private Outcome outcome() {
      List<Problem> distinct = List.copyOf(problems);
      if (distinct.isEmpty() && opaque()) {
        return new Outcome.Skipped("nothing in it is of a known format");
      }
      if (failed == readings && nested.isEmpty() && verdict == Verdict.PLAIN_DATA) {
        return new Outcome.Failed(distinct.get(0));
      }
      return Outcome.of(distinct);
    }
  }
}
