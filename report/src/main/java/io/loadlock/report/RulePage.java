package io.loadlock.report;

import io.loadlock.core.Rule;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a report tells about a rule: those parts of its page that help who has a finding of it. The
/// rest, such as the tables of all calls, is what `loadlock explain` is for.
final class RulePage {
  private static final Set<String> TOLD =
      Set.of(
          "Overview", "What it finds", "What is safe", "Remediation", "What to do", "References");

  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->\\n?");

  /// A link to another page, which leads nowhere outside of `docs/rules`.
  private static final Pattern RELATIVE = Pattern.compile("\\[([^\\]]*)\\]\\((?![a-z]+:)[^)]*\\)");

  private RulePage() {}

  /// Markdown of a rule, or what its record says where there is no page.
  static String markdown(Rule rule, Setting.Pages pages) {
    Optional<String> page = pages.of(rule);
    String text =
        page.map(RulePage::told)
            .orElseGet(() -> "# " + rule.name() + "\n\n" + rule.summary() + "\n\n");
    return text + "`loadlock explain " + rule.id().value() + "` shows the whole page.\n";
  }

  private static String told(String page) {
    StringBuilder text = new StringBuilder();
    boolean keep = true;
    boolean code = false;
    for (String line : COMMENT.matcher(page).replaceAll("").split("\n", -1)) {
      code ^= line.strip().startsWith("```");
      if (!code && line.startsWith("## ")) {
        String title = line.substring(3).strip();
        keep = TOLD.contains(title) || title.startsWith("Why ");
      }
      if (keep) {
        text.append(line).append('\n');
      }
    }
    return RELATIVE.matcher(text).replaceAll("$1").strip() + "\n\n";
  }
}
