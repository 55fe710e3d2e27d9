package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;

/// SARIF 2.1.0 (OASIS standard, with Errata 01), within what GitHub code scanning accepts: 25,000
/// results and 10 MB compressed. What is over is left out from the least severe on, and a
/// notification says so.
final class SarifRenderer implements Renderer {
  private static final String SCHEMA =
      "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

  /// Below these many results no log has ever come near the size.
  private static final int NOT_MEASURED = 500;

  private final int most;
  private final long bytes;

  SarifRenderer() {
    this(25_000, 10_000_000);
  }

  /// @param most results in one run
  /// @param bytes of the log after gzip
  SarifRenderer(int most, long bytes) {
    this.most = most;
    this.bytes = bytes;
  }

  /// A finding with what names it.
  private record Named(Finding finding, PartialFingerprints.Both fingerprint) {}

  @Override
  public void render(ScanReport report, Setting setting, Writer out) throws IOException {
    List<Named> all = new ArrayList<>();
    PartialFingerprints fingerprints = new PartialFingerprints(setting.excerpts());
    for (Finding finding : report.findings()) {
      PartialFingerprints.Both fingerprint = fingerprints.of(finding);
      if (finding.suppression().isEmpty() || setting.suppressed() != Setting.Suppressed.OMITTED) {
        all.add(new Named(finding, fingerprint));
      }
    }
    List<Named> kept = worst(all, most);
    while (kept.size() > NOT_MEASURED || kept.size() < all.size()) {
      long size = compressed(report, setting, kept, all.size());
      if (size <= bytes || kept.isEmpty()) {
        break;
      }
      kept = worst(kept, (int) (kept.size() * 0.95 * bytes / size));
    }
    write(report, setting, kept, all.size(), out);
  }

  /// The `count` worst of these, in the order of the report.
  private static List<Named> worst(List<Named> findings, int count) {
    if (findings.size() <= count) {
      return findings;
    }
    return findings.stream()
        .sorted(
            Comparator.comparing((Named named) -> named.finding().suppression().isPresent())
                .thenComparing(named -> named.finding().severity())
                .thenComparing(named -> named.finding().rank(), Comparator.reverseOrder()))
        .limit(count)
        .sorted(Comparator.comparing(Named::finding, Finding.ORDER))
        .toList();
  }

  private static long compressed(ScanReport report, Setting setting, List<Named> kept, int all) {
    CountingStream counted = new CountingStream();
    try (Writer writer =
        new OutputStreamWriter(new GZIPOutputStream(counted, 1 << 16), StandardCharsets.UTF_8)) {
      write(report, setting, kept, all, writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return counted.count;
  }

  private static final class CountingStream extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] b, int from, int length) {
      count += length;
    }
  }

  private static void write(
      ScanReport report, Setting setting, List<Named> kept, int all, Writer out)
      throws IOException {
    try (JsonText json = JsonText.to(out)) {
      json.object(
          () -> {
            json.field("$schema", SCHEMA);
            json.field("version", "2.1.0");
            json.list("runs", () -> json.object(() -> run(json, report, setting, kept, all)));
          });
    }
  }

  private static void run(
      JsonText json, ScanReport report, Setting setting, List<Named> kept, int all)
      throws IOException {
    Uris uris = new Uris(report);
    json.object(
        "tool",
        () -> json.object("driver", () -> SarifDriver.write(json, report, setting.pages())));
    json.object("automationDetails", () -> json.field("id", "loadlock/"));
    json.list(
        "invocations", () -> json.object(() -> invocation(json, report, uris, kept.size(), all)));
    json.object(
        "originalUriBaseIds",
        () -> {
          for (Map.Entry<String, String> base : uris.bases().entrySet()) {
            json.object(base.getKey(), () -> base(json, base.getValue()));
          }
        });
    json.field("columnKind", "utf16CodeUnits");
    json.field("defaultSourceLanguage", "python");
    json.list("artifacts", () -> artifacts(json, report, uris, kept));
    Map<String, Integer> rules = new HashMap<>();
    report.rules().forEach(rule -> rules.put(rule.id().value(), rules.size()));
    SarifResult result = new SarifResult(json, uris, setting.excerpts(), rules);
    json.list(
        "results",
        () -> {
          for (Named named : kept) {
            json.object(() -> result.write(named.finding(), named.fingerprint()));
          }
        });
  }

  private static void base(JsonText json, String uri) throws IOException {
    if (uri.isEmpty()) {
      json.message("description", "The folder that was scanned from.");
    } else {
      json.field("uri", uri);
    }
  }

  private static void invocation(JsonText json, ScanReport report, Uris uris, int kept, int all)
      throws IOException {
    json.field("executionSuccessful", true);
    json.list(
        "toolExecutionNotifications",
        () -> {
          for (FileReport file : report.files()) {
            if (!(file.outcome() instanceof Outcome.Complete)) {
              json.object(() -> unread(json, file, uris));
            }
          }
          if (kept < all) {
            String text =
                (all - kept)
                    + " of "
                    + all
                    + " results are left out, the least severe first, because code scanning"
                    + " accepts no more.";
            json.object(() -> notification(json, "cut", "error", text));
          }
          for (String note : report.notes()) {
            json.object(() -> notification(json, "note", "note", note));
          }
        });
  }

  private static void unread(JsonText json, FileReport file, Uris uris) throws IOException {
    String text =
        switch (file.outcome()) {
          case Outcome.Skipped skipped -> skipped.reason();
          case Outcome other ->
              other.problems().stream().map(Object::toString).collect(Collectors.joining("; "));
        };
    String level =
        switch (file.outcome()) {
          case Outcome.Failed _ -> "error";
          case Outcome.Partial _ -> "warning";
          case Outcome.Skipped _, Outcome.Complete _ -> "note";
        };
    String word = file.outcome().word();
    notification(json, word, level, word + ": " + text);
    json.list(
        "locations",
        () ->
            json.object(
                () ->
                    json.object(
                        "physicalLocation",
                        () -> SarifResult.artifactLocation(json, uris, file.path()))));
  }

  private static void notification(JsonText json, String id, String level, String text)
      throws IOException {
    json.object("descriptor", () -> json.field("id", "loadlock/" + id));
    json.field("level", level);
    json.message("message", text);
  }

  /// Files that something is said about; a list of all would be longer than the results.
  private static void artifacts(JsonText json, ScanReport report, Uris uris, List<Named> kept)
      throws IOException {
    Set<String> named = new TreeSet<>();
    kept.forEach(one -> named.add(one.finding().location().path()));
    for (FileReport file : report.files()) {
      if (named.contains(file.path()) || file.properties().containsKey("verdict")) {
        json.object(
            () -> {
              json.object("location", () -> SarifResult.uri(json, uris, file.path()));
              json.field("length", file.bytes());
              json.texts("roles", List.of("analysisTarget"));
              Map<String, String> properties = new TreeMap<>(file.properties());
              properties.put("format", file.format());
              properties.put("outcome", file.outcome().word());
              json.object("properties", () -> json.texts(properties));
            });
      }
    }
  }
}
