package io.loadlock.engine.judge;

import io.loadlock.artifact.Verdict;
import io.loadlock.core.Evidence;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.RuleId;
import io.loadlock.core.Rules;
import io.loadlock.core.Severity;
import io.loadlock.engine.link.Link;
import io.loadlock.engine.link.Linked;
import io.loadlock.engine.project.Projects;
import io.loadlock.python.origin.Origin;
import io.loadlock.python.site.Guard;
import io.loadlock.python.site.LoadSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Judges load sites: base severity of the row, lowered by the strongest proof that covers this
/// very call.
final class SiteJudge {
  /// How many ways through callers a report lists.
  private static final int FLOWS = 8;

  private final Assessor assessor;

  SiteJudge(Projects projects, Voids voids, Restrictions restrictions) {
    this.assessor = new Assessor(projects, voids, restrictions);
  }

  /// A proof that covers a call, and what shows it.
  private record Held(Proof proof, String clause, List<Evidence> evidence) {}

  /// The finding of this site; empty when it is safe.
  Optional<Finding> judge(LoadSite site, Link link) {
    Optional<Assessment> assessed = assessor.assess(site);
    if (assessed.isEmpty()) {
      return Optional.empty();
    }
    Assessment assessment = assessed.get();
    List<Held> proofs = proofs(site, assessment, link);
    Optional<Linked> payload = payload(link);
    Optional<Held> held =
        payload.isPresent()
            ? Optional.empty()
            : proofs.stream()
                .min((a, b) -> b.proof().rule().severity().compareTo(a.proof().rule().severity()));
    Severity base = assessment.severity();
    Severity severity = payload.isPresent() ? Severity.CRITICAL : base;
    RuleId rule = payload.isPresent() ? Rules.INSECURE_DESERIALIZATION.id() : site.sink().rule();
    // A proof that would raise a low row, or leave it as it is, says nothing new.
    if (held.isPresent() && !held.get().proof().rule().severity().atLeast(base)) {
      severity = held.get().proof().rule().severity();
      rule = held.get().proof().rule().id();
    } else if (held.isPresent() && assessment.argument().equals("safe")) {
      rule = held.get().proof().rule().id();
    }
    Origin origin =
        held.map(Held::proof).equals(Optional.of(Proof.OWN_FILE))
            ? Origin.OWN_FILE
            : site.provenance().origin();
    List<Evidence> evidence = new ArrayList<>(site.evidence());
    evidence.addAll(assessment.evidence());
    proofs.forEach(each -> evidence.addAll(each.evidence()));
    if (site.guard() instanceof Guard.Ineffective none) {
      evidence.add(
          new Evidence(none.where(), "a digest is compared and guards nothing: " + none.reason()));
    }
    evidence.addAll(linked(link));
    String why = explain(site, base, severity, held, payload);
    return Optional.of(
        new Finding(
            rule,
            site.sink().kind(),
            severity,
            origin.rank(),
            site.location(),
            Sentences.load(
                site,
                assessment,
                held.map(Held::proof),
                held.map(Held::clause).orElse(""),
                origin,
                link),
            payload.isPresent() ? "Do not load this file." : site.sink().advice(),
            evidence,
            flows(site),
            List.of(),
            Optional.empty(),
            properties(site, assessment, held, origin, link, why)));
  }

  /// The ways from outside first, then those on which an argument reaches the call.
  private static List<List<Evidence>> flows(LoadSite site) {
    List<List<Evidence>> flows = new ArrayList<>(site.provenance().flows());
    site.flows().stream().limit(FLOWS).forEach(flows::add);
    return flows;
  }

  private static List<Held> proofs(LoadSite site, Assessment assessment, Link link) {
    List<Held> proofs = new ArrayList<>();
    assessment.proof().ifPresent(proof -> proofs.add(new Held(proof, "", List.of())));
    switch (site.guard()) {
      case Guard.None _, Guard.Ineffective _ -> {}
      case Guard.Digest digest ->
          proofs.add(
              new Held(
                  Proof.GUARDED,
                  digest.clause(),
                  List.of(new Evidence(digest.where(), "its digest is checked before the load"))));
      case Guard.OwnFile own ->
          proofs.add(
              new Held(
                  Proof.OWN_FILE,
                  "this program has written it itself just before",
                  List.of(new Evidence(own.where(), "the program writes what it loads"))));
    }
    if (link instanceof Link.Files files && files.all()) {
      boolean reviewed = files.files().stream().allMatch(Linked::reviewed);
      boolean locked = files.files().stream().allMatch(Linked::locked);
      if (reviewed || locked) {
        Proof proof =
            reviewed && locked
                ? Proof.LOCKED_REVIEWED
                : locked ? Proof.LOCKED : Proof.REVIEWED_FILE;
        proofs.add(new Held(proof, "", List.of()));
      }
    }
    return proofs;
  }

