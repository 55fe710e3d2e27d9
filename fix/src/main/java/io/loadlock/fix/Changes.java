package io.loadlock.fix;

import io.loadlock.core.Fix.Edit;
import io.loadlock.core.Location;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.SourceText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The changes that make one fix, in as many files as it takes.
final class Changes {
  private final Map<String, Of> files = new TreeMap<>();

  private record Of(SourceText source, Set<Change> changes) {}

  /// The same change asked for twice is one.
  void add(Scene scene, Change change) {
    add(scene.path(), scene.parsed(), change);
  }

  void add(String path, ParsedSource parsed, Change change) {
    files
        .computeIfAbsent(path, _ -> new Of(parsed.source(), new LinkedHashSet<>()))
        .changes()
        .add(change);
  }

  /// Lets the lines that changes bring between two offsets begin with `step` more.
  void indent(Scene scene, int start, int end, String step) {
    Of file = files.get(scene.path());
    if (file != null) {
      List<Change> old = List.copyOf(file.changes());
      file.changes().clear();
      for (Change change : old) {
        boolean within = change.start() >= start && change.end() <= end;
        String text = within ? change.text().replace("\n", "\n" + step) : change.text();
        file.changes().add(new Change(change.start(), change.end(), text));
      }
    }
  }

  int size() {
    return files.values().stream().mapToInt(file -> file.changes().size()).sum();
  }

  boolean isEmpty() {
    return files.isEmpty();
  }

  /// As edits of the files on disk, in order of path and position.
  List<Edit> edits() {
    List<Edit> edits = new ArrayList<>();
    files.forEach((path, file) -> edits(path, file, edits));
    return edits;
  }

  private static void edits(String path, Of file, List<Edit> edits) {
    SourceText source = file.source();
    boolean notebook = source.locate(path, 0, 0).cell().isPresent();
    String separator = Lines.separator(source.text());
    List<Change> sorted = new ArrayList<>(file.changes());
    sorted.sort(Comparator.comparingInt(Change::start));
    for (Change change : sorted) {
      Location.Source where = source.locate(path, change.start(), change.end());
      String text = change.text();
      edits.add(new Edit(where, notebook ? json(text) : text.replace("\n", separator)));
    }
  }

  /// As it stands within a string of JSON.
  private static String json(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }
}
