package io.loadlock.cli;

import io.loadlock.core.AtomicFile;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.ScanReport;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// Where the reports of a run go: what is printed, and each file that `--output` names.
final class Outputs {
  static final String WORDS = "terminal";

  private final Shell shell;
  private final List<Output> outputs;

  /// @param file empty for standard output
  private record Output(String format, Optional<Path> file) {}

  private Outputs(Shell shell, List<Output> outputs) {
    this.shell = shell;
    this.outputs = outputs;
  }

  static Outputs of(ParseResult arguments, Shell shell) throws UsageException {
    List<Output> outputs = new ArrayList<>();
    outputs.add(new Output("terminal", Optional.empty()));
    return new Outputs(shell, outputs);
  }

  void write(ScanReport report, Instant started) throws IOException {
    for (Output output : outputs) {
      if (output.file().isEmpty()) {
        Writer out = new OutputStreamWriter(shell.out(), StandardCharsets.UTF_8);
        plain(report, out);
        out.flush();
      } else {
        AtomicFile.writeStream(
            output.file().get(),
            stream -> {
              Writer out = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
              plain(report, out);
              out.flush();
            });
      }
    }
  }

  private static void plain(ScanReport report, Appendable out) throws IOException {
    for (Finding finding : report.findings()) {
      String line =
          finding.location() instanceof Location.Source source ? ":" + source.start().line() : "";
      out.append(finding.location().path()).append(line).append(": ");
      out.append(finding.severity().word()).append(": ").append(finding.message()).append('\n');
    }
  }
}
