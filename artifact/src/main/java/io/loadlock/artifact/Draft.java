package io.loadlock.artifact;

import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// A [Reading] while it is being made. A reader puts in what it meets, in the order in which it
/// meets it; what was put in before a file broke is in the reading too.
public final class Draft {
  /// A hostile file can name millions of things. The verdict counts all of them, the lists keep
  /// these many.
  private static final int KEPT = 10_000;

  private final String format;
  private final List<Effect> effects = new ArrayList<>();
  private final Set<GlobalUse> globals = new LinkedHashSet<>();
  private final List<Tensor> tensors = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final List<Nested> nested = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final SortedMap<String, String> details = new TreeMap<>();
  private Verdict verdict = Verdict.PLAIN_DATA;

  /// @param format the reader's name, as in [Reading#format]
  public Draft(String format) {
    this.format = format;
  }

  public void effect(long offset, String text, Verdict verdict, String why) {
    this.verdict = this.verdict.worse(verdict);
    if (effects.size() < KEPT) {
      effects.add(new Effect(offset, text, verdict, why));
    }
  }

  public void global(GlobalUse use) {
    verdict = verdict.worse(use.verdict());
    if (globals.size() < KEPT) {
      globals.add(use);
    }
  }

  public void tensor(Tensor tensor) {
    tensors.add(tensor);
  }

  public void notice(String kind, Severity severity, long offset, String message) {
    if (notices.size() < KEPT) {
      notices.add(new Notice(kind, severity, offset, message));
    }
  }

  public void nested(Nested member) {
    nested.add(member);
  }

  /// Makes the outcome partial. Only the first problems are kept: they tend to cause the others.
  public void problem(Problem problem) {
    if (problems.size() < 20) {
      problems.add(problem);
    }
  }

  /// @param reason one clause without a full stop
  public void problem(String reason, long offset) {
    problem(new Problem(reason, "byte " + offset));
  }

  public void detail(String key, String value) {
    details.put(key, value);
  }

  /// The worst so far.
  public Verdict verdict() {
    return verdict;
  }

  public Reading reading() {
    return new Reading(
        format,
        Outcome.of(problems),
        verdict,
        effects,
        List.copyOf(globals),
        tensors,
        notices,
        nested,
        details);
  }
}
