package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.Outcome;
import io.loadlock.core.ScanReport;
import java.util.ArrayList;
import java.util.List;

/// What is known of a model file, from the properties of its [FileReport].
final class ModelFacts {
  private ModelFacts() {}

  /// Such as `torch-zip, 1.2 MB, runs-code`; empty for source.
  static String line(FileReport file) {
    String verdict = file.properties().get("verdict");
    if (verdict == null) {
      return "";
    }
    List<String> parts = new ArrayList<>();
    parts.add(Printable.of(file.format()));
    parts.add(size(file.bytes()));
    parts.add(Printable.of(verdict));
    String weightsOnly = file.properties().get("weightsOnly");
    if (weightsOnly != null) {
      parts.add("weights_only: " + Printable.of(weightsOnly));
    }
    return String.join(", ", parts);
  }

  /// The model files of a report, the worst first.
  static List<FileReport> models(ScanReport report) {
    return report.files().stream()
        .filter(file -> file.properties().containsKey("verdict"))
        .sorted((one, other) -> Integer.compare(badness(other), badness(one)))
        .toList();
  }

  private static int badness(FileReport file) {
    return switch (file.properties().getOrDefault("verdict", "")) {
      case "runs-code" -> 4;
      case "unknown-code" -> 3;
      default -> file.outcome() instanceof Outcome.Complete ? 1 : 2;
    };
  }

  /// Which lines load it.
  static String loadedBy(FileReport file) {
    String lines = file.properties().getOrDefault("loadedBy", "");
    return lines.isEmpty() ? "loaded by no line that was scanned" : "loaded by " + lines;
  }

  /// The findings whose file is known by its path and is not here.
  static List<Finding> missing(ScanReport report) {
    return report.findings().stream()
        .filter(finding -> finding.properties().containsKey("missingFile"))
        .toList();
  }

  /// In powers of ten, as disks and hubs count.
  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes;
    int unit = -1;
    while (value >= 999.95 && unit < 4) {
      value /= 1000;
      unit++;
    }
    long tenths = Math.round(value * 10);
    return tenths / 10 + "." + tenths % 10 + " " + "kMGTP".charAt(unit) + "B";
  }
}
