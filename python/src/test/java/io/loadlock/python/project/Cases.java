package io.loadlock.python.project;

import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.LoadSite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tables of snippets: `=== title` begins one, `--- path` a further file of it. A line that ends in
/// `# flag` must be reported, one with `# maybe` may be, and no other line.
///
/// `--- path :: words` says how the file is stored: `crlf`, `cr`, `nonl` without a final newline,
/// `bom8`, `bom16`, `bom16be`, or the name of an encoding. A path that ends in `.ipynb` is a
/// notebook whose cells begin with `# %%`, or `# %% [markdown]`; its JSON has one line for each.
final class Cases {
  private static final String FIRST = "main.py";
  private static final Pattern FILE = Pattern.compile("--- [\\w./-]+( ::.*)?");
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private Cases() {}

  /// One snippet.
  record Case(String title, Map<String, String> files, Map<String, String> layouts) {
    Map<String, byte[]> bytes() {
      Map<String, byte[]> bytes = new TreeMap<>();
      files.forEach(
          (path, text) -> bytes.put(path, stored(path, text, layouts.getOrDefault(path, ""))));
      return bytes;
    }
  }

  private static byte[] stored(String path, String text, String layout) {
    if (path.endsWith(".ipynb")) {
      return notebook(text.stripTrailing()).getBytes(StandardCharsets.UTF_8);
    }
    String written = text.stripTrailing() + "\n";
    Charset charset = StandardCharsets.UTF_8;
    String before = "";
    for (String word : layout.strip().split(" ")) {
      switch (word) {
        case "" -> {}
        case "crlf" -> written = written.replace("\n", "\r\n");
        case "cr" -> written = written.replace("\n", "\r");
        case "nonl" -> written = written.stripTrailing();
        case "bom8" -> before = BYTE_ORDER_MARK;
        case "bom16" -> {
          before = BYTE_ORDER_MARK;
          charset = StandardCharsets.UTF_16LE;
        }
        case "bom16be" -> {
          before = BYTE_ORDER_MARK;
          charset = StandardCharsets.UTF_16BE;
        }
        default -> charset = Charset.forName(word);
      }
    }
    return (before + written).getBytes(charset);
  }

  /// A notebook in which each line stands on the line of the file on which the table has it.
  private static String notebook(String text) {
    StringBuilder json = new StringBuilder();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      if (lines[i].startsWith("# %%")) {
        json.append(
            i == 0
                ? "{\"nbformat\":4,\"nbformat_minor\":5,"
                    + "\"metadata\":{\"language_info\":{\"name\":\"python\"}},\"cells\":["
                : "]},");
        json.append(
            lines[i].contains("[markdown]")
                ? "{\"cell_type\":\"markdown\",\"metadata\":{},\"source\":["
                : "{\"cell_type\":\"code\",\"metadata\":{},\"outputs\":[],"
                    + "\"execution_count\":null,\"source\":[");
      } else {
        boolean last = i + 1 == lines.length || lines[i + 1].startsWith("# %%");
        json.append('"').append(lines[i].replace("\\", "\\\\").replace("\"", "\\\""));
        json.append(last ? "\"" : "\\n\",");
      }
      json.append('\n');
    }
    return json.append("]}]}\n").toString();
  }

  static List<Case> read(String table) {
    List<Case> cases = new ArrayList<>();
    String title = "";
    String path = FIRST;
    Map<String, String> files = new TreeMap<>();
    Map<String, String> layouts = new TreeMap<>();
    StringBuilder text = new StringBuilder();
    for (String line : (table + "\n=== ").split("\n")) {
      boolean next = line.startsWith("=== ");
      if (next || FILE.matcher(line).matches()) {
        if (!text.toString().isBlank() || !path.equals(FIRST)) {
          files.put(path, text.toString());
        }
        text.setLength(0);
        if (next) {
          if (!files.isEmpty()) {
            cases.add(new Case(title, files, Map.copyOf(layouts)));
            layouts.clear();
          }
          title = line.substring(4).strip();
          path = FIRST;
          files = new TreeMap<>();
        } else {
          String[] words = line.substring(4).split(" :: ", 2);
          path = words[0].strip();
          if (words.length > 1) {
            layouts.put(path, words[1]);
          }
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
    for (FileFacts facts : scan(one.bytes(), thorough)) {
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
    return scan(new Case("", files, Map.of()).bytes(), thorough);
  }

  private static List<FileFacts> scan(Map<String, byte[]> files, boolean thorough) {
    Options options =
        new Options(
            Sinks.standard(), List.of(), java.util.Set.of(), thorough, 1, Options.Progress.NONE);
    return PythonScan.scan(new Buffers(files), options);
  }

  /// Files in memory.
  private record Buffers(Map<String, byte[]> files) implements SourceTree {
    @Override
    public List<String> paths() {
      return List.copyOf(new TreeMap<>(files).keySet());
    }

    @Override
    public byte[] read(String path) throws IOException {
      byte @Nullable [] bytes = files.get(path);
      if (bytes == null) {
        throw new IOException("no such file");
      }
      return bytes;
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
