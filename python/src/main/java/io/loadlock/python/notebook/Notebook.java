package io.loadlock.python.notebook;

import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.parse.SyntaxProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A notebook (nbformat 2 to 4) as one module: its code cells one behind the other, each parsed on
/// its own, so that a broken cell costs that cell only.
///
/// Magics and shell lines are passed over; a cell that a magic hands to another language has no
/// part in the module, nor has one that says it is in another language.
///
/// @param source the tree, never absent; `source.source().locate` gives places in the `.ipynb`
///   itself, each with its cell
/// @param outcome *complete*; *partial* with what was wrong in the JSON or in a cell, and where;
///   *failed* where there is no notebook to read; *skipped* for another language's notebook
public record Notebook(ParsedSource source, Outcome outcome) {
  private static final byte[] LFS_POINTER =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  /// Reads any bytes; nothing is thrown.
  public static Notebook read(byte[] bytes) {
    if (startsWith(bytes, LFS_POINTER)) {
      return without(bytes, new Outcome.Skipped("a Git LFS pointer"));
    }
    NotebookJson json = NotebookJson.read(bytes);
    Optional<Problem> failure = json.failure();
    if (failure.isPresent()) {
      return without(bytes, new Outcome.Failed(failure.get()));
    }
    Optional<String> language = json.otherLanguage();
    if (language.isPresent()) {
      return without(bytes, new Outcome.Skipped("a notebook of " + language.get() + " code"));
    }
    List<Problem> problems = new ArrayList<>(json.problems());
    CellText text = CellText.of(bytes, json.cells());
    ParsedSource parsed = Parser.parse(text, CellMagic.sections(text), true);
    for (SyntaxProblem problem : parsed.problems()) {
      if (!CellMagic.isAutomatic(text.text(), problem.start())) {
        problems.add(inCell(text, problem));
      }
    }
    return new Notebook(parsed, Outcome.of(problems));
  }

  private static Notebook without(byte[] bytes, Outcome outcome) {
    CellText text = CellText.of(bytes, List.of());
    return new Notebook(Parser.parse(text, new int[0], true), outcome);
  }

  private static Problem inCell(CellText text, SyntaxProblem problem) {
    Location.Source place = text.locate("", problem.start(), problem.end());
    String cell =
        place.cell().map(it -> "cell " + it.cell() + ", line " + it.line() + "; ").orElse("");
    return new Problem(
        problem.reason(),
        cell + "line " + place.start().line() + ", column " + place.start().column());
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
