package io.loadlock.artifact.jinja;

import io.loadlock.artifact.Verdict;
import java.util.List;
import java.util.Optional;

/// Reads a Jinja template for constructs that reach Python's objects behind the data that a
/// renderer hands in. A chat template has no use for them; rendered outside Jinja's sandbox they
/// run code (CVE-2024-34359).
///
/// A name counts however it is written: as an attribute, a subscript, an argument of `attr` or
/// `map`, a format string, and put together from pieces by operators, filters and variables.
public final class Template {
  /// @param position character of the template
  /// @param text the construct
  /// @param why one clause
  public record Danger(int position, String text, Verdict verdict, String why) {}

  /// @param problem what could not be understood; empty when everything was
  public record Result(List<Danger> dangers, Optional<String> problem) {
    public Result {
      dangers = List.copyOf(dangers);
    }

    public Verdict verdict() {
      Verdict worst = Verdict.PLAIN_DATA;
      for (Danger danger : dangers) {
        worst = worst.worse(danger.verdict());
      }
      return worst;
    }
  }

  /// Templates of real models stay below 40,000 characters.
  private static final int LONGEST = 4 << 20;

  private Template() {}

  public static Result read(String text) {
    String kept = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
    Optional<String> problem =
        kept.length() < text.length()
            ? Optional.of("only the first " + LONGEST + " characters of the template were read")
            : Optional.empty();
    Suspicions suspicions = new Suspicions();
    Statements statements = new Statements(kept, suspicions);
    for (Lexer.Tag tag : Lexer.tags(kept)) {
      Optional<String> mine = statements.read(tag);
      if (problem.isEmpty()) {
        problem = mine;
      }
      if (suspicions.dangers().size() > 1000) {
        break;
      }
    }
    return new Result(suspicions.dangers(), problem);
  }
}
