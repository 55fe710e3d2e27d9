package io.loadlock.engine.judge;

import io.loadlock.fix.Trees;
import io.loadlock.python.notebook.Notebook;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.project.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sources parsed once more for their fixes, the last few kept: sites come file by file, and their
/// callers are few.
final class ParsedTrees implements Trees {
  private static final int KEPT = 16;

  private final SourceTree sources;
  private final Map<String, Map<String, Boolean>> holders = new HashMap<>();
  private final Map<String, Optional<ParsedSource>> parsed =
      new LinkedHashMap<>(KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<ParsedSource>> eldest) {
          return size() > KEPT;
        }
      };

  ParsedTrees(SourceTree sources) {
    this.sources = sources;
  }

  @Override
  public List<String> paths() {
    return sources.paths();
  }

  @Override
  public Optional<ParsedSource> of(String path) {
    return parsed.computeIfAbsent(path, this::parse);
  }

  @Override
  public boolean mayHold(String path, String word) {
    return holders
        .computeIfAbsent(word, _ -> new HashMap<>())
        .computeIfAbsent(path, it -> holds(it, word));
  }

  private boolean holds(String path, String word) {
    try {
      byte[] bytes = sources.read(path);
      return new String(bytes, StandardCharsets.ISO_8859_1)
          .contains(new String(word.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      return true; // not known
    }
  }

  private Optional<ParsedSource> parse(String path) {
    try {
      byte[] bytes = sources.read(path);
      return Optional.of(
          path.endsWith(".ipynb") ? Notebook.read(bytes).source() : Parser.parse(bytes));
    } catch (IOException e) {
      return Optional.empty(); // gone since it was scanned: nothing to change
    }
  }
}
