package io.loadlock.engine.scan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Small projects in a table: `=== title` begins one, `--- path` a further file of it.
final class CaseTable {
  private static final Pattern FILE = Pattern.compile("--- [\\w./-]+");

  private CaseTable() {}

  /// Writes every file of a table, each case in a folder of its own; gives the files' texts.
  static Map<String, String> write(String table, Path folder) throws IOException {
    Map<String, String> files = files(table);
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return files;
  }

  private static Map<String, String> files(String table) throws IOException {
    Map<String, String> files = new TreeMap<>();
    int number = 0;
    String path = "";
    for (String line : text(table + ".txt").split("\n", -1)) {
      if (line.startsWith("=== ")) {
        number++;
        path = number + "/main.py";
      } else if (FILE.matcher(line).matches()) {
        path = number + "/" + line.substring(4);
        files.put(path, "");
      } else if (!path.isEmpty()) {
        files.merge(path, line + "\n", String::concat);
      }
    }
    return files;
  }

  private static String text(String name) throws IOException {
    try (InputStream in = CaseTable.class.getResourceAsStream("cases/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
