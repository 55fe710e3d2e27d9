package io.loadlock.cli;

import io.loadlock.cli.page.RulePages;
import io.loadlock.core.AtomicFile;
import io.loadlock.core.Rule;
import io.loadlock.core.ScanReport;
import io.loadlock.report.Format;
import io.loadlock.report.Setting;
import io.loadlock.report.Setting.Suppressed;
import io.loadlock.report.SourceExcerpts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/// Where the reports of a run go: what is printed, and each file that `--output` names.
final class Outputs {
  /// The names of the formats, for the help page.
  static final String WORDS =
      Arrays.stream(Format.values()).map(Format::word).collect(Collectors.joining(", "));

  private static final long LARGEST_SOURCE = 16 << 20;
  private static final int WIDTH = 100;

  private final Shell shell;
  private final List<Output> outputs;
  private final Suppressed suppressed;
  private final boolean omitted;
  private final Optional<Input> input;

  /// @param file empty for standard output
  private record Output(Format format, Optional<Path> file) {}

  /// Source that came from standard input, which no file has.
  @SuppressWarnings("ArrayRecordComponent") // nobody compares inputs
  record Input(String name, byte[] content) {}

  private Outputs(
      Shell shell,
      List<Output> outputs,
      Suppressed suppressed,
      boolean omitted,
      Optional<Input> input) {
    this.shell = shell;
    this.outputs = outputs;
    this.suppressed = suppressed;
    this.omitted = omitted;
    this.input = input;
  }

  static Outputs of(ParseResult arguments, Shell shell) throws UsageException {
    List<Output> outputs = new ArrayList<>();
    for (String text : arguments.matchedOptionValue("--output", List.<String>of())) {
      outputs.add(output(text, shell));
    }
    boolean taken = outputs.stream().anyMatch(output -> output.file().isEmpty());
    Optional<String> format = Options.text(arguments, "--format");
    if (taken && format.isPresent()) {
      throw new UsageException("--format and --output …=- both ask for standard output");
    }
    boolean summary = arguments.matchedOption("--summary") != null;
    if (!taken && !summary && !Options.isSet(arguments, "--quiet")) {
      outputs.addFirst(new Output(format(format.orElse("terminal")), Optional.empty()));
    }
    boolean omitted =
        switch (Options.text(arguments, "--sarif-suppressed").orElse("show")) {
          case "omit" -> true;
          case "show" -> false;
          case String other ->
              throw new UsageException(
                  "--sarif-suppressed takes omit or show, not '" + other + "'");
        };
    Suppressed suppressed =
        Options.isSet(arguments, "--show-suppressed") ? Suppressed.SHOWN : Suppressed.USUAL;
    return new Outputs(shell, outputs, suppressed, omitted, Optional.empty());
  }

  /// The same, where part of the source came from standard input.
  Outputs with(String name, byte[] content) {
    return new Outputs(shell, outputs, suppressed, omitted, Optional.of(new Input(name, content)));
  }

  private static Output output(String text, Shell shell) throws UsageException {
    int equals = text.indexOf('=');
    if (equals <= 0 || equals == text.length() - 1) {
      throw new UsageException("--output takes FORMAT=FILE, not '" + text + "'");
    }
    Format format = format(text.substring(0, equals));
    String file = text.substring(equals + 1);
    if (file.equals("-")) {
      return new Output(format, Optional.empty());
    }
    try {
      return new Output(format, Optional.of(shell.folder().toAbsolutePath().resolve(file)));
    } catch (InvalidPathException e) {
      throw new UsageException("not a path: '" + file + "': " + e.getReason());
    }
  }

  private static Format format(String word) throws UsageException {
    Optional<Format> format = Format.ofWord(word);
    if (format.isEmpty()) {
      throw new UsageException("there is no format '" + word + "'; there are " + WORDS);
    }
    return format.get();
  }

  /// Whether one of the formats shows how a finding can be fixed.
  boolean showFixes() {
    return outputs.stream().anyMatch(output -> output.format() != Format.TERMINAL);
  }

  /// Writes every report, also when one of them fails.
  ///
  /// @throws IOException of the first that failed; the file that it was to replace is as it was
  void write(ScanReport report, Instant started) throws IOException {
    Instant ended = Instant.now();
    IOException failed = null;
    for (Output output : outputs) {
      try {
        write(report, output, started, ended);
      } catch (IOException e) {
        String target = output.file().map(Path::toString).orElse("standard output");
        IOException told = new IOException("cannot write " + target + ": " + e.getMessage(), e);
        if (failed == null) {
          failed = told;
        } else {
          failed.addSuppressed(told);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private void write(ScanReport report, Output output, Instant started, Instant ended)
      throws IOException {
    Setting setting = setting(output, started, ended);
    if (output.file().isEmpty()) {
      render(report, output, setting, shell.out());
      return;
    }
    Path file = output.file().get();
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // `/dev/null`, a pipe: nothing that a rename could replace.
      try (OutputStream out = Files.newOutputStream(file)) {
        render(report, output, setting, out);
      }
    } else {
      AtomicFile.writeStream(file, stream -> render(report, output, setting, stream));
    }
  }

  private static void render(ScanReport report, Output output, Setting setting, OutputStream target)
      throws IOException {
    Writer out = new OutputStreamWriter(target, StandardCharsets.UTF_8);
    output.format().renderer().render(report, setting, out);
    out.flush();
  }

  private Setting setting(Output output, Instant started, Instant ended) {
    boolean printed = output.file().isEmpty();
    Suppressed shown = output.format() == Format.SARIF && omitted ? Suppressed.OMITTED : suppressed;
    return new Setting(
        SourceExcerpts.reading(this::source),
        time(started),
        time(ended),
        printed && shell.colour(),
        printed && shell.outIsTerminal() ? width() : 0,
        shown,
        Outputs::page);
  }

  private static Optional<String> page(Rule rule) {
    try {
      return Optional.of(RulePages.read(rule));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// The time that reports name: `SOURCE_DATE_EPOCH` where it is set, so that the same run gives
  /// the same bytes (<https://reproducible-builds.org/specs/source-date-epoch>).
  private Instant time(Instant measured) {
    try {
      String epoch = shell.environment().getOrDefault("SOURCE_DATE_EPOCH", "");
      return epoch.isEmpty() ? measured : Instant.ofEpochSecond(Long.parseLong(epoch));
    } catch (NumberFormatException | DateTimeException e) {
      return measured;
    }
  }

  private int width() {
    try {
      int columns = Integer.parseInt(shell.environment().getOrDefault("COLUMNS", ""));
      return columns >= 40 ? columns : WIDTH;
    } catch (NumberFormatException e) {
      return WIDTH;
    }
  }

  private Optional<byte[]> source(String path) {
    if (input.isPresent() && input.get().name().equals(path)) {
      return Optional.of(input.get().content());
    }
    try {
      Path file = shell.folder().toAbsolutePath().resolve(path);
      return Files.size(file) <= LARGEST_SOURCE
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }
}
