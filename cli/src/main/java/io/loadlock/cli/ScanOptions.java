package io.loadlock.cli;

import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.git.Changes;
import io.loadlock.engine.scan.ScanRequest;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// The options of every command that scans: what is looked at, and how.
final class ScanOptions {
  private ScanOptions() {}

  static void describe(CommandSpec specification) {
    specification
        .addPositional(
            Options.operands(
                "PATH", "Files and folders; - for source on standard input. Default: this folder."))
        .addOption(Options.values("NAME", "Only these kinds or rules.", "--select"))
        .addOption(Options.values("NAME", "Not these kinds or rules.", "--ignore"))
        .addOption(Options.values("GLOB", "Do not look at these paths.", "--exclude"))
        .addOption(Options.value("FILE", "Read the configuration from here.", "--config"))
        .addOption(Options.flag("Read no configuration.", "--no-config"))
        .addOption(Options.flag("Read what .gitignore hides as well.", "--no-ignore"))
        .addOption(Options.flag("Parse every source, whatever its words.", "--thorough"))
        .addOption(Options.value("N", "How many threads may work.", "--jobs", "-j"))
        .addOption(Options.flag("Print nothing but errors.", "--quiet", "-q"))
        .addOption(Options.flag("Show no progress.", "--no-progress"));
  }

  private static String stdinName(ParseResult arguments) {
    return arguments.commandSpec().findOption("--stdin-name") == null
        ? "stdin.py"
        : Options.text(arguments, "--stdin-name").orElse("stdin.py");
  }

  /// What the command line says, in terms of a run.
  ///
  /// @param operands the paths of the run
  /// @param changes what findings are limited to
  static ScanRequest request(
      ParseResult arguments,
      Shell shell,
      List<String> operands,
      Configuration configuration,
      Optional<Changes> changes,
      Meter meter)
      throws IOException, UsageException {
    List<Path> paths = new ArrayList<>();
    Optional<ScanRequest.Input> input = Optional.empty();
    for (String operand : operands.isEmpty() ? List.of(".") : operands) {
      if (operand.equals("-")) {
        String name = stdinName(arguments);
        input = Optional.of(new ScanRequest.Input(name, shell.in().readAllBytes()));
      } else {
        paths.add(path(operand));
      }
    }
    return new ScanRequest(
        Version.TEXT,
        Scanning.base(shell),
        paths,
        input,
        configuration,
        !Options.isSet(arguments, "--no-ignore"),
        Options.isSet(arguments, "--thorough"),
        Options.jobs(arguments),
        changes,
        shell.environment(),
        meter,
        false,
        Map.of());
  }

  private static Path path(String operand) throws UsageException {
    try {
      return Path.of(operand);
    } catch (InvalidPathException e) {
      throw new UsageException("not a path: '" + operand + "': " + e.getReason());
    }
  }
}
