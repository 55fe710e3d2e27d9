package io.loadlock.pins.file;

import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Specifiers;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// Manifests written in TOML: `pyproject.toml` (PEP 621, PEP 735, Poetry, PDM, uv), `Pipfile` and
/// `pixi.toml`.
final class TomlManifestReader {
  /// People write these files; the library that parses them recurses, and takes a second for each
  /// million characters.
  private static final int MAX_CHARACTERS = 2_000_000;

  private static final int MAX_NESTING = 200;

  private final Lines lines;
  private final String[] rows;

  private TomlManifestReader(Lines lines, String text) {
    this.lines = lines;
    this.rows = text.split("\\r?\\n", -1);
  }

  static PinFile read(String path, PinFormat format, byte[] content) {
    Lines lines = new Lines(path, format);
    String text = Lines.decode(content);
    if (text.length() > MAX_CHARACTERS || Lines.nesting(text) > MAX_NESTING) {
      String limits =
          "more than " + MAX_CHARACTERS + " characters, or nested deeper than " + MAX_NESTING;
      lines.problem("not read: " + limits, 1);
      return lines.file();
    }
    TomlParseResult toml = Toml.parse(text);
    toml.errors()
        .forEach(
            error ->
                lines.problem(
                    Lines.shortened(String.valueOf(error.getMessage())), error.position().line()));
    TomlManifestReader reader = new TomlManifestReader(lines, text);
    switch (format) {
      case PYPROJECT -> reader.pyproject(toml);
      case PIPFILE -> reader.pipfile(toml);
      case PIXI -> reader.pixi(toml);
      default -> throw new IllegalArgumentException("no TOML manifest: " + format);
    }
    return lines.file();
  }

  private void pyproject(TomlTable toml) {
    requirements(array(toml, "project", "dependencies"), Scope.RUNTIME);
    tableOfArrays(table(toml, "project", "optional-dependencies"));
    tableOfArrays(table(toml, "dependency-groups"));
    tableOfArrays(table(toml, "tool", "pdm", "dev-dependencies"));
    requirements(array(toml, "tool", "uv", "constraint-dependencies"), Scope.OPTIONAL);
    requirements(array(toml, "tool", "uv", "override-dependencies"), Scope.OPTIONAL);
    Optional<String> python = text(toml, "project", "requires-python");
    python.ifPresent(bounds -> lines.python(Specifiers.parse(bounds)));
    poetry(table(toml, "tool", "poetry"));
    requirements(array(toml, "tool", "flit", "metadata", "requires"), Scope.RUNTIME);
    pixi(table(toml, "tool", "pixi"));
  }

  private void poetry(@Nullable TomlTable poetry) {
    if (poetry == null) {
      return;
    }
    named(table(poetry, "dependencies"), Scope.RUNTIME);
    named(table(poetry, "dev-dependencies"), Scope.OPTIONAL);
    TomlTable groups = table(poetry, "group");
    if (groups != null) {
      for (String group : groups.keySet()) {
        named(table(groups, group, "dependencies"), Scope.OPTIONAL);
      }
    }
  }

  private void pipfile(TomlTable toml) {
    named(table(toml, "packages"), Scope.RUNTIME);
    named(table(toml, "dev-packages"), Scope.OPTIONAL);
  }

  private void pixi(@Nullable TomlTable toml) {
    if (toml == null) {
      return;
    }
    pixiTables(toml, Scope.RUNTIME, "");
    forEach(
        table(toml, "target"), (platform, target) -> pixiTables(target, Scope.RUNTIME, platform));
    forEach(table(toml, "feature"), (_, feature) -> pixiTables(feature, Scope.OPTIONAL, ""));
  }

  /// @param platform the marker of what only one platform gets
  private void pixiTables(TomlTable toml, Scope scope, String platform) {
    forEachKey(
        table(toml, "dependencies"),
        (name, value, line) -> named(CondaReader.pypiName(name), value, platform, scope, line));
    forEachKey(
        table(toml, "pypi-dependencies"),
        (name, value, line) -> named(name, value, platform, scope, line));
  }

