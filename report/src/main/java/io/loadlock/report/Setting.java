package io.loadlock.report;

import io.loadlock.core.Rule;
import java.time.Instant;
import java.util.Optional;

/// What a report says about the run itself, and how it is to look.
///
/// @param excerpts where source text comes from
/// @param started when the run began
/// @param ended when the report was made
/// @param colour whether text for a terminal takes colour
/// @param width columns of the terminal, to wrap prose at; 0 when nobody watches, and nothing is
///   wrapped
/// @param suppressed what becomes of findings that a comment accepts
/// @param pages the rules' pages
public record Setting(
    Excerpts excerpts,
    Instant started,
    Instant ended,
    boolean colour,
    int width,
    Suppressed suppressed,
    Pages pages) {

  /// What becomes of findings that a comment accepts.
  public enum Suppressed {
    /// As the format is used to: listed as suppressed where it has a place for that, else counted.
    USUAL,
    /// Listed where they would only be counted: `--show-suppressed`.
    SHOWN,
    /// Left out even where the format has a place for them: `--sarif-suppressed=omit`, because
    /// GitHub shows them as open.
    OMITTED
  }

  /// Where the pages of `docs/rules` are.
  public interface Pages {
    /// For reports that do without.
    Pages NONE = _ -> Optional.empty();

    /// The Markdown of the rule's page; empty when there is none.
    Optional<String> of(Rule rule);
  }

  /// Without pages, without wrapping, and with suppressed findings as each format is used to.
  public Setting(Excerpts excerpts, Instant started, Instant ended, boolean colour) {
    this(excerpts, started, ended, colour, 0, Suppressed.USUAL, Pages.NONE);
  }
}
