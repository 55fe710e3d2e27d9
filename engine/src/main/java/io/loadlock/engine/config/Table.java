package io.loadlock.engine.config;

import io.loadlock.core.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/// One table of a configuration, whose keys and types are checked against the rows of [Key].
final class Table {
  private final String file;
  private final TomlTable toml;

  /// @throws ConfigurationException for a key that no row has, or a value of another type
  Table(String file, String name, TomlTable toml) throws ConfigurationException {
    this.file = file;
    this.toml = toml;
    for (String key : toml.keySet()) {
      Optional<Key> row = Key.of(name).stream().filter(each -> each.name().equals(key)).findFirst();
      if (row.isEmpty()) {
        throw wrong(
            key, "unknown key '" + key + "'; did you mean '" + Key.nearest(name, key) + "'?");
      }
      check(row.get(), toml.get(List.of(key)));
    }
  }

  private void check(Key key, @Nullable Object value) throws ConfigurationException {
    boolean fits =
        switch (key.type()) {
          case TEXT -> value instanceof String;
          case TEXTS -> value instanceof TomlArray array && isTexts(array);
          case NUMBER -> value instanceof Long number && number >= 0 && number <= 255;
          case SEVERITY -> value instanceof String word && Severity.ofWord(word).isPresent();
          case THRESHOLD ->
              value instanceof String word
                  && (word.equals("never") || Severity.ofWord(word).isPresent());
          case SEVERITIES -> value instanceof TomlTable table && isSeverities(table);
          case TABLES -> value instanceof TomlArray array && isTables(array);
          case BY_GLOB -> value instanceof TomlTable table && isByGlob(table);
        };
    if (!fits) {
      throw wrong(key.name(), "'" + key.name() + "' takes " + key.type().words());
    }
  }

  private static boolean isTexts(TomlArray array) {
    return array.toList().stream().allMatch(String.class::isInstance);
  }

  private static boolean isTables(TomlArray array) {
    return array.toList().stream().allMatch(TomlTable.class::isInstance);
  }

  private static boolean isByGlob(TomlTable table) {
    return table.keySet().stream().allMatch(key -> table.get(List.of(key)) instanceof TomlTable);
  }

  private static boolean isSeverities(TomlTable table) {
    return table.keySet().stream()
        .allMatch(
            key ->
                table.get(List.of(key)) instanceof String word
                    && Severity.ofWord(word).isPresent());
  }

  ConfigurationException wrong(String key, String message) {
    TomlPosition at = toml.inputPositionOf(List.of(key));
    return at == null
        ? new ConfigurationException(file, message)
        : new ConfigurationException(file, at.line(), at.column(), message);
  }

  Optional<String> text(String key) {
    return toml.get(List.of(key)) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  int number(String key, int otherwise) {
    return toml.get(List.of(key)) instanceof Long number ? Math.toIntExact(number) : otherwise;
  }

  List<String> texts(String key) {
    if (!(toml.get(List.of(key)) instanceof TomlArray array)) {
      return List.of();
    }
    return array.toList().stream().map(String::valueOf).toList();
  }

  Map<String, Severity> severities(String key) {
    Map<String, Severity> severities = new TreeMap<>();
    if (toml.get(List.of(key)) instanceof TomlTable table) {
      for (String kind : table.keySet()) {
        Severity.ofWord(String.valueOf(table.get(List.of(kind))))
            .ifPresent(severity -> severities.put(kind, severity));
      }
    }
    return severities;
  }

  /// The tables of an array.
  List<Table> tables(String key) throws ConfigurationException {
    List<Table> tables = new ArrayList<>();
    if (toml.get(List.of(key)) instanceof TomlArray array) {
      for (Object each : array.toList()) {
        if (each instanceof TomlTable table) {
          tables.add(new Table(file, key, table));
        }
      }
    }
    return tables;
  }

  /// The tables of a table, by their names in the order of the file.
  Map<String, Table> named(String key) throws ConfigurationException {
    Map<String, Table> tables = new java.util.LinkedHashMap<>();
    if (toml.get(List.of(key)) instanceof TomlTable outer) {
      List<String> names = new ArrayList<>(outer.keySet());
      names.sort(
          java.util.Comparator.comparingInt(
              glob -> {
                TomlPosition at = outer.inputPositionOf(List.of(glob));
                return at == null ? 0 : at.line();
              }));
      for (String glob : names) {
        if (outer.get(List.of(glob)) instanceof TomlTable table) {
          tables.put(glob, new Table(file, key, table));
        }
      }
    }
    return tables;
  }
}
