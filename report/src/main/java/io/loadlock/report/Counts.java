package io.loadlock.report;

import io.loadlock.core.FileReport;
import io.loadlock.core.Finding;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The figures of a run.
///
/// @param bySeverity of the findings that no comment accepts; every severity is a key
/// @param suppressed findings that a comment accepts
/// @param byOutcome files by [io.loadlock.core.Outcome#word]
record Counts(Map<Severity, Integer> bySeverity, int suppressed, Map<String, Integer> byOutcome) {
  private static final List<String> OUTCOMES = List.of("complete", "partial", "failed", "skipped");

  static Counts of(ScanReport report) {
    Map<Severity, Integer> bySeverity = new EnumMap<>(Severity.class);
    for (Severity severity : Severity.values()) {
      bySeverity.put(severity, 0);
    }
    int suppressed = 0;
    for (Finding finding : report.findings()) {
      if (finding.suppression().isPresent()) {
        suppressed++;
      } else {
        bySeverity.merge(finding.severity(), 1, Integer::sum);
      }
    }
    Map<String, Integer> byOutcome = new TreeMap<>();
    OUTCOMES.forEach(word -> byOutcome.put(word, 0));
    for (FileReport file : report.files()) {
      byOutcome.merge(file.outcome().word(), 1, Integer::sum);
    }
    return new Counts(bySeverity, suppressed, byOutcome);
  }

  int total() {
    return bySeverity.values().stream().mapToInt(Integer::intValue).sum();
  }

  int of(Severity severity) {
    return bySeverity.getOrDefault(severity, 0);
  }

  int of(String outcome) {
    return byOutcome.getOrDefault(outcome, 0);
  }

  int allFiles() {
    return byOutcome.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// Files of which something that should have been read was not.
  int unread() {
    return of("partial") + of("failed");
  }

  /// Nothing found, and nothing left unread.
  boolean isClean() {
    return total() == 0 && unread() == 0;
  }

  /// `4 findings: 3 critical, 1 medium; 1 suppressed`.
  String findings() {
    StringBuilder text = new StringBuilder();
    if (total() == 0) {
      text.append(unread() == 0 ? "No findings" : "No findings in what could be read");
    } else {
      text.append(of(total(), "finding", "findings"));
      List<String> parts = new ArrayList<>();
      bySeverity.forEach(
          (severity, count) -> {
            if (count > 0) {
              parts.add(count + " " + severity.word());
            }
          });
      text.append(": ").append(String.join(", ", parts));
    }
    return text.append(suppressed > 0 ? "; " + suppressed + " suppressed" : "").toString();
  }

  /// `12 files: 10 complete, 1 partial, 1 skipped`.
  String files() {
    List<String> parts = new ArrayList<>();
    for (String word : OUTCOMES) {
      if (of(word) > 0) {
        parts.add(of(word) + " " + word);
      }
    }
    return of(allFiles(), "file", "files")
        + (parts.isEmpty() ? "" : ": " + String.join(", ", parts));
  }

  /// `1 file`, `2 files`.
  static String of(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }
}
