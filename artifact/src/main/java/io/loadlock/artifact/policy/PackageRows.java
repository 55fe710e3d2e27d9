package io.loadlock.artifact.policy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rows of one file pair. The review is parsed whole; the evidence, which may hold thousands of
/// classes, stays text and is searched.
@SuppressWarnings("StringSplitter") // rows have no empty columns at their end
final class PackageRows {
  private final String name;
  private final Map<String, Reviewed> reviews;
  private final Map<String, String> aliases;
  private final String evidence;

  /// Where the classes of a module stand in the evidence.
  private final Map<String, Section> sections;

  private record Section(int from, int limit) {}

  private final boolean compiledIsData;

  private PackageRows(
      String name,
      Map<String, Reviewed> reviews,
      Map<String, String> aliases,
      String evidence,
      boolean compiledIsData) {
    this.name = name;
    this.compiledIsData = compiledIsData;
    this.reviews = reviews;
    this.aliases = aliases;
    this.evidence = evidence;
    this.sections = sections(evidence);
  }

  private static Map<String, Section> sections(String evidence) {
    Map<String, Section> sections = new HashMap<>();
    int start = evidence.indexOf("\n@");
    while (start >= 0) {
      int line = evidence.indexOf('\n', start + 1);
      int from = line < 0 ? evidence.length() : line;
      int next = evidence.indexOf("\n@", from);
      sections.put(
          evidence.substring(start + 2, from),
          new Section(from, next < 0 ? evidence.length() : next + 1));
      start = next;
    }
    return sections;
  }

  String name() {
    return name;
  }

  @Nullable Reviewed review(String module, String name) {
    Reviewed row = reviews.get(module + ":" + name);
    if (row != null) {
      return row;
    }
    Reviewed all = reviews.get(module + ":*");
    return all != null && evidence(module, name) != null ? all : null;
  }

  /// Whether a reviewer found that the package's compiled classes hold numbers and reach nothing
  /// else.
  boolean compiledIsData() {
    return compiledIsData;
  }

  /// The module whose rows this one shares, such as `builtins` for `__builtin__`.
  @Nullable String alias(String module) {
    return aliases.get(module);
  }

  @Nullable ClassRow evidence(String module, String name) {
    Section section = sections.get(module);
    if (section == null) {
      return null;
    }
    int from = section.from();
    int limit = section.limit();
    int line = evidence.indexOf("\n" + name + "\t", from, limit);
    if (line < 0) {
      return null;
    }
    int bases = line + name.length() + 2;
    int stop = evidence.indexOf('\n', bases);
    String rest = evidence.substring(bases, stop < 0 ? evidence.length() : stop);
    int tab = rest.indexOf('\t');
    return tab < 0
        ? ClassRow.parse(module, rest, "")
        : ClassRow.parse(module, rest.substring(0, tab), rest.substring(tab + 1));
  }

  /// What the evidence says of a function: empty where it is harmless to keep, `=` where a pickle
  /// may call it, `>type` or `>class` where that makes an instance of its first argument without or
  /// with `__init__`. Null where nothing is known.
  @Nullable String function(String module, String name) {
    Section section = sections.get(module);
    if (section == null || !evidence.startsWith("\ndef\t", section.from())) {
      return null;
    }
    int from = section.from() + "\ndef".length();
    int limit = evidence.indexOf('\n', from + 1);
    for (int at = evidence.indexOf(name, from, limit);
        at >= 0;
        at = evidence.indexOf(name, at + 1, limit)) {
      int end = at + name.length();
      char before = evidence.charAt(at - 1);
      if (before == ' ' || before == '\t') {
        int stop = end;
        while (stop < limit && evidence.charAt(stop) != ' ') {
          stop++;
        }
        String mark = evidence.substring(end, stop);
        if (mark.isEmpty() || mark.startsWith("=") || mark.startsWith(">")) {
          return mark.endsWith("!") ? mark.substring(0, mark.length() - 1) : mark;
        }
      }
    }
    return null;
  }

  /// `module:name` → verdict, for the tests that look for contradictions.
  Map<String, Reviewed> reviews() {
    return Map.copyOf(reviews);
  }

  Map<String, String> aliases() {
    return Map.copyOf(aliases);
  }

  /// Reads a review:
  ///
  /// ```
  /// # a comment
  /// @collections                          rows below are of this module
  /// @__builtin__ = builtins               this module shares that one's rows
  /// OrderedDict<tab>class<tab>data<tab>why<tab>source
  /// ```
  ///
  /// Several names before the first tab share one verdict; `*` is every class that the evidence
  /// lists in that module. `%compiled = data` vets every compiled class of the package that no row
  /// names.
  static PackageRows parse(String name, String review, String evidence) {
    Map<String, Reviewed> reviews = new HashMap<>();
    Map<String, String> aliases = new HashMap<>();
    String module = "";
    boolean compiledIsData = false;
    int number = 0;
    for (String line : (Iterable<String>) review.lines()::iterator) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.equals("%compiled = data")) {
        compiledIsData = true;
        continue;
      }
      if (line.startsWith("@")) {
        int equals = line.indexOf(" = ");
        if (equals > 0) {
          aliases.put(line.substring(1, equals), line.substring(equals + 3));
        } else {
          module = line.substring(1);
        }
        continue;
      }
      String[] columns = line.split("\t");
      if (columns.length < 4) {
        throw new IllegalStateException(name + ".review:" + number + " has fewer than 4 columns");
      }
      Reviewed verdict = Reviewed.parse(columns[1], columns[2], columns[3]);
      for (String one : columns[0].split(" ")) {
        if (reviews.put(module + ":" + one, verdict) != null) {
          throw new IllegalStateException(name + ".review:" + number + " repeats " + one);
        }
      }
    }
    return new PackageRows(name, reviews, aliases, "\n" + evidence, compiledIsData);
  }

  /// Reads `TOP-LEVEL-MODULE FILE` lines.
  static Map<String, String> index(String text) {
    Map<String, String> files = new HashMap<>();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      int space = line.indexOf(' ');
      if (space > 0) {
        files.put(line.substring(0, space), line.substring(space + 1));
      }
    }
    return files;
  }
}
