package io.loadlock.engine.scan;

import io.loadlock.core.Evidence;
import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.core.ScanReport;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.git.Changes;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.engine.inspect.Inspector;
import io.loadlock.engine.judge.EnvironmentSetting;
import io.loadlock.engine.judge.Fixes;
import io.loadlock.engine.judge.Judge;
import io.loadlock.engine.judge.Remedies;
import io.loadlock.engine.link.FileLinks;
import io.loadlock.engine.link.Model;
import io.loadlock.engine.link.ModelFiles;
import io.loadlock.engine.project.EnvironmentFiles;
import io.loadlock.engine.project.Projects;
import io.loadlock.engine.walk.Found;
import io.loadlock.engine.walk.Globs;
import io.loadlock.engine.walk.Unread;
import io.loadlock.engine.walk.Walk;
import io.loadlock.engine.walk.WalkOptions;
import io.loadlock.engine.walk.Walked;
import io.loadlock.python.project.Options;
import io.loadlock.python.project.PythonScan;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Scans trees: the whole way from paths to a report.
public final class Scan {
  private static final long LARGEST_SCRIPT = 4 << 20;

  private final ScanRequest request;
  private final Sources sources = new Sources();
  private final List<FileReport> files = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private Scan(ScanRequest request) {
    this.request = request;
  }

  /// Does what `request` says. Whatever cannot be read is in the report; nothing is thrown for it.
  public static ScanResult run(ScanRequest request) {
    return new Scan(request).run();
  }

  private ScanResult run() {
    Configuration configuration = request.configuration();
    Walked walked =
        Walk.walk(
            request.paths(),
            new WalkOptions(
                request.base(), configuration.exclude(), request.ignoreFiles(), request.home()));
    for (Unread unread : walked.unread()) {
      files.add(new FileReport(unread.path(), "unknown", 0, unread.outcome(), new TreeMap<>()));
    }
    for (Found file : walked.files()) {
      if (file.kind() == Found.Kind.SOURCE) {
        sources.add(file);
        staged(file).ifPresent(content -> sources.add(file.path(), content));
      }
    }
    request.input().ifPresent(input -> sources.add(input.name(), input.content()));
    request.overlay().forEach(sources::add);

    List<FileFacts> facts = PythonScan.scan(sources, options());
    for (FileFacts each : facts) {
      files.add(
          new FileReport(
              each.path(),
              each.format(),
              sources.bytes(each.path()),
              each.outcome(),
              new TreeMap<>()));
    }
    Projects projects = new Projects(request.base(), request.paths());
    ModelFiles models = new ModelFiles(Inspector.standard());
    meet(walked, models);
    FileLinks links =
        new FileLinks(request.base(), request.paths(), projects, models, request.environment());
    Judge judge =
        new Judge(
            configuration, projects, links, fixes(projects, links), sources, environment(walked));
    List<Finding> findings = new ArrayList<>(judge.judge(facts));
    findings.addAll(models(judge, models, links, findings));
    notes.addAll(judge.notes());
    request.changes().ifPresent(changes -> findings.removeIf(each -> !touches(each, changes)));
    findings.sort(Finding.ORDER);
    files.sort((a, b) -> a.path().compareTo(b.path()));
    note(walked);
    noteMissing(findings);
    ScanReport report =
        new ScanReport(
            request.version(),
            request.paths().stream().map(path -> Walk.name(path, request.base())).toList(),
            Rules.ALL,
            files,
            findings,
            notes);
    return new ScanResult(report, incomplete(), request.progress().cancelled());
  }

  private Fixes fixes(Projects projects, FileLinks links) {
    return request.fixes()
        ? new Remedies(sources, projects, request.base(), links::commit)
        : Fixes.NONE;
  }

  private void meet(Walked walked, ModelFiles models) {
    for (Found file : walked.files()) {
      if (file.kind() == Found.Kind.CANDIDATE && !request.progress().cancelled()) {
        models.meet(file.path(), file.file(), file.named());
      }
    }
  }

  /// The findings of model files, and a line for each of them in the list of files.
  private List<Finding> models(
      Judge judge, ModelFiles models, FileLinks links, List<Finding> onLines) {
    Set<String> told = new HashSet<>();
    for (Finding finding : onLines) {
      if (finding.suppression().isEmpty() && finding.properties().containsKey("payload")) {
        told.add(finding.properties().getOrDefault("payload", ""));
      }
    }
    List<Finding> findings = new ArrayList<>();
    int loose = 0;
    for (Model model : models.all()) {
      Inspection inspection = model.inspection();
      Set<String> loadedBy = links.loadedBy().getOrDefault(model.path(), Set.of());
      TreeMap<String, String> properties = new TreeMap<>();
      properties.put("verdict", inspection.verdict().word());
      properties.putAll(model.facts());
      if (!loadedBy.isEmpty()) {
        properties.put("loadedBy", String.join(", ", loadedBy));
      } else {
        loose++;
      }
      files.add(
          new FileReport(
              model.path(), inspection.format(), model.bytes(), inspection.outcome(), properties));
      findings.addAll(judge.judge(model, told.contains(model.path())));
    }
    if (loose > 0 && !sources.paths().isEmpty()) {
      notes.add(
          loose
              + (loose == 1 ? " model file is" : " model files are")
              + " loaded by no line that was scanned");
    }
    return findings;
  }

