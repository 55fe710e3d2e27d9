package io.loadlock.engine.judge;

import io.loadlock.artifact.Verdict;
import io.loadlock.engine.link.Link;
import io.loadlock.engine.link.Linked;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.PathValue;
import java.util.Optional;

/// Makes the one sentence of a finding, last, from its facts.
final class Sentences {
  private static final int LONGEST = 60;

  private Sentences() {}

  /// @param proof what lowers it, a clause; empty when its reason says so already
  static String load(
      LoadSite site, Assessment assessment, Optional<String> proof, Origin origin, Link link) {
    StringBuilder text = new StringBuilder("`").append(site.callee()).append('`');
    text.append(
        switch (site.form()) {
          case CALL -> " runs any code that ";
          case REFERENCE -> " is handed on, and whoever calls it runs any code that ";
        });
    text.append(subject(site)).append(" holds");
    if (!assessment.reason().isEmpty()) {
      text.append(": ").append(assessment.reason());
    }
    String lowered = proof.orElse("");
    if (!lowered.isEmpty()) {
      text.append(", but ").append(lowered);
    } else if (!origin.clause().isEmpty()) {
      text.append("; ").append(origin.clause());
    }
    text.append('.');
    text.append(linked(site, link));
    return text.toString();
  }

  private static String linked(LoadSite site, Link link) {
    if (!(link instanceof Link.Files files)) {
      return "";
    }
    Linked worst =
        files.files().stream()
            .max((one, other) -> one.verdict().compareTo(other.verdict()))
            .orElseThrow();
    String many =
        files.files().size() > 1 ? " (one of " + files.files().size() + " files it may be)" : "";
    String start = " It loads `" + worst.path() + "`" + many;
    if (worst.verdict() == Verdict.RUNS_CODE) {
      return start + ", which " + worst.summary() + ": do not load it.";
    }
    boolean asks =
        site.sink().safety().map(row -> row.parameter().equals("weights_only")).orElse(false);
    String answer = asks && !worst.weightsOnly().isEmpty() ? "; " + worst.weightsOnly() : "";
    return start + ": " + worst.summary() + answer + ".";
  }

  private static String subject(LoadSite site) {
    if (site.form() == LoadSite.Form.REFERENCE) {
      return "its file";
    }
    String constant = constant(site.subject(), 0);
    return constant.isEmpty() || constant.length() > LONGEST ? "the data" : "`" + constant + "`";
  }

  /// The text of a path whose every part is written out; empty where one is not.
  private static String constant(PathValue value, int depth) {
    if (depth > 16) {
      return "";
    }
    return switch (value) {
      case PathValue.Text text -> text.value().lines().count() == 1 ? text.value() : "";
      case PathValue.Content content -> constant(content.of(), depth + 1);
      case PathValue.Joined joined -> {
        StringBuilder text = new StringBuilder();
        for (PathValue part : joined.parts()) {
          String constant = constant(part, depth + 1);
          if (constant.isEmpty()) {
            yield "";
          }
          text.append(text.isEmpty() || text.toString().endsWith("/") ? "" : "/").append(constant);
        }
        yield text.toString();
      }
      case PathValue.Concatenated parts -> {
        StringBuilder text = new StringBuilder();
        for (PathValue part : parts.parts()) {
          String constant = constant(part, depth + 1);
          if (constant.isEmpty()) {
            yield "";
          }
          text.append(constant);
        }
        yield text.toString();
      }
      case PathValue.Literal _,
          PathValue.OneOf _,
          PathValue.ThisFile _,
          PathValue.Parent _,
          PathValue.Result _,
          PathValue.Parameter _,
          PathValue.Unknown _ ->
          "";
    };
  }
}
