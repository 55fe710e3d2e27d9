package io.loadlock.cli.dev;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Prints the rows of sinks, one a line: form, source, names; separated by tabs. `./dev oracle
/// rows` compares them with the libraries.
public final class RowsMain {
  private RowsMain() {}

  /// No arguments.
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (Library library : Sinks.standard().libraries()) {
      for (Sink sink : library.sinks()) {
        out.println(sink.form() + "\t" + sink.source() + "\t" + String.join("\t", sink.names()));
      }
    }
  }
}
