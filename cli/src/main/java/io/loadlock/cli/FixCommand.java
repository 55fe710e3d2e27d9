package io.loadlock.cli;

import io.loadlock.engine.remedy.Patch;
import io.loadlock.engine.remedy.Proving;
import io.loadlock.engine.scan.ScanRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock fix`: rewrites loads so that they are safe.
final class FixCommand implements Command {
  @Override
  public String name() {
    return "fix";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description(
            "Prints what would make loads safe as a diff, or writes it. Without --unsafe-fixes only"
                + " what is proven to keep the program's behaviour: the file that the line loads is"
                + " here, and the safe call accepts it.");
    ScanOptions.describe(specification);
    specification
        .addOption(Options.value("NAME", "What to call standard input.", "--stdin-name"))
        .addOption(
            Options.flag(
                "Write the changes instead of printing them; of standard input, print the result.",
                "--write"))
        .addOption(Options.flag("Print the changes as a diff, as without any option.", "--diff"))
        .addOption(
            Options.flag("Do what is only suggested as well: nothing proves it.", "--unsafe-fixes"))
        .addOption(
            Options.flag(
                "Print nothing but a summary; exit with 1 if there is something to fix.",
                "--check"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    boolean write = Options.isSet(arguments, "--write");
    boolean check = Options.isSet(arguments, "--check");
    if (write && check) {
      throw new UsageException("--write and --check exclude each other");
    }
    if (Options.isSet(arguments, "--diff") && (write || check)) {
      throw new UsageException("--diff goes without --write and --check");
    }
    List<String> operands = Options.operands(arguments);
    ScanRequest request;
    Proving.Result result;
    try (Interruption interruption = Interruption.watch();
        Meter meter = Meter.of(arguments, shell, interruption)) {
      request =
          ScanOptions.request(
              arguments,
              shell,
              operands,
              Configured.of(arguments, operands, shell),
              Optional.empty(),
              meter);
      result = Proving.run(request, Options.isSet(arguments, "--unsafe-fixes"));
    }
    if (result.scanned().interrupted()) {
      shell.err().println("loadlock: interrupted; nothing was changed");
      return Exit.INTERRUPTED;
    }
    if (write) {
      FixWriter.write(result.patches(), request.input(), shell);
    } else if (!check) {
      for (Patch patch : result.patches()) {
        shell.out().writeBytes(shell.colour() ? DiffColour.of(patch.diff()) : patch.diff());
      }
    }
    shell.out().flush();
    if (!Options.isSet(arguments, "--quiet")) {
      shell.err().print(FixSummary.of(result, write));
    }
    if (check) {
      return result.patches().isEmpty() ? Exit.COMPLETE : Exit.FINDINGS;
    }
    return result.scanned().incomplete() ? Exit.PARTIAL : Exit.COMPLETE;
  }
}
