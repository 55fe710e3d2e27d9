package io.loadlock.cli;

import io.loadlock.core.Finding;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.git.Changes;
import io.loadlock.engine.git.GitException;
import io.loadlock.engine.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// What the commands that report findings have in common: which of them, and which exit code.
final class Scanning {
  private Scanning() {}

  static OptionSpec failOn() {
    return Options.value(
        "SEVERITY",
        "Exit with 1 from this severity on: critical, high (default), medium, low, never.",
        "--fail-on");
  }

  /// The folder that names in reports start from.
  static Path base(Shell shell) {
    return shell.folder().toAbsolutePath().normalize();
  }

  /// What `--since` or `--staged` limits the report to.
  static Optional<Changes> changes(ParseResult arguments, Shell shell) throws UsageException {
    Optional<String> since = Options.text(arguments, "--since");
    boolean staged = Options.isSet(arguments, "--staged");
    if (since.isEmpty() && !staged) {
      return Optional.empty();
    }
    if (since.isPresent() && staged) {
      throw new UsageException("--since and --staged contradict each other");
    }
    try {
      return Optional.of(
          staged ? Changes.staged(base(shell)) : Changes.since(base(shell), since.get()));
    } catch (GitException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /// Empty for `never`.
  static Optional<Severity> failOn(ParseResult arguments, Configuration configuration)
      throws UsageException {
    Optional<String> given = Options.text(arguments, "--fail-on");
    if (given.isEmpty()) {
      return configuration.neverFail()
          ? Optional.empty()
          : Optional.of(configuration.failOn().orElse(Severity.HIGH));
    }
    if (given.get().equals("never")) {
      return Optional.empty();
    }
    Optional<Severity> severity = Severity.ofWord(given.get());
    if (severity.isEmpty()) {
      throw new UsageException(
          "--fail-on takes critical, high, medium, low or never, not '" + given.get() + "'");
    }
    return severity;
  }

  static Exit exit(ScanResult result, ScanReport report, Optional<Severity> failOn, Shell shell) {
    if (result.interrupted()) {
      shell.err().println("loadlock: interrupted; the report has what was found by then");
      return Exit.INTERRUPTED;
    }
    if (failOn.isPresent() && fails(report.findings(), failOn.get())) {
      return Exit.FINDINGS;
    }
    return result.incomplete() ? Exit.PARTIAL : Exit.COMPLETE;
  }

  private static boolean fails(List<Finding> findings, Severity threshold) {
    return findings.stream()
        .anyMatch(
            finding -> finding.suppression().isEmpty() && finding.severity().atLeast(threshold));
  }

  /// The same report with other findings.
  static ScanReport with(ScanReport report, List<Finding> findings, List<String> moreNotes) {
    List<String> notes = new ArrayList<>(report.notes());
    notes.addAll(moreNotes);
    return new ScanReport(
        report.version(), report.roots(), report.rules(), report.files(), findings, notes);
  }

  /// The bytes of a source that a report names.
  static Optional<byte[]> source(Path base, String path) {
    try {
      return Optional.of(Files.readAllBytes(base.resolve(path)));
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
