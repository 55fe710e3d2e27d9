package io.loadlock.artifact.jinja;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.Problem;

/// Puts what a template does into a reading.
public final class ChatTemplates {
  private ChatTemplates() {}

  /// A text that no loader is known to render: only what runs code counts, since nothing else has
  /// Jinja's braces round Python's own names.
  ///
  /// @param offset byte at which the text begins
  /// @param key under which the file has it
  public static void suspect(String text, long offset, String key, Draft draft) {
    if (!text.contains("{{") && !text.contains("{%")) {
      return;
    }
    for (Template.Danger danger : Template.read(text).dangers()) {
      if (danger.verdict() == Verdict.RUNS_CODE) {
        put(danger, offset, key, draft);
      }
    }
  }

  /// @param offset byte at which the template begins
  /// @param key under which the file has it
  public static void judge(String template, long offset, String key, Draft draft) {
    Template.Result result = Template.read(template);
    for (Template.Danger danger : result.dangers()) {
      put(danger, offset, key, draft);
    }
    result.problem().ifPresent(p -> draft.problem(new Problem(p, key)));
  }

  private static void put(Template.Danger danger, long offset, String key, Draft draft) {
    draft.effect(
        offset + danger.position(),
        key + ": " + danger.text(),
        danger.verdict(),
        "template: " + danger.why());
  }
}
