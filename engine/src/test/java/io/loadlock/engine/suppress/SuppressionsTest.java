package io.loadlock.engine.suppress;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.core.Suppression;
import io.loadlock.python.parse.ParsedSource.Comment;
import io.loadlock.python.site.LoadSite.Lines;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionsTest {
  private static final List<String> NAMES =
      List.of("B301", "S301", "avoid-pickle", "pickle-load", "VNX-PY-013");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# nosec",
        "#nosec",
        "# NOSEC",
        "# nosec B301",
        "# nosec: B301,B614",
        "# nosec B101, B301",
        "# nosec because we wrote the file",
        "# noqa",
        "#NOQA",
        "# noqa: S301",
        "# noqa:E501,S301",
        "# noqa: E501 S301",
        "# noqa : S301",
        "# noqa: S",
        "# noqa: S3",
        "# noqa without a colon",
        "# nosemgrep",
        "# nosem",
        "# nosemgrep: python.lang.security.deserialization.pickle.avoid-pickle",
        "# nosemgrep: other, avoid-pickle",
        "# type: ignore  # nosec B301",
        "# loadlock: ignore",
        "# loadlock: ignore[pickle-load] we made it",
        "# loadlock: ignore[torch-load, VNX-PY-013]",
        "# noqa: E501  # loadlock: ignore[pickle-load]"
      })
  void theseAccept(String comment) {
    assertEquals(true, accepts(comment, 3, new Lines(3, 3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# type: ignore",
        "# nosec B101",
        "# nosec: B614",
        "# noqa: E501",
        "# noqa: S302",
        "# noqa: SIM",
        "# nosemgrep: avoid-marshal",
        "# nosecurity here",
        "# noqas",
        "# loadlock: ignore[torch-load]",
        "# loadlock: fix this",
        "# we said nosec before",
        "# pragma: no cover",
        "# ruff: isort: skip_file",
        "# ruff: noqa: E501",
        "# flake8: noqa: E501"
      })
  void theseDoNot(String comment) {
    assertEquals(false, accepts(comment, 3, new Lines(3, 3)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "# ruff: noqa",
        "# ruff: noqa: S301",
        "# RUFF: NOQA: E501, S301",
        "# flake8: noqa",
        "# flake8:noqa: S301",
        "# loadlock: ignore-file[pickle-load] generated"
      })
  void theseSpeakForTheWholeFile(String comment) {
    assertEquals(true, accepts(comment, 1, new Lines(300, 301)));
  }

  @ParameterizedTest
  @CsvSource({"2,false", "3,true", "4,true", "5,true", "6,false"})
  void anywhereInTheLinesOfTheStatementAndNowhereElse(int line, boolean accepted) {
    assertEquals(accepted, accepts("# nosec", line, new Lines(3, 5)));
  }

  @Test
  void semgrepsCommentAndOursMayStandAloneOnTheLineBefore() {
    assertEquals(true, accepts("# nosemgrep", 2, new Lines(3, 3)));
    assertEquals(true, accepts("# loadlock: ignore", 2, new Lines(3, 3)));
    Suppressions behindCode = Suppressions.of(List.of(comment("# nosemgrep", 2)), _ -> false);
    assertEquals(Optional.empty(), behindCode.find(new Lines(3, 3), NAMES));
  }

  @Test
  void aSuppressionSaysWhatWasWrittenAndWhy() {
    Suppressions suppressions =
        Suppressions.of(
            List.of(comment("# noqa: E501  # loadlock: ignore[pickle-load] our own file", 3)),
            _ -> true);
    assertEquals(
        Optional.of(
            new Suppression("# loadlock: ignore[pickle-load] our own file", 3, "our own file")),
        suppressions.find(new Lines(3, 3), NAMES));
    assertEquals(List.of(), suppressions.unused());
  }

  @Test
  void onlyOurOwnUnusedCommentsAreNamed() {
    Suppressions suppressions =
        Suppressions.of(
            List.of(comment("# nosec", 1), comment("# loadlock: ignore[torch-load]", 2)),
            _ -> true);
    suppressions.find(new Lines(9, 9), NAMES);
    assertEquals(List.of("line 2: # loadlock: ignore[torch-load]"), suppressions.unused());
  }

  private static boolean accepts(String text, int line, Lines lines) {
    List<Comment> comments = new ArrayList<>(List.of(comment(text, line)));
    return Suppressions.of(comments, _ -> true).find(lines, NAMES).isPresent();
  }

  private static Comment comment(String text, int line) {
    return new Comment(0, text.length(), line, text);
  }
}
