package io.loadlock.python.notebook;

import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.parse.SyntaxProblem;
import java.nio.charset.StandardCharsets;
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
/// @param outcome how far the JSON was read: *complete*; *partial* with what was wrong, and where;
///   *failed* where there is no notebook to read; *skipped* for another language's notebook. What
///   is wrong in a cell is among the source's problems
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
    CellText text = CellText.of(bytes, json.cells());
    ParsedSource parsed = Parser.parse(text, CellMagic.sections(text), true);
    List<SyntaxProblem> problems =
        parsed.problems().stream()
            .filter(problem -> !CellMagic.isAutomatic(text.text(), problem.start()))
            .toList();
    return new Notebook(
        new ParsedSource(parsed.source(), parsed.module(), parsed.comments(), problems),
        Outcome.of(json.problems()));
  }

  private static Notebook without(byte[] bytes, Outcome outcome) {
    CellText text = CellText.of(bytes, List.of());
    return new Notebook(Parser.parse(text, new int[0], true), outcome);
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