  private List<EnvironmentSetting> environment(Walked walked) {
    List<EnvironmentSetting> settings = new ArrayList<>();
    for (Found file : walked.files()) {
      if (file.kind() != Found.Kind.ENVIRONMENT || file.bytes() > LARGEST_SCRIPT) {
        continue;
      }
      try {
        byte[] content = Files.readAllBytes(file.file());
        for (EnvironmentFiles.Assignment each : EnvironmentFiles.read(content, Judge.variables())) {
          Location.Point start = new Location.Point(each.line(), each.column(), each.column());
          int end = each.column() + each.variable().length();
          settings.add(
              new EnvironmentSetting(
                  new Location.Source(
                      file.path(),
                      0,
                      0,
                      start,
                      new Location.Point(each.line(), end, end),
                      Optional.empty()),
                  folder(file.path()),
                  each.variable(),
                  each.value()));
        }
      } catch (IOException e) {
        files.add(
            new FileReport(
                file.path(),
                "environment",
                file.bytes(),
                new Outcome.Failed(Problem.of(Walk.reason(e))),
                new TreeMap<>()));
      }
    }
    return settings;
  }

  /// CI files speak for the repository that they are in.
  private static String folder(String path) {
    for (String service : List.of(".github/", ".circleci/")) {
      int at = path.indexOf(service);
      if (at == 0 || at > 0 && path.charAt(at - 1) == '/') {
        return at == 0 ? "" : path.substring(0, at - 1);
      }
    }
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private Optional<byte[]> staged(Found file) {
    return request
        .changes()
        .flatMap(changes -> Optional.ofNullable(changes.staged().get(file.file())));
  }

  /// A finding is new when the load, or anything that it rests on, was changed: a caller, a pin,
  /// the file it loads.
  private boolean touches(Finding finding, Changes changes) {
    return Stream.concat(
            Stream.of(finding.location()),
            Stream.concat(
                    finding.evidence().stream(), finding.flows().stream().flatMap(List::stream))
                .map(Evidence::location))
        .anyMatch(
            place -> changes.files().contains(request.base().resolve(place.path()).normalize()));
  }

  private Options options() {
    Configuration configuration = request.configuration();
    List<String> roots = new ArrayList<>(configuration.roots());
    for (Path path : request.paths()) {
      String name = Walk.name(path, request.base());
      if (!name.isEmpty()) {
        roots.add(name);
      }
    }
    Sinks standard = Sinks.standard();
    Sinks sinks = configuration.sinks().isEmpty() ? standard : standard.with(configuration.sinks());
    return new Options(
        wanted(sinks),
        roots,
        Set.of(),
        request.thorough() || wantsImports(configuration),
        request.jobs(),
        request.progress());
  }

  /// The look at the words of a file is for loads; one that only imports is parsed when asked for.
  private static boolean wantsImports(Configuration configuration) {
    return Stream.concat(
            Stream.of(configuration.selection()),
            configuration.perPath().stream().map(Configuration.PerPath::selection))
        .anyMatch(
            selection ->
                selection.wants(Rules.IMPORT.id().value(), "import", Rules.IMPORT.onByDefault()));
  }

  /// Without the rows of rules that are off by default, unless somebody selects: whatever is not
  /// looked for costs nothing.
  private Sinks wanted(Sinks sinks) {
    Configuration configuration = request.configuration();
    boolean selected =
        !configuration.selection().select().isEmpty()
            || configuration.perPath().stream()
                .anyMatch(path -> !path.selection().select().isEmpty());
    return selected
        ? sinks
        : sinks.only(row -> Rules.find(row.rule()).map(Rule::onByDefault).orElse(true));
  }

  private void note(Walked walked) {
    if (walked.ignoredModels() > 0) {
      notes.add(
          (walked.allCounted() ? "" : "at least ")
              + walked.ignoredModels()
              + (walked.ignoredModels() == 1 ? " ignored model file" : " ignored model files")
              + "; --no-ignore reads them");
    }
  }

  private void noteMissing(List<Finding> findings) {
    long missing =
        findings.stream()
            .filter(finding -> finding.suppression().isEmpty())
            .filter(finding -> finding.properties().containsKey("missingFile"))
            .count();
    if (missing > 0) {
      notes.add(
          missing
              + (missing == 1 ? " line loads a file that is" : " lines load files that are")
              + " not here");
    }
  }

  private boolean incomplete() {
    Globs allowed = Globs.of(request.configuration().allowPartial());
    for (FileReport file : files) {
      boolean unread =
          switch (file.outcome()) {
            case Outcome.Complete _, Outcome.Skipped _ -> false;
            case Outcome.Partial _, Outcome.Failed _ -> true;
          };
      if (unread && !allowed.match(file.path())) {
        return true;
      }
    }
    return false;
  }
}
