package io.loadlock.core;

import java.util.Locale;
import java.util.Optional;

/// How bad a finding is, worst first, so that natural order sorts the worst to the top.
public enum Severity {
  CRITICAL("error", "9.8"),
  HIGH("error", "8.1"),
  MEDIUM("warning", "5.5"),
  LOW("note", "2.5");

  private final String sarifLevel;
  private final String securitySeverity;

  Severity(String sarifLevel, String securitySeverity) {
    this.sarifLevel = sarifLevel;
    this.securitySeverity = securitySeverity;
  }

  /// The name users write and read: `critical`, `high`, `medium` or `low`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// SARIF 2.1.0 §3.27.10 `level`.
  public String sarifLevel() {
    return sarifLevel;
  }

  /// GitHub code scanning's `security-severity`: a number from 0.1 to 10.0, written as a string.
  public String securitySeverity() {
    return securitySeverity;
  }

  /// True when this severity is as bad as `threshold` or worse.
  public boolean atLeast(Severity threshold) {
    return compareTo(threshold) <= 0;
  }

  /// The severity that `word` names, or empty when it names none.
  public static Optional<Severity> ofWord(String word) {
    for (Severity severity : values()) {
      if (severity.word().equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
