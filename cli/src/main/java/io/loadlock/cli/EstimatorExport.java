package io.loadlock.cli;

import io.loadlock.artifact.convert.ConversionException;
import io.loadlock.artifact.sklearn.Estimator;
import io.loadlock.artifact.sklearn.ExportScript;
import io.loadlock.core.AtomicFile;
import io.loadlock.engine.export.SavedEstimator;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/// `loadlock convert` of an estimator of scikit-learn: what it consists of, and the script that
/// exports it.
final class EstimatorExport {
  private EstimatorExport() {}

  /// @param in as the user wrote it
  /// @param out for the script; empty for standard output, where the report goes to standard error
  static void run(
      SavedEstimator saved, String in, Optional<String> out, ParseResult arguments, Shell shell)
      throws IOException, UsageException, ConversionException {
    String word = Options.text(arguments, "--to").orElse("onnx");
    ExportScript.Target format =
        ExportScript.Target.ofWord(word)
            .orElseThrow(() -> new UsageException("--to takes onnx or pmml, not '" + word + "'"));
    boolean dry = Options.isSet(arguments, "--dry-run");
    boolean quiet = Options.isSet(arguments, "--quiet");
    if (!quiet) {
      PrintStream report = out.isPresent() || dry ? shell.out() : shell.err();
      report.print(report(saved, in));
    }
    Optional<String> refusal = ExportScript.refusal(saved.part(), format);
    if (refusal.isPresent()) {
      throw new ConversionException(refusal.get());
    }
    if (dry) {
      return;
    }
    int slash = Math.max(in.lastIndexOf('/'), in.lastIndexOf('\\'));
    int dot = in.indexOf('.', slash + 2);
    String target = (dot > 0 ? in.substring(0, dot) : in) + format.ending();
    String script = ExportScript.of(saved.part(), in, saved.sha256(), format, target);
    if (out.isEmpty()) {
      shell.out().print(script);
      return;
    }
    if (!out.get().endsWith(".py")) {
      throw new UsageException("OUT is the script that exports it, such as export.py");
    }
    Path file = shell.folder().resolve(out.get());
    if (Files.exists(file) && !Options.isSet(arguments, "--force")) {
      throw new UsageException(out.get() + " is there already: --force replaces it");
    }
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    AtomicFile.writeStream(file, stream -> stream.write(bytes));
    if (!quiet) {
      shell
          .out()
          .println("wrote " + Text.plain(out.get()) + ", which writes " + Text.plain(target));
    }
  }

  private static String report(SavedEstimator saved, String in) {
    StringBuilder text = new StringBuilder(Text.plain(in));
    String key = saved.part().key();
    text.append(key.isEmpty() ? "" : ", " + Text.plain(key)).append(": ");
    Estimator estimator = saved.part().estimator();
    text.append("scikit-learn ")
        .append(Text.plain(estimator.version().orElse("of an unknown version")));
    estimator.columns().ifPresent(count -> text.append(", ").append(Text.count(count, "column")));
    text.append('\n');
    for (String call : saved.unknown()) {
      text.append("  not known to be harmless: ").append(Text.plain(call)).append('\n');
    }
    write(estimator, "  ", text);
    return text.toString();
  }

  private static void write(Estimator estimator, String indent, StringBuilder text) {
    text.append(indent);
    if (!estimator.name().isEmpty()) {
      text.append(Text.plain(estimator.name())).append(": ");
    }
    text.append(Text.plain(estimator.className())).append('\n');
    estimator.parameters().forEach((name, value) -> line(indent + "  " + name + "=" + value, text));
    estimator.fitted().forEach((name, value) -> line(indent + "  " + name + " " + value, text));
    Estimator before = estimator;
    int alike = 0;
    for (Estimator part : estimator.parts()) {
      boolean same = part.name().equals(before.name()) && part.type().equals(before.type());
      if (same) {
        alike++;
        continue;
      }
      more(alike, indent, text);
      alike = 0;
      before = part;
      write(part, indent + "  ", text);
    }
    more(alike, indent, text);
  }

  private static void more(int alike, String indent, StringBuilder text) {
    if (alike > 0) {
      text.append(indent).append("  … and ").append(alike).append(" more of this kind\n");
    }
  }

  private static void line(String line, StringBuilder text) {
    text.append(Text.plain(line)).append('\n');
  }
}
