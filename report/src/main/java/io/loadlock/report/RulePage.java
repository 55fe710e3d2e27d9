package io.loadlock.report;

import io.loadlock.core.Rule;

/// What a report tells about a rule.
final class RulePage {
  private RulePage() {}

  /// The rule's name and what it finds.
  static String markdown(Rule rule) {
    return "# "
        + rule.name()
        + "\n\n"
        + rule.summary()
        + "\n\n`loadlock explain "
        + rule.id().value()
        + "` shows the whole page.\n";
  }
}
