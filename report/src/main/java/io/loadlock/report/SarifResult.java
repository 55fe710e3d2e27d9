package io.loadlock.report;

import io.loadlock.core.Evidence;
import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Location;
import io.loadlock.core.Suppression;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `results[]`: one finding.
final class SarifResult {
  /// GitHub accepts no more related locations of one result, nor more steps in all its flows.
  private static final int RELATED = 1_000;

  private static final int STEPS = 10_000;

  /// Characters of a message; a payload may be as long as its author likes.
  private static final int MESSAGE = 4_000;

  /// Of a snippet; minified source has lines of megabytes.
  private static final int SNIPPET = 2_000;

  /// Properties that are written from elsewhere.
  private static final Set<String> TOLD = Set.of("kind", "severity", "cell", "cellLine", "members");

  private final JsonText json;
  private final Uris uris;
  private final Excerpts excerpts;
  private final Map<String, Integer> rules;

  SarifResult(JsonText json, Uris uris, Excerpts excerpts, Map<String, Integer> rules) {
    this.json = json;
    this.uris = uris;
    this.excerpts = excerpts;
    this.rules = rules;
  }

  void write(Finding finding, PartialFingerprints.Both fingerprint) throws IOException {
    json.field("ruleId", finding.rule().value());
    Integer index = rules.get(finding.rule().value());
    if (index != null) {
      json.field("ruleIndex", index);
    }
    json.field("level", finding.severity().sarifLevel());
    json.field("rank", finding.rank());
    String advice = finding.advice().isEmpty() ? "" : " " + finding.advice();
    json.message("message", cut(finding.message()) + advice);
    json.list("locations", () -> json.object(() -> location(finding.location(), true)));
    related(finding.evidence());
    flows(finding);
    json.object(
        "partialFingerprints",
        () -> {
          json.field("loadlock/v1", fingerprint.own());
          if (fingerprint.line().isPresent()) {
            json.field("primaryLocationLineHash", fingerprint.line().get());
          }
        });
    suppressions(finding);
    fixes(finding.fixes());
    json.object("properties", () -> properties(finding));
  }

  private static String cut(String text) {
    return text.length() <= MESSAGE ? text : text.substring(0, MESSAGE) + "…";
  }

  private void properties(Finding finding) throws IOException {
    json.field("kind", finding.kind());
    json.field("severity", finding.severity().word());
    for (var property : finding.properties().entrySet()) {
      if (!TOLD.contains(property.getKey())) {
        json.field(property.getKey(), property.getValue());
      }
    }
    if (finding.location() instanceof Location.Source source && source.cell().isPresent()) {
      var cell = source.cell().get();
      json.field("cell", cell.cell());
      json.field("cellLine", cell.line());
      json.field("cellColumn", cell.column());
      json.field("codeCell", cell.codeCell());
    }
    if (finding.location() instanceof Location.Artifact artifact && !artifact.members().isEmpty()) {
      json.texts("members", artifact.members());
      json.field("memberOffset", artifact.offset());
      json.field("memberLength", artifact.length());
    }
  }

  private void related(List<Evidence> evidence) throws IOException {
    if (evidence.isEmpty()) {
      return;
    }
    json.list(
        "relatedLocations",
        () -> {
          int id = 1;
          for (Evidence step : evidence.subList(0, Math.min(RELATED, evidence.size()))) {
            int number = id++;
            json.object(
                () -> {
                  json.field("id", number);
                  location(step.location(), false);
                  json.message("message", cut(step.text()));
                });
          }
        });
  }

  /// Each way to the load, or without any the reasoning, ends at the load itself.
  private void flows(Finding finding) throws IOException {
    List<List<Evidence>> flows =
        finding.flows().isEmpty() && !finding.evidence().isEmpty()
            ? List.of(finding.evidence())
            : finding.flows();
    if (flows.isEmpty()) {
      return;
    }
    json.list(
        "codeFlows",
        () -> {
          int steps = 0;
          for (List<Evidence> flow : flows) {
            steps += flow.size() + 1;
            if (steps > STEPS) {
              break;
            }
            List<Evidence> whole = new ArrayList<>(flow);
            whole.add(new Evidence(finding.location(), finding.message()));
            json.object(() -> flow(whole));
          }
        });
  }

  private void flow(List<Evidence> steps) throws IOException {
    json.list(
        "threadFlows",
        () ->
            json.object(
                () ->
                    json.list(
                        "locations",
                        () -> {
                          for (Evidence step : steps) {
                            json.object(
                                () ->
                                    json.object(
                                        "location",
                                        () -> {
                                          location(step.location(), false);
                                          json.message("message", cut(step.text()));
                                        }));
                          }
                        })));
  }

