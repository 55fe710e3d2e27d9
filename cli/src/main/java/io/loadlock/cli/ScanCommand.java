package io.loadlock.cli;

import io.loadlock.core.Finding;
import io.loadlock.core.Severity;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.scan.Scan;
import io.loadlock.engine.scan.ScanRequest;
import io.loadlock.engine.scan.ScanResult;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock scan`: code, notebooks, model files and pins, in one walk and one report.
final class ScanCommand implements Command {
  @Override
  public String name() {
    return "scan";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description(
            "Finds every line that would execute a model file, and every file that would run"
                + " code.");
    ScanOptions.describe(specification);
    specification
        .addOption(Options.value("NAME", "What to call standard input.", "--stdin-name"))
        .addOption(Options.value("FORMAT", "What to print: " + Outputs.WORDS + ".", "--format"))
        .addOption(
            Options.values(
                "FORMAT=FILE",
                "Write a report as well; - for standard output. Repeatable.",
                "--output"))
        .addOption(
            Options.value(
                "SEVERITY",
                "Exit with 1 from this severity on: critical, high (default), medium, low, never.",
                "--fail-on"))
        .addOption(Options.flag("Show findings that a comment accepts.", "--show-suppressed"))
        .addOption(
            Options.value("omit", "Leave accepted findings out of SARIF.", "--sarif-suppressed"))
        .addOption(Options.flag("Say what made each severity.", "--explain-severity"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    Instant started = Instant.now();
    Outputs outputs = Outputs.of(arguments, shell);
    Configuration configuration = Configured.of(arguments, shell);
    Optional<Severity> failOn = failOn(arguments, configuration);
    try (Interruption interruption = Interruption.watch()) {
      ScanResult result;
      try (Meter meter = Meter.of(arguments, shell, interruption)) {
        ScanRequest request = ScanOptions.request(arguments, shell, configuration, meter);
        if (request.input().isPresent()) {
          outputs = outputs.with(request.input().get().name(), request.input().get().content());
        }
        result = Scan.run(outputs.showFixes() ? request.withFixes(Map.of()) : request);
      }
      outputs.write(result.report(), started);
      return exit(result, failOn, shell);
    }
  }

  private static Exit exit(ScanResult result, Optional<Severity> failOn, Shell shell) {
    if (result.interrupted()) {
      shell.err().println("loadlock: interrupted; the report has what was found by then");
      return Exit.INTERRUPTED;
    }
    if (failOn.isPresent() && fails(result.report().findings(), failOn.get())) {
      return Exit.FINDINGS;
    }
    return result.incomplete() ? Exit.PARTIAL : Exit.COMPLETE;
  }

  private static boolean fails(List<Finding> findings, Severity threshold) {
    return findings.stream()
        .anyMatch(
            finding -> finding.suppression().isEmpty() && finding.severity().atLeast(threshold));
  }

  /// Empty for `never`.
  private static Optional<Severity> failOn(ParseResult arguments, Configuration configuration)
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
}
