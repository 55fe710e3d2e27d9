package io.loadlock.cli.page;

import io.loadlock.core.Rule;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// The pages of `docs/rules`, which the jar carries beside this class.
public final class RulePages {
  private RulePages() {}

  /// The Markdown of a rule's page.
  ///
  /// @throws FileNotFoundException when the jar was built without it
  public static String read(Rule rule) throws IOException {
    try (InputStream page = RulePages.class.getResourceAsStream(rule.page())) {
      if (page == null) {
        throw new FileNotFoundException("this build has no page " + rule.page());
      }
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
