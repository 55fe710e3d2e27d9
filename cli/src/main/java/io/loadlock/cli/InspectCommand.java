package io.loadlock.cli;

import io.loadlock.artifact.Limits;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Severity;
import io.loadlock.engine.inspect.Disassembly;
import io.loadlock.engine.inspect.Inspection;
import io.loadlock.engine.inspect.Inspector;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock inspect`: files taken apart, one by one.
final class InspectCommand implements Command {
  @Override
  public String name() {
    return "inspect";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description("Takes model files apart: what loading each would do, and what is in it.");
    specification
        .addPositional(Options.operands("FILE|FOLDER", "What to take apart; - for standard input."))
        .addOption(
            Options.value("FORMAT", "What to print: text (default), json, jsonl.", "--format"))
        .addOption(
            Options.value(
                "SEVERITY",
                "Exit with 1 from this severity on: critical, high (default), medium, low, never.",
                "--fail-on"))
        .addOption(
            Options.value("MEMBER", "Show this member only, such as a.zip!data.pkl.", "--member"))
        .addOption(
            Options.flag("Print the pickles in it, instruction by instruction.", "--disassemble"))
        .addOption(
            Options.flag(
                "Show the SHA-256 of each file, in JSON also of each tensor's elements.",
                "--digest"))
        .addOption(Options.value("NAME", "What to call standard input.", "--stdin-name"))
        .addOption(Options.value("N", "How many threads may work.", "--jobs", "-j"))
        .addOption(Options.flag("Print nothing but errors.", "--quiet", "-q"))
        .addOption(Options.flag("Show no progress.", "--no-progress"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    InspectionOutput output = InspectionOutput.of(arguments, shell);
    Optional<Severity> failOn = failOn(arguments);
    List<String> operands = Options.operands(arguments);
    if (operands.isEmpty()) {
      throw new UsageException("inspect takes files or folders, or - for standard input");
    }
    if (Options.isSet(arguments, "--disassemble")) {
      return disassemble(operands, Options.text(arguments, "--member"), shell);
    }
    Interruption interruption = Interruption.watch();
    Tally tally = new Tally(failOn);
    FileInspection inspection =
        new FileInspection(
            Inspector.standard(),
            Limits.DEFAULT,
            Options.isSet(arguments, "--digest"),
            Options.text(arguments, "--member"));
    try (Meter meter = Meter.of(arguments, shell, interruption)) {
      List<Named> files = new ArrayList<>();
      for (String operand : operands) {
        if (operand.equals("-")) {
          String name = Options.text(arguments, "--stdin-name").orElse("-");
          output.print(tally.count(inspection.stream(shell.in(), name)), true);
        } else {
          files.addAll(Named.under(shell.folder().resolve(path(operand)), operand));
        }
      }
      Ordered.run(
          files,
          Options.jobs(arguments),
          file -> {
            meter.read(file.name());
            return inspection.file(file);
          },
          (file, result) -> output.print(tally.count(result), file.given()),
          interruption::happened);
    }
    output.finish();
    if (interruption.happened()) {
      shell.err().println("loadlock: interrupted; what was printed is what was read by then");
      return Exit.INTERRUPTED;
    }
    return tally.exit();
  }

  private static Exit disassemble(List<String> operands, Optional<String> member, Shell shell)
      throws IOException, UsageException {
    for (String operand : operands) {
      for (Named file : Named.under(shell.folder().resolve(path(operand)), operand)) {
        try (ByteSource source = ByteSource.open(file.path())) {
          for (Disassembly.Section section : Disassembly.of(source, file.name(), Limits.DEFAULT)) {
            if (member.isEmpty() || section.path().endsWith("!" + member.get())) {
              shell.out().println(section.path());
              shell.out().print(section.text());
            }
          }
        }
      }
    }
    return Exit.COMPLETE;
  }

  private static Path path(String operand) throws UsageException {
    try {
      return Path.of(operand);
    } catch (InvalidPathException e) {
      throw new UsageException("not a path: '" + operand + "': " + e.getReason());
    }
  }

  /// Empty for `never`.
  private static Optional<Severity> failOn(ParseResult arguments) throws UsageException {
    String given = Options.text(arguments, "--fail-on").orElse("high");
    if (given.equals("never")) {
      return Optional.empty();
    }
    Optional<Severity> severity = Severity.ofWord(given);
    if (severity.isEmpty()) {
      throw new UsageException(
          "--fail-on takes critical, high, medium, low or never, not '" + given + "'");
    }
    return severity;
  }

  /// What the exit code depends on.
  private static final class Tally {
    private final Optional<Severity> failOn;
    private boolean fails;
    private boolean incomplete;

    Tally(Optional<Severity> failOn) {
      this.failOn = failOn;
    }

    InspectedFile count(InspectedFile file) {
      Inspection inspection = file.inspection();
      incomplete |=
          inspection.outcome() instanceof Outcome.Partial
              || inspection.outcome() instanceof Outcome.Failed;
      if (failOn.isPresent() && !fails) {
        fails = inspection.severity().filter(worst -> worst.atLeast(failOn.get())).isPresent();
      }
      return file;
    }

    Exit exit() {
      return fails ? Exit.FINDINGS : incomplete ? Exit.PARTIAL : Exit.COMPLETE;
    }
  }
}
