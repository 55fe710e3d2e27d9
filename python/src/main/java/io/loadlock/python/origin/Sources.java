package io.loadlock.python.origin;

import io.loadlock.python.origin.Source.Shape;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The catalogue of sources, asked by resolved dotted names. Immutable; safe from several threads.
public final class Sources {
  private static final Sources STANDARD =
      new Sources(List.of(WebSources.ROWS, NetworkSources.ROWS, UserSources.ROWS));

  private final Map<Shape, Map<String, Source>> rows = new EnumMap<>(Shape.class);

  private Sources(List<List<Source>> tables) {
    for (Shape shape : Shape.values()) {
      rows.put(shape, new HashMap<>());
    }
    for (List<Source> table : tables) {
      for (Source row : table) {
        table(row.shape()).put(row.name(), row);
      }
    }
  }

  /// The rows that loadlock comes with.
  public static Sources standard() {
    return STANDARD;
  }

  private Map<String, Source> table(Shape shape) {
    return java.util.Objects.requireNonNull(rows.get(shape));
  }

  /// The row of exactly this name.
  public Optional<Source> find(Shape shape, String name) {
    return Optional.ofNullable(table(shape).get(name));
  }

  /// The row of the name or of the longest beginning of it, up to a dot: what is read of a source
  /// comes from it as well.
  public Optional<Source> value(String dotted) {
    if (dotted.endsWith("__")) {
      return Optional.empty(); // `boto3.__version__` comes with the program
    }
    Map<String, Source> values = table(Shape.VALUE);
    for (int end = dotted.length(); end > 0; end = dotted.lastIndexOf('.', end - 1)) {
      Source row = values.get(dotted.substring(0, end));
      if (row != null) {
        return Optional.of(row);
      }
    }
    return Optional.empty();
  }

  /// How many rows the tables have.
  public static int written() {
    return WebSources.ROWS.size() + NetworkSources.ROWS.size() + UserSources.ROWS.size();
  }

  /// Every row, for documentation and tests.
  public List<Source> all() {
    return rows.values().stream().flatMap(table -> table.values().stream()).toList();
  }
}
