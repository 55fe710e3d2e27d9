package io.loadlock.engine.judge;

import io.loadlock.python.project.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether a comment stands alone on its line. The file is read once more for it, which only a
/// comment on the line before a load makes necessary.
final class Alone {
  private final SourceTree sources;
  private final String path;
  private @Nullable List<String> lines;

  Alone(SourceTree sources, String path) {
    this.sources = sources;
    this.path = path;
  }

  boolean test(int line) {
    List<String> read = lines;
    if (read == null) {
      read = read();
      lines = read;
    }
    if (line < 1 || line > read.size()) {
      return false;
    }
    String text = read.get(line - 1).strip();
    // A line of a notebook is a JSON string.
    return text.startsWith("#")
        || text.startsWith("\"") && text.substring(1).strip().startsWith("#");
  }

  private List<String> read() {
    try {
      String text = new String(sources.read(path), StandardCharsets.ISO_8859_1);
      return List.of(text.split("\\r\\n|\\r|\\n", -1));
    } catch (IOException e) {
      return List.of();
    }
  }
}
