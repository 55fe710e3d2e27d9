package io.loadlock.artifact.savedmodel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// The rows of the resource `operators`, and the names of `known`. Read when the first graph is
/// met.
public final class Operators {
  /// When an operator counts.
  enum Rule {
    RUNS,
    PATH,
    STREAM,
    URLS,
    SOURCE
  }

  record Row(Rule rule, String what) {}

  private static final Map<String, Row> ROWS = rows();
  private static final Set<String> KNOWN = known();

  /// Prefixes of the operators of libraries that come from the same project.
  private static final List<String> RELATED =
      List.of(
          "Addons>",
          "TFText>",
          "TFLite_",
          "SimpleML",
          "Sentencepiece",
          "Wordpiece",
          "FastWordpiece",
          "Whitespace",
          "UnicodeScript",
          "NormalizeUTF8",
          "CaseFoldUTF8",
          "RegexSplit",
          "RougeL",
          "NgramsString",
          "XlaCallModule",
          "_",
          "TRTEngineOp");

  private Operators() {}

  static Optional<Row> row(String operator) {
    return Optional.ofNullable(ROWS.get(operator));
  }

  /// What an operator does that reaches out of the graph whenever it is there; empty for others.
  public static Optional<String> whatAlways(String operator) {
    return row(operator).filter(row -> row.rule() == Rule.RUNS).map(Row::what);
  }

  static boolean isKnown(String operator) {
    if (KNOWN.contains(operator)) {
      return true;
    }
    for (String prefix : RELATED) {
      if (operator.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new HashMap<>();
    lines(
        "operators",
        line -> {
          String[] columns = line.split("\t", -1);
          rows.put(
              columns[0], new Row(Rule.valueOf(columns[1].toUpperCase(Locale.ROOT)), columns[2]));
        });
    return Map.copyOf(rows);
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>();
    lines("known", known::add);
    return Set.copyOf(known);
  }

  private static void lines(String resource, Consumer<String> use) {
    try (InputStream in = Operators.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the resource " + resource + " is missing");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isEmpty() && !line.startsWith("#")) {
          use.accept(line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }
}
