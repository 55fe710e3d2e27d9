package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.engine.config.Key;
import io.loadlock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the documents show of the program is what it does. `./dev docs` rewrites it.
@Tag("docs")
class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern GENERATED =
      Pattern.compile("(<!-- generated: (\\w+) -->\n).*?(<!-- end -->)", Pattern.DOTALL);

  /// A link to a file, without what comes behind `#`.
  private static final Pattern LINK = Pattern.compile("\\]\\((?![a-z]+:)([^)#\\s]+)[^)]*\\)");

  /// A path of this repository in a code span, such as `docs/outputs.md` or `python/filter`.
  private static final Pattern SPAN = Pattern.compile("`((?:docs|examples)/[\\w./-]*)`");

  private static final List<String> MODULES =
      List.of("core", "python", "artifact", "pins", "fix", "engine", "report", "cli");

  @Test
  void theReadmeShowsWhatTheProgramPrints() throws IOException {
    check(ROOT.resolve("README.md"));
  }

  @Test
  void theArchitectureNamesEveryPackage() throws IOException {
    check(ROOT.resolve("docs/architecture.md"));
  }

  @Test
  void theConfigurationNamesEveryKey() throws IOException {
    check(ROOT.resolve("docs/configuration.md"));
  }

  private static void check(Path file) throws IOException {
    String text = Files.readString(file);
    StringBuilder filled = new StringBuilder();
    Matcher block = GENERATED.matcher(text);
    while (block.find()) {
      String content =
          switch (block.group(2)) {
            case "packages" -> packages();
            case "scan" -> scan();
            case "keys" -> keys();
            default -> throw new AssertionError("nothing generates " + block.group(2));
          };
      block.appendReplacement(
          filled, Matcher.quoteReplacement(block.group(1) + content + block.group(3)));
    }
    Golden.check(file, block.appendTail(filled).toString());
  }

  /// The rows that the reader of configurations checks against.
  private static String keys() {
    Map<String, String> titles =
        Map.of(
            "", "### `[tool.loadlock]`",
            "per-path", "### `[tool.loadlock.per-path.\"GLOB\"]`",
            "sink", "### `[[tool.loadlock.sink]]`");
    StringBuilder text = new StringBuilder();
    String table = "none";
    for (Key key : Key.ALL) {
      if (!key.table().equals(table)) {
        table = key.table();
        text.append("\n").append(titles.get(table)).append("\n\n");
        text.append("| key | value | meaning | example |\n|---|---|---|---|\n");
      }
      text.append(
          "| `%s` | %s | %s | `%s` |\n"
              .formatted(key.name(), key.type().words(), key.meaning(), key.example()));
    }
    return text.append("\n").toString();
  }

  private static String scan() {
    Invocation run = Invocation.watched(96, ROOT, "scan", "examples/birdsong/serve.py");
    assertEquals("", run.err());
    return "\n```console\n$ ./loadlock scan examples/birdsong/serve.py\n" + run.out() + "```\n\n";
  }

  /// Each package with the first sentence of what it says of itself.
  private static String packages() throws IOException {
    Map<String, String> packages = new TreeMap<>();
    for (String module : MODULES) {
      Path source = ROOT.resolve(module).resolve("src/main/java/io/loadlock");
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.filter(path -> path.endsWith("package-info.java")).toList()) {
          String name = source.relativize(file.getParent()).toString().replace('\\', '/');
          packages.put(name, firstSentence(Files.readString(file)));
        }
      }
    }
    StringBuilder table = new StringBuilder("\n| package | what it is |\n|---|---|\n");
    packages.forEach(
        (name, sentence) -> {
          if (!sentence.isEmpty()) {
            table.append("| `").append(name).append("` | ").append(sentence).append(" |\n");
          }
        });
    return table.append('\n').toString();
  }

  private static String firstSentence(String source) {
    String text =
        source
            .lines()
            .filter(line -> line.startsWith("///"))
            .takeWhile(line -> !line.equals("///"))
            .map(line -> line.substring(3).strip())
            .collect(Collectors.joining(" "));
    Matcher end = Pattern.compile("[.](?= [A-Z]|$)").matcher(text);
    return (end.find() ? text.substring(0, end.end()) : text).replace("|", "\\|");
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    List<Path> documents = new ArrayList<>();
    try (Stream<Path> files = Files.list(ROOT);
        Stream<Path> below = Files.walk(ROOT.resolve("docs"));
        Stream<Path> examples = Files.walk(ROOT.resolve("examples"))) {
      Stream.of(files, below, examples)
          .flatMap(each -> each)
          .filter(file -> file.toString().endsWith(".md"))
          .forEach(documents::add);
    }
    for (Path document : documents) {
      String text = Files.readString(document);
      LINK.matcher(text)
          .results()
          .filter(link -> !Files.exists(document.resolveSibling(link.group(1))))
          .forEach(link -> broken.add(ROOT.relativize(document) + " links to " + link.group(1)));
      if (document.startsWith(ROOT.resolve("docs/formats"))) {
        continue; // They name files of other projects.
      }
      SPAN.matcher(text)
          .results()
          .filter(span -> !Files.exists(ROOT.resolve(span.group(1))))
          .forEach(span -> broken.add(ROOT.relativize(document) + " names " + span.group(1)));
    }
    assertEquals(List.of(), broken);
    assertTrue(documents.size() > 20, documents.size() + " documents");
  }
}
