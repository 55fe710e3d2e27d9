package io.loadlock.report;

import io.loadlock.core.FileReport;
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
