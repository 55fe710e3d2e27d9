package io.loadlock.engine.suppress;

import io.loadlock.core.Suppression;
import io.loadlock.engine.suppress.Directive.Tool;
import io.loadlock.python.parse.ParsedSource.Comment;
import io.loadlock.python.site.LoadSite.Lines;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;

/// The comments of one file that accept findings, and which of them did.
public final class Suppressions {
  private final List<Directive> directives = new ArrayList<>();
  private final Set<Directive> used = new HashSet<>();
  private final IntPredicate alone;

  private Suppressions(IntPredicate alone) {
    this.alone = alone;
  }

  /// @param alone whether nothing but a comment stands on this line, from 1
  public static Suppressions of(List<Comment> comments, IntPredicate alone) {
    Suppressions suppressions = new Suppressions(alone);
    for (Comment comment : comments) {
      suppressions.directives.addAll(Directives.read(comment));
    }
    return suppressions;
  }

  /// The comment that accepts a finding.
  ///
  /// @param lines of the statement
  /// @param names codes, rule ids and kinds of the finding
  public Optional<Suppression> find(Lines lines, List<String> names) {
    for (Directive directive : directives) {
      if (speaksFor(directive, lines) && accepts(directive, names)) {
        used.add(directive);
        return Optional.of(
            new Suppression(directive.comment(), directive.line(), directive.justification()));
      }
    }
    return Optional.empty();
  }

  /// loadlock's own comments that accepted nothing.
  public List<String> unused() {
    return directives.stream()
        .filter(directive -> directive.tool() == Tool.LOADLOCK && !used.contains(directive))
        .map(directive -> "line " + directive.line() + ": " + directive.comment())
        .toList();
  }

  private boolean speaksFor(Directive directive, Lines lines) {
    if (directive.wholeFile()) {
      return true;
    }
    if (lines.first() <= directive.line() && directive.line() <= lines.last()) {
      return true;
    }
    // Semgrep's comment, and ours, may stand alone on the line before.
    boolean before = directive.tool() == Tool.NOSEMGREP || directive.tool() == Tool.LOADLOCK;
    return before && directive.line() == lines.first() - 1 && alone.test(directive.line());
  }

  private static boolean accepts(Directive directive, List<String> names) {
    if (directive.names().isEmpty()) {
      return true;
    }
    for (String wanted : directive.names()) {
      for (String name : names) {
        boolean prefix = directive.tool() == Tool.NOQA && wanted.length() <= 3;
        if (name.equals(wanted) || prefix && name.startsWith(wanted) && startsCode(name)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Whether this is a short code such as `S301`, of which flake8 knows prefixes.
  private static boolean startsCode(String name) {
    return name.matches("[A-Z]{1,4}[0-9]+");
  }
}
