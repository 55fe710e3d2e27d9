package io.loadlock.engine.judge;

import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.Finding;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.core.Severity;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.config.Configuration.Selection;
import io.loadlock.engine.link.Link;
import io.loadlock.engine.link.Links;
import io.loadlock.engine.link.Model;
import io.loadlock.engine.project.Projects;
import io.loadlock.engine.suppress.Suppressions;
import io.loadlock.fix.Offer;
import io.loadlock.python.project.SourceTree;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.LoadSite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Turns the facts of a run into its findings.
public final class Judge {
  private final Configuration configuration;
  private final Projects projects;
  private final Links links;
  private final Fixes fixes;
  private final SourceTree sources;
  private final Settings settings;
  private final List<String> notes = new ArrayList<>();
  private final Supplier<Policy> policy = new Once<>(Policy::bundled);

  /// @param environment what files that are no Python set in the environment
  public Judge(
      Configuration configuration,
      Projects projects,
      Links links,
      Fixes fixes,
      SourceTree sources,
      List<EnvironmentSetting> environment) {
    this.configuration = configuration;
    this.projects = projects;
    this.links = links;
    this.fixes = fixes;
    this.sources = sources;
    this.settings = new Settings(policy, environment);
  }

  /// Findings in no order that matters, suppressed ones included.
  public List<Finding> judge(List<FileFacts> facts) {
    Voids voids = settings.voids(facts);
    SiteJudge sites = new SiteJudge(projects, voids, new Restrictions(policy));
    Reliance reliance = new Reliance(projects);
    List<Finding> findings = new ArrayList<>();
    settings.outside().forEach(finding -> wanted(finding).ifPresent(findings::add));
    for (FileFacts file : facts) {
      if (file.sites().isEmpty() && file.settings().isEmpty()) {
        continue;
      }
      List<Pending> pending = new ArrayList<>();
      for (LoadSite site : file.sites()) {
        reliance.add(site);
        Link link = links.of(site);
        sites
            .judge(site, link)
            .map(finding -> offered(finding, fixes.of(site, link)))
            .ifPresent(finding -> pending.add(new Pending(finding, site.statement(), names(site))));
      }
      pending.addAll(settings.findings(file));
      accept(file, pending, findings);
    }
    reliance.findings().forEach(finding -> wanted(finding).ifPresent(findings::add));
    return findings;
  }

  private static Finding offered(Finding finding, Offer offer) {
    Finding fixed = finding.withFixes(offer.fixes());
    return offer.reason().isEmpty() ? fixed : fixed.withProperty("noFix", offer.reason());
  }

  /// The findings of a model file, for which no comment can speak.
  ///
  /// @param told whether a finding on a line that loads it says already that it runs code
  public List<Finding> judge(Model model, boolean told) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : FileJudge.judge(model)) {
      if (!told || !finding.rule().equals(Rules.FILE_RUNS_CODE.id())) {
        wanted(finding).ifPresent(findings::add);
      }
    }
    return findings;
  }

  /// The environment variables that matter here.
  public static List<String> variables() {
    return Settings.variables();
  }

  /// Sentences for people, such as comments that accept nothing.
  public List<String> notes() {
    return notes;
  }

  /// A finding and what a comment can accept it by.
  record Pending(Finding finding, LoadSite.Lines lines, List<String> names) {}

  private void accept(FileFacts file, List<Pending> pending, List<Finding> findings) {
    Suppressions suppressions =
        Suppressions.of(file.comments(), new Alone(sources, file.path())::test);
    for (Pending each : pending) {
      Optional<Finding> finding = wanted(each.finding());
      if (finding.isPresent()) {
        List<String> names = new ArrayList<>(each.names());
        names.add(finding.get().kind());
        names.add(finding.get().rule().value());
        findings.add(finding.get().with(suppressions.find(each.lines(), names)));
      }
    }
    for (String unused : suppressions.unused()) {
      notes.add(file.path() + ", " + unused + " accepts nothing");
    }
  }

  private static List<String> names(LoadSite site) {
    List<String> names = new ArrayList<>(site.sink().codes());
    names.add(Rules.INSECURE_DESERIALIZATION.id().value());
    return names;
  }

  /// The finding as the configuration wants it; empty where it does not.
  public Optional<Finding> wanted(Finding finding) {
    Selection selection = configuration.selection(finding.location().path());
    boolean onByDefault = Rules.find(finding.rule()).map(Rule::onByDefault).orElse(true);
    String rule = finding.rule().value();
    if (!selection.wants(rule, finding.kind(), onByDefault)) {
      return Optional.empty();
    }
    Optional<Severity> severity = selection.severity(rule, finding.kind());
    return Optional.of(severity.map(given -> finding.with(given)).orElse(finding));
  }
}
