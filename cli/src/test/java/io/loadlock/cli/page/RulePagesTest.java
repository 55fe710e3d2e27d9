package io.loadlock.cli.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Rule;
import io.loadlock.core.RuleId;
import io.loadlock.core.Rules;
import io.loadlock.python.sink.Sinks;
import io.loadlock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/rules`: a page for each rule, and what in them is generated from the rows. `./dev docs`
/// rewrites it.
@Tag("docs")
class RulePagesTest {
  private static final Path FOLDER = Path.of("../docs/rules");
  private static final Pattern GENERATED =
      Pattern.compile("(<!-- generated: (\\w+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

  private final Sinks sinks = Sinks.standard();

  static List<Rule> rules() {
    return Rules.ALL;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatIsGeneratedIsCurrent(Rule rule) throws IOException {
    Path file = FOLDER.resolve(rule.page());
    Golden.check(file, filled(Files.readString(file), Optional.of(rule)));
  }

  @Test
  void theIndexIsCurrent() throws IOException {
    Path file = FOLDER.resolve("README.md");
    Golden.check(file, filled(Files.readString(file), Optional.empty()));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void aPageHasTheRulesNameAndTheUsualSections(Rule rule) throws IOException {
    String page = RulePages.read(rule);
    assertTrue(page.lines().findFirst().orElseThrow().endsWith(rule.name()), page);
    assertTrue(page.contains("<!-- generated: facts -->"), "facts");
    boolean first = rule.equals(Rules.INSECURE_DESERIALIZATION);
    for (String section :
        first
            ? List.of(
                "Overview",
                "Why this matters",
                "What gets flagged",
                "What is safe",
                "Remediation",
                "References")
            : List.of("What it finds", "What to do")) {
      assertTrue(page.contains("\n## " + section + "\n"), section);
    }
  }

  @Test
  void everyPageIsARules() throws IOException {
    var pages = new TreeSet<String>();
    try (Stream<Path> files = Files.walk(FOLDER)) {
      files
          .filter(file -> file.toString().endsWith(".md"))
          .forEach(file -> pages.add(FOLDER.relativize(file).toString().replace('\\', '/')));
    }
    pages.remove("README.md");
    assertEquals(
        Rules.ALL.stream().map(Rule::page).collect(Collectors.toCollection(TreeSet::new)), pages);
  }

  private String filled(String page, Optional<Rule> rule) {
    return GENERATED
        .matcher(page)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) + generated(found.group(2), rule) + found.group(3)));
  }

  private String generated(String what, Optional<Rule> rule) {
    RuleId id = rule.map(Rule::id).orElse(Rules.INSECURE_DESERIALIZATION.id());
    return switch (what) {
      case "facts" -> RuleFacts.line(rule.orElseThrow()) + "\n";
      case "rules" -> "\n" + RuleFacts.index("") + "\n";
      case "kinds" -> "\n" + String.join(", ", KindPage.kinds(sinks)) + "\n\n";
      case "sinks" -> "\n" + SinkTables.byLibrary(sinks, id) + "\n";
      case "versions" -> "\n" + SinkTables.versions(sinks) + "\n";
      case "codes" -> "\n" + RuleFacts.codes(sinks, id) + "\n";
      default -> throw new AssertionError("nothing generates " + what);
    };
  }
}
