package io.loadlock.python.project;

import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.LoadSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tables of snippets: `=== title` begins one, `--- path` a further file of it. A line that ends in
/// `# flag` must be reported, one with `# maybe` may be, and no other line.
final class Cases {
  private static final String FIRST = "main.py";

  private Cases() {}

  /// One snippet.
  record Case(String title, Map<String, String> files) {}

  static List<Case> read(String table) {
    List<Case> cases = new ArrayList<>();
    String title = "";
    String path = FIRST;
    Map<String, String> files = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    for (String line : (table + "\n=== ").split("\n")) {
      boolean next = line.startsWith("=== ");
      if (next || line.startsWith("--- ")) {
        if (!text.toString().isBlank() || !path.equals(FIRST)) {
          files.put(path, text.toString());
        }
        text.setLength(0);
        if (next) {
          if (!files.isEmpty()) {
            cases.add(new Case(title, files));
          }
          title = line.substring(4).strip();
          path = FIRST;
          files = new TreeMap<>();
        } else {
          path = line.substring(4).strip();
        }
      } else {
        text.append(line).append('\n');
      }
    }
    return cases;
  }

  /// What is wrong with the answer to a snippet; nothing when it is right.
  static List<String> wrong(Case one) {
    List<String> wrong = new ArrayList<>();
    Map<String, List<Integer>> lazy = lines(one, false);
    Map<String, List<Integer>> thorough = lines(one, true);
    if (!lazy.equals(thorough)) {
      wrong.add(one.title() + ": lazy " + lazy + ", thorough " + thorough);
    }
    one.files()
        .forEach(
            (path, text) -> {
              String[] written = text.split("\n");
              List<Integer> found = thorough.getOrDefault(path, List.of());
              for (int line = 1; line <= written.length; line++) {
                String source = written[line - 1];
                boolean reported = found.contains(line);
                if (source.endsWith("# flag") && !reported) {
                  wrong.add(one.title() + ": missed " + path + ":" + line + "  " + source.strip());
                } else if (reported && !source.endsWith("# flag") && !source.endsWith("# maybe")) {
                  wrong.add(one.title() + ": noise " + path + ":" + line + "  " + source.strip());
                }
              }
            });
    return wrong;
  }

  private static Map<String, List<Integer>> lines(Case one, boolean thorough) {
    Map<String, List<Integer>> lines = new TreeMap<>();
    for (FileFacts facts : facts(one.files(), thorough)) {
      TreeSet<Integer> found = new TreeSet<>();
      for (LoadSite site : facts.sites()) {
        if (Verdict.reported(site)) {
          found.add(site.location().start().line());
        }
      }
      if (!found.isEmpty()) {
        lines.put(facts.path(), List.copyOf(found));
      }
    }
    return lines;
  }

  static List<FileFacts> facts(Map<String, String> files, boolean thorough) {
    Options options =
        new Options(
            Sinks.standard(), List.of(), java.util.Set.of(), thorough, 1, Options.Progress.NONE);
    return PythonScan.scan(new Buffers(files), options);
  }

  /// Files in memory.
  private record Buffers(Map<String, String> files) implements SourceTree {
    @Override
    public List<String> paths() {
      return List.copyOf(new TreeMap<>(files).keySet());
    }

    @Override
    public byte[] read(String path) throws IOException {
      @Nullable String text = files.get(path);
      if (text == null) {
        throw new IOException("no such file");
      }
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }

  /// Runs the tables given by path.
  public static void main(String[] tables) {
    int count = 0;
    int right = 0;
    for (String table : tables) {
      try {
        for (Case one : read(Files.readString(Path.of(table)))) {
          List<String> wrong = wrong(one);
          count++;
          right += wrong.isEmpty() ? 1 : 0;
          wrong.forEach(line -> System.out.println(Path.of(table).getFileName() + ": " + line));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    System.out.println(right + " of " + count + " right");
  }
}