  private static Optional<Linked> payload(Link link) {
    return link instanceof Link.Files files
        ? files.files().stream().filter(file -> file.verdict() == Verdict.RUNS_CODE).findFirst()
        : Optional.empty();
  }

  private static List<Evidence> linked(Link link) {
    if (!(link instanceof Link.Files files)) {
      return List.of();
    }
    return files.files().stream()
        .map(
            file ->
                new Evidence(
                    new Location.Whole(file.path()),
                    (files.certain() ? "is" : "may be")
                        + " what it loads: "
                        + file.verdict().word()
                        + ", "
                        + file.summary()))
        .toList();
  }

  private static Verdict worst(Link.Files files) {
    return files.files().stream().map(Linked::verdict).reduce(Verdict.PLAIN_DATA, Verdict::worse);
  }

  private static String explain(
      LoadSite site,
      Severity base,
      Severity severity,
      Optional<Held> held,
      Optional<Linked> payload) {
    String start = base.word() + " by the row of " + site.sink().name();
    if (payload.isPresent()) {
      return start + "; critical because " + payload.get().path() + " runs code when it is loaded";
    }
    if (held.isEmpty()) {
      return start + "; nothing lowers it";
    }
    String proof = held.get().proof().word();
    return severity == base
        ? start + "; the proof " + proof + " does not lower it further"
        : start + "; lowered to " + severity.word() + " by the proof " + proof;
  }

  private static SortedMap<String, String> properties(
      LoadSite site,
      Assessment assessment,
      Optional<Held> held,
      Origin origin,
      Link link,
      String why) {
    SortedMap<String, String> properties = new TreeMap<>();
    properties.put("kind", site.sink().kind());
    properties.put("callee", site.callee());
    properties.put("codes", String.join(",", site.sink().codes()));
    properties.put("origin", origin.word());
    properties.put("severityReason", why);
    if (!site.function().isEmpty()) {
      properties.put("function", site.function());
    }
    held.ifPresent(each -> properties.put("proof", each.proof().word()));
    if (site.sink().safety().map(row -> row.parameter().equals("weights_only")).orElse(false)) {
      properties.put("weightsOnly", assessment.argument());
    }
    switch (link) {
      case Link.Files files -> {
        payload(link).ifPresent(file -> properties.put("payload", file.path()));
        properties.put("linkedVerdict", worst(files).word());
        properties.put(
            "linkedFile", String.join(", ", files.files().stream().map(Linked::path).toList()));
        if (!files.all()) {
          properties.put("linkedOthers", "true");
        }
        String answers = answers(site, files.files());
        if (!answers.isEmpty()) {
          boolean arrays = answers.contains("allow_pickle");
          properties.put(arrays ? "allowPickleAnswer" : "weightsOnlyAnswer", answers);
        }
      }
      case Link.Nothing nothing -> {
        properties.put("notLinked", nothing.reason());
        if (!nothing.missing().isEmpty()) {
          properties.put("missingFile", nothing.missing());
        }
      }
    }
    return properties;
  }

  /// What the safe way to load makes of the files: one clause for all, else one for each.
  private static String answers(LoadSite site, List<Linked> files) {
    List<String> clauses =
        files.stream().map(file -> Sentences.safeLoad(site, file)).distinct().toList();
    if (clauses.size() == 1) {
      return clauses.getFirst();
    }
    List<String> each = new ArrayList<>();
    for (Linked file : files) {
      String clause = Sentences.safeLoad(site, file);
      if (!clause.isEmpty()) {
        each.add(file.path() + ": " + clause);
      }
    }
    return String.join("; ", each);
  }
}
