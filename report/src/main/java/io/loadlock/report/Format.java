package io.loadlock.report;

import java.util.Optional;

/// The outputs, by the names that `--format` and `--output` know.
public enum Format {
  TERMINAL("terminal", "text for people, with the source line and a caret under the call"),
  JSON("json", "everything, by docs/schema/scan.schema.json"),
  SARIF("sarif", "SARIF 2.1.0, for code scanning"),
  HTML("html", "one page for people, without any network"),
  MARKDOWN("markdown", "a comment on a pull request"),
  GITHUB("github", "annotations of a GitHub workflow"),
  GITLAB("gitlab", "a SAST report of GitLab"),
  JUNIT("junit", "JUnit XML, for build servers");

  private final String word;
  private final String description;

  Format(String word, String description) {
    this.word = word;
    this.description = description;
  }

  public String word() {
    return word;
  }

  /// One clause for the help page.
  public String description() {
    return description;
  }

  /// The format that `word` names, or empty when it names none.
  public static Optional<Format> ofWord(String word) {
    for (Format format : values()) {
      if (format.word.equals(word)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }

  /// A renderer for this format; only its classes are loaded.
  public Renderer renderer() {
    return switch (this) {
      case TERMINAL -> new TerminalRenderer();
      case JSON -> new JsonRenderer();
      case SARIF -> new SarifRenderer();
      case HTML -> new HtmlRenderer();
      case MARKDOWN -> new MarkdownRenderer();
      case GITHUB -> new GithubRenderer();
      case GITLAB -> new GitlabRenderer();
      case JUNIT -> new JunitRenderer();
    };
  }
}
