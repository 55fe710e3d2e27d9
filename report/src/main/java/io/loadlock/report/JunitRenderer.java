package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import java.io.IOException;
import java.io.Writer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// JUnit's XML, as build servers read it: a finding is a failed test, a file that could not be read
/// a broken one, a clean file a passed one.
final class JunitRenderer implements Renderer {
  @Override
  public void render(ScanReport report, Setting setting, Writer out) throws IOException {
    Counts counts = Counts.of(report);
    Set<String> found = new HashSet<>();
    List<Finding> findings =
        report.findings().stream().filter(finding -> finding.suppression().isEmpty()).toList();
    findings.forEach(finding -> found.add(finding.location().path()));
    List<FileReport> others =
        report.files().stream()
            .filter(file -> isUnread(file) || !found.contains(file.path()))
            .toList();
    int skipped = counts.of("skipped");
    String[] figures = {
      "name", "loadlock",
      "tests", Integer.toString(findings.size() + others.size()),
      "failures", Integer.toString(findings.size()),
      "errors", Integer.toString(counts.unread()),
      "skipped", Integer.toString(skipped)
    };
    Markup xml = new Markup(out);
    xml.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.open("testsuites", figures).line().open("testsuite", figures).line();
    for (Finding finding : findings) {
      failure(xml, finding, setting);
    }
    for (FileReport file : others) {
      file(xml, file);
    }
    xml.close().line().close().line();
  }

  private static boolean isUnread(FileReport file) {
    return !(file.outcome() instanceof Outcome.Complete);
  }

  private static void failure(Markup xml, Finding finding, Setting setting) throws IOException {
    String rule = finding.rule() + " " + finding.kind();
    String place = Places.inFile(finding.location());
    xml.open(
        "testcase",
        "classname",
        finding.location().path(),
        "name",
        place.isEmpty() ? rule : rule + " at " + place);
    xml.open("failure", "type", finding.severity().word(), "message", finding.message());
    xml.text(Places.full(finding.location())).line();
    if (finding.location() instanceof Location.Source source) {
      for (Snippet part : setting.excerpts().of(source, 0).map(Snippet::of).orElse(List.of())) {
        xml.text(part.text()).line();
      }
    }
    if (!finding.advice().isEmpty()) {
      xml.text(finding.advice()).line();
    }
    xml.close().close().line();
  }

  private static void file(Markup xml, FileReport file) throws IOException {
    xml.open("testcase", "classname", file.path(), "name", file.outcome().word());
    switch (file.outcome()) {
      case Outcome.Complete _ -> {}
      case Outcome.Skipped skipped -> xml.empty("skipped", "message", skipped.reason());
      case Outcome.Partial _, Outcome.Failed _ ->
          xml.empty(
              "error",
              "type",
              file.outcome().word(),
              "message",
              file.outcome().problems().stream()
                  .map(Object::toString)
                  .collect(Collectors.joining("; ")));
    }
    xml.close().line();
  }
}
