package io.loadlock.cli;

import io.loadlock.core.Evidence;
import io.loadlock.core.Finding;
import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.git.Changes;
import io.loadlock.engine.scan.Scan;
import io.loadlock.engine.scan.ScanRequest;
import io.loadlock.engine.scan.ScanResult;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
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
        .addOption(Scanning.failOn())
        .addOption(Options.value("FORMAT", "What to print: " + Outputs.WORDS + ".", "--format"))
        .addOption(
            Options.values(
                "FORMAT=FILE",
                "Write a report as well; - for standard output. Repeatable.",
                "--output"))
        .addOption(
            Options.value("REV", "Report only what differs from this git revision.", "--since"))
        .addOption(Options.flag("Report only what is staged in git, as it is staged.", "--staged"))
        .addOption(Options.value("FILE", "Accept what this baseline knows.", "--baseline"))
        .addOption(Options.flag("Print the counts of each project only.", "--summary"))
        .addOption(Options.flag("Show findings that a comment accepts.", "--show-suppressed"))
        .addOption(
            Options.value("omit", "Leave accepted findings out of SARIF.", "--sarif-suppressed"))
        .addOption(Options.flag("Say what made each severity.", "--explain-severity"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    Instant started = Instant.now();
    List<String> operands = Options.operands(arguments);
    Outputs outputs = Outputs.of(arguments, shell);
    Configuration configuration = Configured.of(arguments, operands, shell);
    Optional<Severity> failOn = Scanning.failOn(arguments, configuration);
    Optional<Changes> changes = Scanning.changes(arguments, shell);
    try (Interruption interruption = Interruption.watch()) {
      ScanResult result;
      ScanRequest request;
      try (Meter meter = Meter.of(arguments, shell, interruption)) {
        request = ScanOptions.request(arguments, shell, operands, configuration, changes, meter);
        if (request.input().isPresent()) {
          outputs = outputs.with(request.input().get().name(), request.input().get().content());
        }
        result = Scan.run(outputs.showFixes() ? request.withFixes(Map.of()) : request);
      }
      ScanReport report = result.report();
      Optional<String> baseline = Options.text(arguments, "--baseline");
      if (baseline.isPresent()) {
        report = BaselineFile.apply(report, baseline.get(), Scanning.base(shell));
      }
      if (Options.isSet(arguments, "--explain-severity")) {
        report = explained(report);
      }
      outputs.write(report, started);
      if (Options.isSet(arguments, "--summary")) {
        Summary.print(report, request, shell.out());
      }
      return Scanning.exit(result, report, failOn, shell);
    }
  }

  private static ScanReport explained(ScanReport report) {
    List<Finding> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      String reason = finding.properties().getOrDefault("severityReason", "");
      List<Evidence> evidence = new ArrayList<>(finding.evidence());
      if (!reason.isEmpty()) {
        evidence.add(new Evidence(finding.location(), "severity: " + reason));
      }
      findings.add(finding.withEvidence(evidence));
    }
    return Scanning.with(report, findings, List.of());
  }
}
