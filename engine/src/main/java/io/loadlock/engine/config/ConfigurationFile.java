package io.loadlock.engine.config;

import io.loadlock.core.Severity;
import io.loadlock.engine.config.Configuration.PerPath;
import io.loadlock.engine.config.Configuration.Selection;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.SinkRow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// Reads `loadlock.toml`, and `[tool.loadlock]` of `pyproject.toml`.
public final class ConfigurationFile {
  static final String OWN = "loadlock.toml";
  static final String PROJECT = "pyproject.toml";

  private static final byte[] WORD = "loadlock".getBytes(StandardCharsets.US_ASCII);
  private static final long LARGEST = 16 << 20;

  private ConfigurationFile() {}

  /// The configuration nearest to `start`, upwards: in each folder `loadlock.toml` before
  /// `pyproject.toml`; one that says nothing of loadlock is passed by.
  ///
  /// @param base what its name in messages is relative to
  public static Configuration find(Path start, Path base) throws ConfigurationException {
    Path folder = Files.isDirectory(start) ? start : start.getParent();
    for (Path at = folder; at != null; at = at.getParent()) {
      for (String name : List.of(OWN, PROJECT)) {
        Path file = at.resolve(name);
        if (Files.isRegularFile(file)) {
          Optional<Configuration> found = read(file, shown(file, base));
          if (found.isPresent()) {
            return found.get();
          }
        }
      }
    }
    return Configuration.NONE;
  }

  /// Reads one that the user names.
  public static Configuration open(Path file, Path base) throws ConfigurationException {
    if (!Files.isRegularFile(file)) {
      throw new ConfigurationException(shown(file, base), "there is no such file");
    }
    return read(file, shown(file, base)).orElse(Configuration.NONE);
  }

  private static String shown(Path file, Path base) {
    Path shown = file.startsWith(base) ? base.relativize(file) : file;
    return shown.toString();
  }

  /// Empty when it is a `pyproject.toml` that says nothing of loadlock. Most are, and the parser is
  /// not even loaded for them.
  private static Optional<Configuration> read(Path file, String name)
      throws ConfigurationException {
    byte[] content;
    try {
      if (Files.size(file) > LARGEST) {
        throw new ConfigurationException(name, "it is larger than " + (LARGEST >> 20) + " MiB");
      }
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ConfigurationException(name, "it cannot be read: " + e.getMessage());
    }
    boolean own = !file.endsWith(PROJECT);
    if (!own && !contains(content)) {
      return Optional.empty();
    }
    TomlParseResult toml = Toml.parse(new String(content, StandardCharsets.UTF_8));
    TomlTable table =
        own ? toml : toml.get(List.of("tool", "loadlock")) instanceof TomlTable t ? t : null;
    if (table == null && !toml.hasErrors()) {
      return Optional.empty();
    }
    if (toml.hasErrors() || table == null) {
      TomlParseError error = toml.errors().getFirst();
      throw new ConfigurationException(
          name,
          error.position().line(),
          error.position().column(),
          String.valueOf(error.getMessage()));
    }
    return Optional.of(configuration(name, new Table(name, Key.TOP, table)));
  }

  private static boolean contains(byte[] content) {
    for (int at = 0; at + WORD.length <= content.length; at++) {
      if (content[at] == WORD[0]
          && java.util.Arrays.equals(content, at, at + WORD.length, WORD, 0, WORD.length)) {
        return true;
      }
    }
    return false;
  }

  private static Configuration configuration(String name, Table table)
      throws ConfigurationException {
    String failOn = table.text("fail-on").orElse("");
    List<PerPath> perPath = new ArrayList<>();
    for (Map.Entry<String, Table> each : table.named(Key.PER_PATH).entrySet()) {
      perPath.add(new PerPath(each.getKey(), selection(each.getValue())));
    }
    List<Sink> sinks = new ArrayList<>();
    for (Table each : table.tables(Key.SINK)) {
      sinks.add(sink(name, each));
    }
    return new Configuration(
        name,
        table.texts("exclude"),
        table.texts("roots"),
        Severity.ofWord(failOn),
        failOn.equals("never"),
        table.texts("allow-partial"),
        sinks,
        selection(table),
        perPath);
  }

  private static Selection selection(Table table) {
    return new Selection(
        table.texts("select"), table.texts("ignore"), table.severities("severity"));
  }

  private static Sink sink(String file, Table table) throws ConfigurationException {
    List<String> names = table.texts("names");
    if (names.isEmpty() || names.stream().anyMatch(name -> name.indexOf('.') <= 0)) {
      throw table.wrong(
          "names", "a sink needs 'names', each a dotted name such as \"acme.io.load\"");
    }
    SinkRow row =
        SinkRow.of(form(table), names)
            .kind(table.text("kind").orElse("project-load"))
            .codes(table.texts("codes").toArray(String[]::new))
            .advice(table.text("advice").orElse(""));
    table.text("severity").flatMap(Severity::ofWord).ifPresent(row::severity);
    Optional<String> subject = table.text("loads");
    if (subject.isPresent() || table.number("loads-position", -1) >= 0) {
      row.loads(subject.orElse(""), table.number("loads-position", SinkRow.KEYWORD_ONLY));
    }
    Optional<String> argument = table.text("safe-argument");
    if (argument.isPresent()) {
      safe(row, argument.get(), table);
    }
    return row.readIn(file);
  }

  private static void safe(SinkRow row, String argument, Table table)
      throws ConfigurationException {
    int position = table.number("safe-position", SinkRow.KEYWORD_ONLY);
    switch (table.text("safe-when").orElse("true")) {
      case "true" -> row.safeWhenTrue(argument, position);
      case "false" -> row.safeWhenFalse(argument, position);
      case "given" -> row.safeWhenGiven(argument, position);
      default -> throw table.wrong("safe-when", "'safe-when' takes true, false or given");
    }
  }

  private static Sink.Form form(Table table) throws ConfigurationException {
    return switch (table.text("form").orElse("function")) {
      case "function" -> Sink.Form.FUNCTION;
      case "constructor" -> Sink.Form.CONSTRUCTOR;
      case "method" -> Sink.Form.METHOD;
      case "class-method" -> Sink.Form.CLASS_METHOD;
      default ->
          throw table.wrong("form", "'form' takes function, constructor, method or class-method");
    };
  }
}
