package io.loadlock.engine.judge;

import io.loadlock.artifact.Effect;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.Evidence;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.core.Severity;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.engine.link.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Judges model files: one finding for what loading it would do, one for each lie of a container.
final class FileJudge {
  /// Steps of evidence that a finding carries; a file can call a million functions.
  private static final int STEPS = 50;

  private FileJudge() {}

  /// Something in a file, where it is, and how bad.
  private record Act(
      Location.Artifact where, String text, String why, Verdict verdict, boolean called) {}

  static List<Finding> judge(Model model) {
    List<Finding> findings = new ArrayList<>();
    List<Act> acts = new ArrayList<>();
    collect(model.inspection(), model.path(), List.of(), acts);
    verdict(model, acts).ifPresent(findings::add);
    notices(model.inspection(), model.path(), List.of(), findings);
    return findings;
  }

  private static Optional<Finding> verdict(Model model, List<Act> acts) {
    Verdict verdict = model.inspection().verdict();
    return switch (verdict) {
      case PLAIN_DATA, NEEDS_TYPES -> Optional.empty();
      case RUNS_CODE ->
          Optional.of(
              finding(
                  model,
                  Rules.FILE_RUNS_CODE,
                  of(acts, Verdict.RUNS_CODE),
                  "runs when this file is loaded",
                  "Do not load this file."));
      case UNKNOWN_CODE -> {
        List<Act> unknown = of(acts, Verdict.UNKNOWN_CODE);
        List<Act> called = unknown.stream().filter(Act::called).toList();
        yield Optional.of(
            called.isEmpty()
                ? finding(
                    model,
                    Rules.FILE_NEEDS_UNKNOWN,
                    unknown,
                    "is needed to load this file, and nothing is known of it",
                    "Look at the class before the file is loaded, or keep plain data in the file.")
                : finding(
                    model,
                    Rules.FILE_CALLS_UNKNOWN,
                    called,
                    "is called when this file is loaded, and nothing is known of it",
                    "Look at the function before the file is loaded."));
      }
    };
  }

  private static List<Act> of(List<Act> acts, Verdict verdict) {
    return acts.stream().filter(act -> act.verdict() == verdict).toList();
  }

  private static Finding finding(
      Model model, Rule rule, List<Act> acts, String what, String advice) {
    Location location = acts.isEmpty() ? new Location.Whole(model.path()) : acts.getFirst().where();
    String subject = acts.isEmpty() ? "Code" : "`" + shortened(acts.getFirst().text()) + "`";
    long more = Math.max(0, acts.size() - 1);
    String others = more == 0 ? "" : more == 1 ? ", and one more" : ", and " + more + " more";
    List<Evidence> evidence =
        acts.stream()
            .limit(STEPS)
            .map(act -> new Evidence(act.where(), "`" + act.text() + "`: " + act.why()))
            .toList();
    TreeMap<String, String> properties = new TreeMap<>();
    properties.put("kind", kind(rule));
    properties.put("verdict", model.inspection().verdict().word());
    properties.put("format", model.inspection().format());
    return new Finding(
        rule.id(),
        kind(rule),
        rule.severity(),
        60,
        location,
        subject + " " + what + others + ".",
        advice,
        evidence,
        List.of(),
        List.of(),
        Optional.empty(),
        properties);
  }

  private static String kind(Rule rule) {
    if (rule.equals(Rules.FILE_RUNS_CODE)) {
      return "file-runs-code";
    }
    return rule.equals(Rules.FILE_CALLS_UNKNOWN) ? "file-calls-unknown" : "file-needs-unknown";
  }

  private static void collect(
      Inspection inspection, String path, List<String> members, List<Act> acts) {
    for (Reading reading : inspection.readings()) {
      for (Effect effect : reading.effects()) {
        Location.Artifact where = new Location.Artifact(path, members, effect.offset(), 0);
        boolean called = effect.verdict() == Verdict.UNKNOWN_CODE && callsUnknown(reading);
        acts.add(new Act(where, effect.text(), effect.why(), effect.verdict(), called));
      }
      for (GlobalUse use : reading.globals()) {
        boolean told =
            reading.effects().stream().anyMatch(effect -> effect.verdict() == use.verdict());
        if (use.verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0 && !told) {
          Location.Artifact where = new Location.Artifact(path, members, use.offset(), 0);
          boolean called = calls(use);
          acts.add(
              new Act(where, use.module() + "." + use.name(), use.why(), use.verdict(), called));
        }
      }
    }
    for (Inspection nested : inspection.nested()) {
      if (nested.loaded()) {
        List<String> inner = new ArrayList<>(members);
        inner.add(nested.name());
        collect(nested, path, inner, acts);
      }
    }
  }

  private static boolean callsUnknown(Reading reading) {
    return reading.globals().stream().anyMatch(FileJudge::calls);
  }

  /// A class that nobody knows is called whenever it is built; a function is another matter.
  private static boolean calls(GlobalUse use) {
    return use.use() == GlobalUse.Use.CALLED
        && use.nature() == GlobalUse.Nature.UNKNOWN_FUNCTION
        && use.verdict() == Verdict.UNKNOWN_CODE;
  }

  private static void notices(
      Inspection inspection, String path, List<String> members, List<Finding> findings) {
    for (Reading reading : inspection.readings()) {
      reading.notices().forEach(notice -> notice(notice, path, members, findings));
    }
    inspection.notices().forEach(notice -> notice(notice, path, members, findings));
    for (Inspection nested : inspection.nested()) {
      List<String> inner = new ArrayList<>(members);
      inner.add(nested.name());
      notices(nested, path, inner, findings);
    }
  }

  private static void notice(
      Notice notice, String path, List<String> members, List<Finding> findings) {
    Rule rule = notice.severity().atLeast(Severity.HIGH) ? Rules.FILE_DECEIVES : Rules.FILE_LIES;
    findings.add(
        new Finding(
            rule.id(),
            notice.kind(),
            notice.severity(),
            50,
            new Location.Artifact(path, members, notice.offset(), 0),
            notice.message(),
            "",
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            new TreeMap<>(java.util.Map.of("kind", notice.kind()))));
  }

  private static String shortened(String text) {
    return text.length() > 100 ? text.substring(0, 97) + "…" : text;
  }
}
