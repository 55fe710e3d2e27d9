package io.loadlock.cli.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class TerminalMarkdownTest {
  @Test
  void headingsAreUnderlinedWithoutColourAndBoldWithIt() {
    assertEquals(
        "A `b` c\n=======\n\ntext\n", TerminalMarkdown.render("# A `b` c\n\ntext\n", false, 80));
    assertEquals(
        "\u001b[1mA \u001b[36mb\u001b[39m\u001b[22m\n===\n\ntext\n",
        TerminalMarkdown.render("# A `b`\n\ntext\n", true, 80));
  }

  @Test
  void codeIsIndentedAndLeftAsItIs() {
    assertEquals(
        "before\n\n    x = [1,\n\n         2]  # `a` **b**\n\nafter\n",
        TerminalMarkdown.render(
            "before\n\n```python\nx = [1,\n\n     2]  # `a` **b**\n```\n\nafter\n", false, 40));
  }

  @Test
  void paragraphsAndItemsAreWrapped() {
    assertEquals(
        """
        aaaaaaaaaa bbbbbbbbbb cccccccccc
        dddddddddd

        - aaaaaaaaaa bbbbbbbbbb cccccccccc
          dddddddddd
        1. eeeeeeeeee ffffffffff gggggggggg
           hhhhhhhhhh
        """,
        TerminalMarkdown.render(
            """
            aaaaaaaaaa bbbbbbbbbb
            cccccccccc dddddddddd

            - aaaaaaaaaa bbbbbbbbbb
              cccccccccc dddddddddd
            1. eeeeeeeeee ffffffffff gggggggggg hhhhhhhhhh
            """,
            false,
            40));
  }

  @Test
  void tablesAreAlignedWhereTheyFitAndStackedWhereTheyDoNot() {
    String table =
        "| call | when |\n|---|---|\n| `a.b` | never |\n| c | `x=True`, or not given at all |\n";
    assertEquals(
        "call   when\n`a.b`  never\nc      `x=True`, or not given at all\n",
        TerminalMarkdown.render(table, false, 80));
    assertEquals(
        "`a.b`\n  when: never\nc\n  when: `x=True`, or not given at all\n",
        TerminalMarkdown.render(
            table.replace("call", "call of a function with a long name"), false, 40));
  }

  @Test
  void linksKeepTheAddressesOfTheWeb() {
    assertEquals(
        "see this <https://example.org/a> and that\n",
        TerminalMarkdown.render("see [this](https://example.org/a) and [that](b.md)\n", false, 80));
  }

  @Test
  void noPageLeavesMarkupOrRunsOverTheWidth() throws IOException {
    for (Rule rule : Rules.ALL) {
      for (int width : new int[] {40, 80, 100}) {
        String text = TerminalMarkdown.render(RulePages.read(rule), false, width);
        assertTrue(
            text.lines()
                .filter(line -> line.contains("**"))
                .allMatch(line -> line.startsWith("    ")),
            rule.page());
        assertFalse(text.contains("<!--"), rule.page());
        assertFalse(text.contains("```"), rule.page());
        if (width >= 80) {
          text.lines()
              .filter(
                  line -> line.contains(" ") && !line.startsWith("    ") && !line.contains("http"))
              .forEach(line -> assertTrue(line.length() <= width, line));
        }
      }
    }
  }
}
