package io.loadlock.artifact.jinja;

import io.loadlock.artifact.Draft;
import io.loadlock.core.Problem;

/// Puts what a template does into a reading.
public final class ChatTemplates {
  private ChatTemplates() {}

  /// @param offset byte at which the template begins
  /// @param key under which the file has it
  public static void judge(String template, long offset, String key, Draft draft) {
    Template.Result result = Template.read(template);
    for (Template.Danger danger : result.dangers()) {
      draft.effect(
          offset + danger.position(),
          key + ": " + danger.text(),
          danger.verdict(),
          "template: " + danger.why());
    }
    result.problem().ifPresent(p -> draft.problem(new Problem(p, key)));
  }
}