  private void suppressions(Finding finding) throws IOException {
    if (finding.suppression().isEmpty()) {
      return;
    }
    Suppression suppression = finding.suppression().get();
    json.list("suppressions", () -> json.object(() -> suppression(finding, suppression)));
  }

  /// By a comment in a line, or by a baseline, which has none.
  private void suppression(Finding finding, Suppression suppression) throws IOException {
    String reason = suppression.justification();
    json.field("kind", suppression.line() > 0 ? "inSource" : "external");
    json.field("status", "accepted");
    json.field("justification", reason.isEmpty() ? suppression.comment() : reason);
    if (suppression.line() > 0) {
      json.object(
          "location",
          () ->
              json.object(
                  "physicalLocation",
                  () -> {
                    artifactLocation(json, uris, finding.location().path());
                    json.object("region", () -> json.field("startLine", suppression.line()));
                  }));
    }
  }

  private void fixes(List<Fix> fixes) throws IOException {
    List<Fix> whole = fixes.stream().filter(fix -> !fix.edits().isEmpty()).toList();
    if (whole.isEmpty()) {
      return;
    }
    json.list(
        "fixes",
        () -> {
          for (Fix fix : whole) {
            json.object(() -> fix(fix));
          }
        });
  }

  private void fix(Fix fix) throws IOException {
    json.message("description", fix.description());
    json.list(
        "artifactChanges",
        () -> {
          List<Fix.Edit> edits = fix.edits();
          for (int from = 0; from < edits.size(); ) {
            String path = edits.get(from).location().path();
            int to = from;
            while (to < edits.size() && edits.get(to).location().path().equals(path)) {
              to++;
            }
            List<Fix.Edit> ofFile = edits.subList(from, to);
            json.object(() -> change(path, ofFile));
            from = to;
          }
        });
    json.object(
        "properties",
        () -> {
          json.field("tier", fix.tier().word());
          if (!fix.proof().isEmpty()) {
            json.field("proof", fix.proof());
          }
        });
  }

  private void change(String path, List<Fix.Edit> edits) throws IOException {
    artifactLocation(json, uris, path);
    json.list(
        "replacements",
        () -> {
          for (Fix.Edit edit : edits) {
            json.object(
                () -> {
                  json.object("deletedRegion", () -> lines(edit.location()));
                  json.message("insertedContent", edit.replacement());
                });
          }
        });
  }

  /// The fields of a `location`, with its source text where `snippet` asks for it.
  private void location(Location location, boolean snippet) throws IOException {
    json.object(
        "physicalLocation",
        () -> {
          artifactLocation(json, uris, location.path());
          json.object("region", () -> region(location, snippet));
        });
    switch (location) {
      case Location.Source source -> {
        if (source.cell().isPresent()) {
          logical("cell " + source.cell().get().cell(), "cell");
        }
      }
      case Location.Artifact artifact -> {
        if (!artifact.members().isEmpty()) {
          logical(String.join("/", artifact.members()), "member");
        }
      }
      case Location.Whole _ -> {}
    }
  }

  private void logical(String name, String kind) throws IOException {
    json.list(
        "logicalLocations",
        () ->
            json.object(
                () -> {
                  json.field("name", name);
                  json.field("kind", kind);
                }));
  }

  /// A model file has no lines, yet code scanning shows only what has one: the first. The text and
  /// the binary properties of a region are independent of each other (SARIF §3.30.4).
  private void region(Location location, boolean snippet) throws IOException {
    switch (location) {
      case Location.Source source -> {
        lines(source);
        if (snippet) {
          String text =
              excerpts.of(source, 0).map(found -> String.join("\n", found.lines())).orElse("");
          if (!text.isEmpty() && text.length() <= SNIPPET) {
            json.message("snippet", text);
          }
        }
      }
      case Location.Artifact artifact -> {
        json.field("startLine", 1);
        if (artifact.members().isEmpty()) {
          json.field("byteOffset", artifact.offset());
          if (artifact.length() > 0) {
            json.field("byteLength", artifact.length());
          }
        }
      }
      case Location.Whole _ -> json.field("startLine", 1);
    }
  }

  private void lines(Location.Source source) throws IOException {
    json.field("startLine", source.start().line());
    json.field("startColumn", source.start().column());
    json.field("endLine", source.end().line());
    json.field("endColumn", source.end().column());
  }

  static void artifactLocation(JsonText json, Uris uris, String path) throws IOException {
    json.object("artifactLocation", () -> uri(json, uris, path));
  }

  static void uri(JsonText json, Uris uris, String path) throws IOException {
    Uris.Reference reference = uris.of(path);
    json.field("uri", reference.uri());
    json.field("uriBaseId", reference.base());
  }
}
