package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class SarifRendererTest {
  private static JsonNode run(SarifRenderer renderer, ScanReport report, Setting setting)
      throws IOException {
    StringWriter out = new StringWriter();
    renderer.render(report, setting, out);
    return new ObjectMapper().readTree(out.toString()).get("runs").get(0);
  }

  private static JsonNode run(ScanReport report) throws IOException {
    return run(new SarifRenderer(), report, RichReport.setting());
  }

  private static ScanReport report(List<String> roots, List<Finding> findings) {
    return new ScanReport("0.1.0", roots, List.of(), List.of(), findings, List.of());
  }

  private static Finding finding(String path, int line, Severity severity, String message) {
    Location.Point point = new Location.Point(line, 1, 1);
    return new Finding(
        RichReport.report().findings().getFirst().rule(),
        "torch-load",
        severity,
        line % 100,
        new Location.Source(path, line, line, point, point, Optional.empty()),
        message,
        "",
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        new TreeMap<>());
  }

  private static List<Finding> many(int count, int length) {
    SplittableRandom random = new SplittableRandom(11);
    List<Finding> findings = new ArrayList<>();
    for (int line = 1; line <= count; line++) {
      StringBuilder message = new StringBuilder();
      while (message.length() < length) {
        message.append(Long.toHexString(random.nextLong()));
      }
      Severity severity = Severity.values()[random.nextInt(4)];
      findings.add(finding("a.py", line, severity, message.toString()));
    }
    return findings;
  }

  @Test
  void keepsTheWorstWhenThereAreTooMany() throws IOException {
    List<Finding> all = many(300, 10);
    JsonNode run = run(new SarifRenderer(100, 10_000_000), report(List.of(), all), setting());
    assertEquals(100, run.get("results").size());
    long critical = all.stream().filter(finding -> finding.severity() == Severity.CRITICAL).count();
    assertEquals(critical, ofSeverity(run, "critical"));
    assertTrue(ofSeverity(run, "low") == 0 || ofSeverity(run, "medium") > 0);
    assertEquals(
        "200 of 300 results are left out, the least severe first, because code scanning accepts no"
            + " more.",
        run.get("invocations")
            .get(0)
            .get("toolExecutionNotifications")
            .get(0)
            .at("/message/text")
            .asText());
    int line = 0;
    for (JsonNode result : run.get("results")) {
      int next = result.at("/locations/0/physicalLocation/region/startLine").asInt();
      assertTrue(next > line);
      line = next;
    }
  }

  @Test
  void staysBelowTheSizeThatGitHubTakes() throws IOException {
    List<Finding> all = many(2_000, 600);
    JsonNode run = run(new SarifRenderer(25_000, 300_000), report(List.of(), all), setting());
    int left = run.get("results").size();
    assertTrue(left > 500 && left < 1_500, left + " results");
    assertTrue(ofSeverity(run, "critical") > ofSeverity(run, "low"));
  }

  private static long ofSeverity(JsonNode run, String word) {
    return StreamSupport.stream(run.get("results").spliterator(), false)
        .filter(result -> result.at("/properties/severity").asText().equals(word))
        .count();
  }

  private static Setting setting() {
    return new Setting(Excerpts.NONE, Instant.EPOCH, Instant.EPOCH, false);
  }

  @Test
  void namesNoFolderOfTheMachine() throws IOException {
    List<Finding> findings =
        List.of(
            finding("./b.py", 3, Severity.HIGH, "m"),
            finding("src/a b%.py", 1, Severity.HIGH, "m"),
            finding("ü.py", 2, Severity.HIGH, "m"));
    JsonNode run = run(report(List.of("/home/me/repo", "."), findings));
    assertEquals(
        List.of("%SRCROOT% b.py", "%SRCROOT% src/a%20b%25.py", "%SRCROOT% %C3%BC.py"), places(run));
    assertFalse(run.toString().contains("/home/me"), run.toString());
  }

  /// Only for a root outside of the working folder there is no other way.
  @Test
  void namesTheRootsThatLieElsewhere() throws IOException {
    List<Finding> one = List.of(finding("/else where/src/a.py", 1, Severity.HIGH, "m"));
    JsonNode run = run(report(List.of("/else where"), one));
    assertEquals(List.of("%SRCROOT% src/a.py"), places(run));
    assertEquals("file:///else%20where/", run.at("/originalUriBaseIds/%SRCROOT%/uri").asText());

    List<Finding> several =
        List.of(
            finding("/x/a.py", 1, Severity.HIGH, "m"),
            finding("/x/y/a.py", 1, Severity.HIGH, "m"),
            finding("a.py", 1, Severity.HIGH, "m"));
    run = run(report(List.of("/x", "/x/y/", "."), several));
    assertEquals(List.of("%ROOT1% a.py", "%ROOT2% a.py", "%SRCROOT% a.py"), places(run));
    assertEquals("file:///x/", run.at("/originalUriBaseIds/%ROOT1%/uri").asText());
    assertEquals("file:///x/y/", run.at("/originalUriBaseIds/%ROOT2%/uri").asText());
    assertFalse(run.at("/originalUriBaseIds/%SRCROOT%").has("uri"));
  }

  private static List<String> places(JsonNode run) {
    List<String> places = new ArrayList<>();
    run.get("results")
        .forEach(
            result -> {
              JsonNode location = result.at("/locations/0/physicalLocation/artifactLocation");
              places.add(location.get("uriBaseId").asText() + " " + location.get("uri").asText());
            });
    return places;
  }

  @Test
  void leavesSuppressedOutOnRequest() throws IOException {
    Setting setting =
        new Setting(
            RichReport.excerpts(),
            Instant.EPOCH,
            Instant.EPOCH,
            false,
            0,
            Setting.Suppressed.OMITTED,
            Setting.Pages.NONE);
    JsonNode with = run(RichReport.report());
    JsonNode without = run(new SarifRenderer(), RichReport.report(), setting);
    assertEquals(with.get("results").size() - 1, without.get("results").size());
    without.get("results").forEach(result -> assertFalse(result.has("suppressions")));
  }

  @Test
  void pointsFromResultsToTheirRules() throws IOException {
    JsonNode run = run(RichReport.report());
    JsonNode rules = run.at("/tool/driver/rules");
    for (JsonNode result : run.get("results")) {
      JsonNode rule = rules.get(result.get("ruleIndex").asInt());
      assertEquals(rule.get("id"), result.get("ruleId"));
    }
    for (JsonNode rule : rules) {
      assertTrue(rule.at("/properties/tags").size() <= 20);
      assertTrue(
          rule.at("/properties/security-severity").asText().matches("(10|[0-9])\\.[0-9]"),
          rule.toString());
      assertFalse(rule.at("/help/markdown").asText().isEmpty());
    }
  }

  /// The same findings in a file into which lines were put, and whose blanks were changed.
  @Test
  void ownFingerprintsSurviveMovedLines() throws IOException {
    String before = "import torch\ntorch.load(p)\ntorch.load(p)\ntorch.load( q)\n";
    String after = "# new\n\nimport torch\ntorch.load(p)\ntorch.load(p)\ntorch.load(q )\n";
    List<String> old = fingerprints(before, List.of(2, 3, 4));
    assertEquals(old, fingerprints(after, List.of(4, 5, 6)));
    Set<String> different = new HashSet<>(old);
    assertEquals(3, different.size());
  }

  private static List<String> fingerprints(String text, List<Integer> lines) throws IOException {
    Excerpts excerpts =
        SourceExcerpts.reading(_ -> Optional.of(text.getBytes(StandardCharsets.UTF_8)));
    List<Finding> findings = new ArrayList<>();
    for (int line : lines) {
      int length = text.split("\n")[line - 1].length();
      findings.add(
          new Finding(
              RichReport.report().findings().getFirst().rule(),
              "torch-load",
              Severity.HIGH,
              50,
              new Location.Source(
                  "a.py",
                  line,
                  line,
                  new Location.Point(line, 1, 1),
                  new Location.Point(line, length + 1, length + 1),
                  Optional.empty()),
              "m",
              "",
              List.of(),
              List.of(),
              List.of(),
              Optional.empty(),
              new TreeMap<>()));
    }
    Setting setting = new Setting(excerpts, Instant.EPOCH, Instant.EPOCH, false);
    List<String> names = new ArrayList<>();
    run(new SarifRenderer(), report(List.of(), findings), setting)
        .get("results")
        .forEach(result -> names.add(result.at("/partialFingerprints/loadlock~1v1").asText()));
    return names;
  }
}
