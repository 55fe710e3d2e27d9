package io.loadlock.cli.dev;

import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.python.notebook.Notebook;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.parse.SyntaxProblem;
import io.loadlock.python.tree.Node;
import io.loadlock.python.tree.TreeText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/// `./dev ast FILE…`: the tree of each file, each statement and call with its line and column.
public final class AstMain {
  private AstMain() {}

  /// @throws IOException when a file cannot be read
  public static void main(String[] files) throws IOException {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    for (String file : files) {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      if (file.endsWith(".ipynb")) {
        Notebook notebook = Notebook.read(bytes);
        print(out, notebook.source());
        Outcome outcome = notebook.outcome();
        out.println(outcome.word() + outcome.problems());
      } else {
        print(out, Parser.parse(bytes));
      }
    }
    out.flush();
  }

  private static void print(PrintStream out, ParsedSource parsed) {
    Function<Node, String> places = node -> place(parsed, node.start(), node.end()) + " ";
    out.println(TreeText.withPlaces(parsed.module(), places));
    for (SyntaxProblem problem : parsed.problems()) {
      out.println(place(parsed, problem.start(), problem.end()) + " " + problem.reason());
    }
  }

  private static String place(ParsedSource parsed, int start, int end) {
    Location.Source place = parsed.source().locate("", start, end);
    return place.cell().map(cell -> "cell " + cell.cell() + " ").orElse("")
        + "%d:%d-%d:%d"
            .formatted(
                place.start().line(),
                place.start().column(),
                place.end().line(),
                place.end().column());
  }
}
