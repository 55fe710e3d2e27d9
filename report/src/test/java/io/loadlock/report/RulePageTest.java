package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RulePageTest {
  @Test
  void keepsWhatHelps() {
    String page =
        """
        # Title

        <!-- generated: facts -->
        **Severity:** high
        <!-- end -->

        ## What it finds

        See [other](other.md) and [CWE](https://cwe.example/502).

        ```python
        ## no title
        ```

        ## Every call that is known

        <!-- generated: sinks -->
        | many |
        <!-- end -->

        ## What to do

        Do.
        """;
    assertEquals(
        """
        # Title

        **Severity:** high

        ## What it finds

        See other and [CWE](https://cwe.example/502).

        ```python
        ## no title
        ```

        ## What to do

        Do.

        `loadlock explain VNX-PY-013/guarded` shows the whole page.
        """,
        RulePage.markdown(Rules.GUARDED, _ -> Optional.of(page)));
  }

  /// Every page that there is gives help of a size that code scanning shows.
  @Test
  void fitsEveryPage() throws IOException {
    for (Rule rule : Rules.ALL) {
      String page = Files.readString(Path.of("../docs/rules").resolve(rule.page()));
      String help = RulePage.markdown(rule, _ -> Optional.of(page));
      assertTrue(help.contains("\n## What"), rule.id().value());
      assertTrue(help.length() < 12_000, rule.id() + " has " + help.length());
      assertFalse(help.contains("<!--") || help.contains(".md)"), rule.id().value());
    }
  }
}
