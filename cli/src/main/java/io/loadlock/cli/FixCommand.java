package io.loadlock.cli;

import io.loadlock.core.AtomicFile;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.engine.remedy.Patch;
import io.loadlock.engine.remedy.Proving;
import io.loadlock.engine.scan.ScanRequest;
import io.loadlock.engine.scan.ScanResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        .addOption(Options.flag("Write the changes instead of printing them.", "--write"))
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
    List<String> operands = Options.operands(arguments);
    Proving proving;
    try (Interruption interruption = Interruption.watch();
        Meter meter = Meter.of(arguments, shell, interruption)) {
      ScanRequest request =
          ScanOptions.request(
              arguments,
              shell,
              operands,
              Configured.of(arguments, operands, shell),
              Optional.empty(),
              meter);
      if (request.input().isPresent()) {
        throw new UsageException("fix changes files, not standard input");
      }
      proving = Proving.run(request, Options.isSet(arguments, "--unsafe-fixes"));
    }
    ScanResult result = proving.scanned();
    if (result.interrupted()) {
      shell.err().println("loadlock: interrupted; nothing was changed");
      return Exit.INTERRUPTED;
    }
    List<Patch> patches = proving.patches();
    for (Patch patch : patches) {
      if (write) {
        write(patch, shell);
      } else if (!check) {
        shell.out().writeBytes(patch.diff());
      }
    }
    shell.out().flush();
    summary(proving, write, arguments, shell);
    if (check) {
      return patches.isEmpty() ? Exit.COMPLETE : Exit.FINDINGS;
    }
    return result.incomplete() ? Exit.PARTIAL : Exit.COMPLETE;
  }

  private static void write(Patch patch, Shell shell) throws IOException {
    Path file = shell.folder().resolve(patch.path());
    if (!Arrays.equals(Files.readAllBytes(file), patch.before())) {
      throw new IOException(
          Text.plain(patch.path()) + " has changed while it was being scanned: it was left alone");
    }
    AtomicFile.writeStream(file, out -> out.write(patch.after()));
  }

  private static void summary(Proving proving, boolean write, ParseResult arguments, Shell shell) {
    if (Options.isSet(arguments, "--quiet")) {
      return;
    }
    int done = proving.patches().stream().mapToInt(patch -> patch.fixed().size()).sum();
    shell
        .err()
        .println(
            (write ? "fixed " : "can fix ")
                + Text.count(done, "load")
                + " in "
                + Text.count(proving.patches().size(), "file")
                + (proving.suggested() > 0
                    ? "; " + proving.suggested() + " more with --unsafe-fixes, which nothing proves"
                    : ""));
    for (Finding finding : proving.failed()) {
      String line =
          finding.location() instanceof Location.Source source ? ":" + source.start().line() : "";
      shell
          .err()
          .println(
              "  left alone: "
                  + Text.plain(finding.location().path())
                  + line
                  + ": the change would not have made it safe");
    }
  }
}
