package io.loadlock.cli;

import io.loadlock.core.ScanReport;
import io.loadlock.core.Severity;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.scan.Scan;
import io.loadlock.engine.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock baseline create` and `loadlock baseline check`: live with what is there, hear of what
/// is new.
final class BaselineCommand implements Command {
  @Override
  public String name() {
    return "baseline";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description(
            "create: writes down the findings of today. check: scans and reports those that are"
                + " new. Moved lines and renamed files make none new.")
        .footer("", "The first operand is create or check; paths follow.");
    ScanOptions.describe(specification);
    specification
        .addOption(Scanning.failOn())
        .addOption(
            Options.value("FILE", "The baseline. Default: " + BaselineFile.NAME + ".", "--file"))
        .addOption(Options.value("FORMAT", "What to print: " + Outputs.WORDS + ".", "--format"))
        .addOption(
            Options.values(
                "FORMAT=FILE",
                "Write a report as well; - for standard output. Repeatable.",
                "--output"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    List<String> operands = Options.operands(arguments);
    String act = operands.isEmpty() ? "" : operands.getFirst();
    if (!act.equals("create") && !act.equals("check")) {
      throw new UsageException("say 'baseline create' or 'baseline check'");
    }
    Instant started = Instant.now();
    Path base = Scanning.base(shell);
    String file = Options.text(arguments, "--file").orElse(BaselineFile.NAME);
    List<String> paths = operands.subList(1, operands.size());
    Configuration configuration = Configured.of(arguments, paths, shell);
    Optional<Severity> failOn = Scanning.failOn(arguments, configuration);
    Outputs outputs = Outputs.of(arguments, shell);
    try (Interruption interruption = Interruption.watch()) {
      ScanResult result;
      try (Meter meter = Meter.of(arguments, shell, interruption)) {
        result =
            Scan.run(
                ScanOptions.request(
                    arguments, shell, paths, configuration, Optional.empty(), meter));
      }
      if (act.equals("check")) {
        ScanReport report = BaselineFile.apply(result.report(), file, base);
        outputs.write(report, started);
        return Scanning.exit(result, report, failOn, shell);
      }
      if (result.interrupted()) {
        return Scanning.exit(result, result.report(), failOn, shell);
      }
      int count = BaselineFile.create(result.report(), file, base);
      if (!Options.isSet(arguments, "--quiet")) {
        shell.out().println("wrote " + file + " with " + Text.count(count, "finding"));
      }
      return result.incomplete() ? Exit.PARTIAL : Exit.COMPLETE;
    }
  }
}
