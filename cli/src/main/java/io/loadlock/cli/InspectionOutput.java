package io.loadlock.cli;

import io.loadlock.core.Outcome;
import java.io.PrintStream;
import picocli.CommandLine.ParseResult;

/// Prints the files of one run in the format that was asked for.
sealed interface InspectionOutput {
  /// @param given whether the file was named on the command line by itself
  void print(InspectedFile file, boolean given);

  void finish();

  static InspectionOutput of(ParseResult arguments, Shell shell) throws UsageException {
    String format = Options.text(arguments, "--format").orElse("text");
    if (Options.isSet(arguments, "--quiet")) {
      return new Quiet();
    }
    return switch (format) {
      case "text" -> new Text(shell);
      case "jsonl" -> new Lines(shell.out());
      case "json" -> new Document(shell.out());
      default ->
          throw new UsageException("--format takes text, json or jsonl, not '" + format + "'");
    };
  }

  /// The exit code is the answer.
  record Quiet() implements InspectionOutput {
    @Override
    public void print(InspectedFile file, boolean given) {}

    @Override
    public void finish() {}
  }

  /// One object a line, one line a file.
  record Lines(PrintStream out) implements InspectionOutput {
    @Override
    public void print(InspectedFile file, boolean given) {
      out.print(InspectionJson.line(file) + "\n");
    }

    @Override
    public void finish() {
      out.flush();
    }
  }

  /// `{"version": …, "files": [ … ]}`.
  final class Document implements InspectionOutput {
    private final PrintStream out;
    private boolean begun;

    Document(PrintStream out) {
      this.out = out;
    }

    @Override
    public void print(InspectedFile file, boolean given) {
      out.print(begun ? ",\n" : "{\"version\": \"" + Version.TEXT + "\", \"files\": [\n");
      out.print(InspectionJson.line(file));
      begun = true;
    }

    @Override
    public void finish() {
      out.print(begun ? "\n]}\n" : "{\"version\": \"" + Version.TEXT + "\", \"files\": []}\n");
      out.flush();
    }
  }

  /// For people. Files of a folder that are no models are counted, not listed.
  final class Text implements InspectionOutput {
    private final PrintStream out;
    private final InspectionText text;
    private int others;

    Text(Shell shell) {
      this.out = shell.out();
      this.text = new InspectionText(shell.out(), shell.colour());
    }

    @Override
    public void print(InspectedFile file, boolean given) {
      if (!given && file.inspection().outcome() instanceof Outcome.Skipped) {
        others++;
      } else {
        text.print(file);
      }
    }

    @Override
    public void finish() {
      if (others > 0) {
        out.println(others + (others == 1 ? " other file is" : " other files are") + " no model.");
      }
      out.flush();
    }
  }
}