  private static void forEach(@Nullable TomlTable tables, BiConsumer<String, TomlTable> each) {
    if (tables != null) {
      for (String name : tables.keySet()) {
        if (tables.get(List.of(name)) instanceof TomlTable table) {
          each.accept(name, table);
        }
      }
    }
  }

  private void tableOfArrays(@Nullable TomlTable groups) {
    if (groups == null) {
      return;
    }
    for (String group : groups.keySet()) {
      if (groups.get(List.of(group)) instanceof TomlArray array) {
        requirements(array, Scope.OPTIONAL);
      }
    }
  }

  private void requirements(@Nullable TomlArray array, Scope scope) {
    if (array == null) {
      return;
    }
    for (int i = 0; i < array.size(); i++) {
      // PEP 735 groups may hold {include-group = "…"} tables: they declare nothing themselves.
      if (array.get(i) instanceof String text) {
        lines.addText(text, scope, lineOf(text, array.inputPositionOf(i).line()));
      }
    }
  }

  /// tomlj gives the place where an element may begin, which is the end of the line before it.
  private int lineOf(String text, int from) {
    for (int line = from; line <= rows.length; line++) {
      if (rows[line - 1].contains(text)) {
        return line;
      }
    }
    return from;
  }

  /// `name = "constraint"` or `name = {version = "constraint", markers = "…", optional = true}`, or
  /// an array of these.
  private void named(@Nullable TomlTable dependencies, Scope scope) {
    forEachKey(dependencies, (name, value, line) -> named(name, value, "", scope, line));
  }

  /// One key of a table of dependencies.
  private interface Dependency {
    void accept(String name, @Nullable Object value, int line);
  }

  private static void forEachKey(@Nullable TomlTable dependencies, Dependency each) {
    if (dependencies == null) {
      return;
    }
    for (String name : dependencies.keySet()) {
      TomlPosition position = dependencies.inputPositionOf(List.of(name));
      each.accept(name, dependencies.get(List.of(name)), position == null ? 1 : position.line());
    }
  }

  private void named(String name, @Nullable Object value, String condition, Scope scope, int line) {
    switch (value) {
      case String constraint -> constraint(name, constraint, condition, scope, line);
      case TomlTable table -> {
        Scope own = Boolean.TRUE.equals(table.get("optional")) ? Scope.OPTIONAL : scope;
        constraint(name, version(table), marker(table).orElse(condition), own, line);
      }
      case TomlArray alternatives -> {
        for (int i = 0; i < alternatives.size(); i++) {
          // Alternatives of one name hold under different conditions, said or not.
          if (alternatives.get(i) instanceof TomlTable table) {
            constraint(name, version(table), marker(table).orElse("alternative " + i), scope, line);
          }
        }
      }
      case null, default -> lines.problem("not a version constraint of " + name, line);
    }
  }

  private static String version(TomlTable table) {
    return text(table, "version").orElse("*");
  }

  private static Optional<String> marker(TomlTable table) {
    return text(table, "markers").or(() -> text(table, "python")).or(() -> text(table, "platform"));
  }

  private void constraint(String name, String constraint, String marker, Scope scope, int line) {
    Optional<Bounds> bounds = PoetryConstraint.parse(constraint);
    if (bounds.isEmpty()) {
      lines.problem(
          "not a version constraint: " + name + " = " + Lines.shortened(constraint), line);
    } else if (name.equals("python")) {
      lines.python(bounds);
    } else {
      lines.add(name, bounds.get(), marker, scope, line, name + " = \"" + constraint + "\"");
    }
  }

  private static @Nullable Object at(TomlTable toml, String... path) {
    @Nullable Object value = toml;
    for (String key : path) {
      if (!(value instanceof TomlTable table)) {
        return null;
      }
      value = table.get(List.of(key));
    }
    return value;
  }

  private static @Nullable TomlTable table(TomlTable toml, String... path) {
    return at(toml, path) instanceof TomlTable table ? table : null;
  }

  private static @Nullable TomlArray array(TomlTable toml, String... path) {
    return at(toml, path) instanceof TomlArray array ? array : null;
  }

  private static Optional<String> text(TomlTable toml, String... path) {
    return at(toml, path) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
