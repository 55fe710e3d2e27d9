package io.loadlock.engine.scan;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Outcome;
import io.loadlock.core.Rules;
import io.loadlock.core.ScanReport;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.judge.Judge;
import io.loadlock.engine.link.Links;
import io.loadlock.engine.project.Projects;
import io.loadlock.engine.walk.Found;
import io.loadlock.engine.walk.Globs;
import io.loadlock.engine.walk.Unread;
import io.loadlock.engine.walk.Walk;
import io.loadlock.engine.walk.WalkOptions;
import io.loadlock.engine.walk.Walked;
import io.loadlock.python.project.Options;
import io.loadlock.python.project.PythonScan;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// Scans trees: the whole way from paths to a report.
public final class Scan {
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
      }
    }
    request.input().ifPresent(input -> sources.add(input.name(), input.content()));

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
    Judge judge = new Judge(configuration, projects, Links.NONE, sources, List.of());
    List<Finding> findings = new ArrayList<>(judge.judge(facts));
    notes.addAll(judge.notes());
    request
        .only()
        .ifPresent(paths -> findings.removeIf(each -> !paths.contains(each.location().path())));
    findings.sort(Finding.ORDER);
    files.sort(Comparator.comparing(FileReport::path));
    note(walked);
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
    List<Sink> rows =
        sinks.libraries().stream().flatMap(library -> library.sinks().stream()).toList();
    return new Options(
        rows, roots, Set.of(), request.thorough(), request.jobs(), request.progress());
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
