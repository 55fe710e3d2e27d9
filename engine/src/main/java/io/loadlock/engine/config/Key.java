package io.loadlock.engine.config;

import java.util.List;

/// One key that a configuration can have. The reader, its errors and `docs/configuration.md` are
/// made of these rows.
///
/// @param table where it stands: empty for the top, else `per-path`, `sink`
/// @param name as written
/// @param type what its value is
/// @param meaning one sentence
/// @param example as TOML
public record Key(String table, String name, Type type, String meaning, String example) {

  /// What a value can be.
  public enum Type {
    TEXT("a string"),
    TEXTS("an array of strings"),
    NUMBER("an integer"),
    SEVERITY("critical, high, medium or low"),
    THRESHOLD("critical, high, medium, low or never"),
    SEVERITIES("a table of kinds or rules, each with critical, high, medium or low"),
    TABLES("an array of tables"),
    BY_GLOB("a table of globs, each with a table");

    private final String words;

    Type(String words) {
      this.words = words;
    }

    /// For people.
    public String words() {
      return words;
    }
  }

  static final String TOP = "";
  static final String PER_PATH = "per-path";
  static final String SINK = "sink";

  /// All of them, in the order of the reference.
  public static final List<Key> ALL =
      List.of(
          new Key(
              TOP,
              "select",
              Type.TEXTS,
              "Report only these kinds or rules; `default` stands for all that are on by default,"
                  + " `all` for all.",
              "select = [\"default\", \"import\"]"),
          new Key(
              TOP,
              "ignore",
              Type.TEXTS,
              "Do not report these kinds or rules; a rule stands for those below it as well.",
              "ignore = [\"marshal-load\"]"),
          new Key(
              TOP,
              "severity",
              Type.SEVERITIES,
              "The severity of a kind or a rule, in place of its own.",
              "severity = { torch-jit-load = \"medium\" }"),
          new Key(
              TOP,
              "fail-on",
              Type.THRESHOLD,
              "From which severity on the exit code is 1. Without it: high.",
              "fail-on = \"medium\""),
          new Key(
              TOP,
              "exclude",
              Type.TEXTS,
              "Paths that are not looked at; a glob without `/` matches at any depth.",
              "exclude = [\"vendor/\", \"*_pb2.py\"]"),
          new Key(
              TOP,
              "roots",
              Type.TEXTS,
              "Folders from which the project imports its own modules, besides those found by"
                  + " themselves.",
              "roots = [\"lib\"]"),
          new Key(
              TOP,
              "allow-partial",
              Type.TEXTS,
              "Files that need not be read to their end: they do not make the exit code 3.",
              "allow-partial = [\"tests/broken/*.py\"]"),
          new Key(
              TOP,
              PER_PATH,
              Type.BY_GLOB,
              "What holds for some paths only; later tables win.",
              "[tool.loadlock.per-path.\"tests/**\"]"),
          new Key(
              TOP,
              SINK,
              Type.TABLES,
              "A function of your own that loads what it gets by unpickling.",
              "[[tool.loadlock.sink]]"),
          new Key(PER_PATH, "select", Type.TEXTS, "As at the top.", "select = [\"VNX-PY-013\"]"),
          new Key(PER_PATH, "ignore", Type.TEXTS, "As at the top.", "ignore = [\"torch-load\"]"),
          new Key(
              PER_PATH,
              "severity",
              Type.SEVERITIES,
              "As at the top.",
              "severity = { VNX-PY-013 = \"low\" }"),
          new Key(
              SINK,
              "names",
              Type.TEXTS,
              "Its dotted names, as they are imported; `module.Class.method` for a method.",
              "names = [\"acme.io.load_model\"]"),
          new Key(
              SINK,
              "form",
              Type.TEXT,
              "`function` (default), `constructor`, `method` or `class-method`.",
              "form = \"function\""),
          new Key(
              SINK,
              "kind",
              Type.TEXT,
              "What its findings are called. Without it: `project-load`.",
              "kind = \"acme-load\""),
          new Key(SINK, "severity", Type.SEVERITY, "Without it: critical.", "severity = \"high\""),
          new Key(
              SINK,
              "loads",
              Type.TEXT,
              "The parameter that holds the path, file or bytes.",
              "loads = \"path\""),
          new Key(
              SINK, "loads-position", Type.NUMBER, "Its position, from 0.", "loads-position = 0"),
          new Key(
              SINK,
              "safe-argument",
              Type.TEXT,
              "The parameter that makes a call safe.",
              "safe-argument = \"trusted\""),
          new Key(
              SINK,
              "safe-position",
              Type.NUMBER,
              "Its position, from 0; without it the parameter is keyword-only.",
              "safe-position = 1"),
          new Key(
              SINK,
              "safe-when",
              Type.TEXT,
              "`true` (default), `false` or `given`: which value of it is safe.",
              "safe-when = \"false\""),
          new Key(
              SINK,
              "codes",
              Type.TEXTS,
              "Codes whose suppression comments accept it.",
              "codes = [\"S301\"]"),
          new Key(
              SINK,
              "advice",
              Type.TEXT,
              "One sentence: what to write instead.",
              "advice = \"Use acme.io.load_weights.\""));

  static List<Key> of(String table) {
    return ALL.stream().filter(key -> key.table().equals(table)).toList();
  }

  /// The key of a table that is nearest to a misspelt one.
  static String nearest(String table, String wrong) {
    String best = "";
    int least = Integer.MAX_VALUE;
    for (Key key : of(table)) {
      int distance = distance(key.name(), wrong.replace('_', '-'));
      if (distance < least) {
        least = distance;
        best = key.name();
      }
    }
    return best;
  }

  /// Levenshtein's.
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
