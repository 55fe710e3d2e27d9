package io.loadlock.artifact.lock;

import io.loadlock.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// `loadlock.lock`: sorted, diffable TOML, one `[[model]]` table a file. For every lock file `x`,
/// `parse(x.render())` equals `x`.
///
/// @param entries by path in code point order, each path once
public record LockFile(List<LockEntry> entries) {
  /// The name of the file, in the folder that its paths start from.
  public static final String NAME = "loadlock.lock";

  private static final long VERSION = 1;

  public LockFile {
    entries = entries.stream().sorted(Comparator.comparing(LockEntry::path)).toList();
    Set<String> paths = new HashSet<>();
    for (LockEntry entry : entries) {
      if (!paths.add(entry.path())) {
        throw new IllegalArgumentException("locked twice: " + entry.path());
      }
    }
  }

  /// The text of the file, UTF-8, lines ended by `\n`.
  public String render() {
    StringBuilder text = new StringBuilder();
    text.append("# Written by `loadlock lock`, checked by `loadlock verify`.\nversion = ")
        .append(VERSION)
        .append('\n');
    for (LockEntry entry : entries) {
      text.append("\n[[model]]\npath = ").append(quoted(entry.path()));
      text.append("\nsize = ").append(entry.size());
      text.append("\nsha256 = ").append(quoted(entry.sha256()));
      text.append("\nsource = ").append(quoted(entry.source().word()));
      if (!entry.verdict().isEmpty()) {
        text.append("\nverdict = ").append(quoted(entry.verdict()));
      }
      text.append('\n');
    }
    return text.toString();
  }

  /// Reads a lock file. One wrong row makes the whole file wrong: a lock that is half understood
  /// protects nothing.
  ///
  /// @throws MalformedException with the line in its message and offset 0
  public static LockFile parse(byte[] content) throws MalformedException {
    TomlParseResult toml = Toml.parse(new String(content, StandardCharsets.UTF_8));
    if (toml.hasErrors()) {
      TomlParseError error = toml.errors().getFirst();
      throw malformed(String.valueOf(error.getMessage()), error.position().line());
    }
    if (!(toml.get("version") instanceof Long version)) {
      throw malformed("it has no version", 1);
    }
    if (version != VERSION) {
      throw malformed(
          "version " + version + " was written by another loadlock; this one reads " + VERSION, 1);
    }
    List<LockEntry> entries = new ArrayList<>();
    Set<String> paths = new HashSet<>();
    if (toml.get("model") instanceof TomlArray models) {
      for (int i = 0; i < models.size(); i++) {
        int line = models.inputPositionOf(i).line();
        LockEntry entry = entry(models.get(i), line);
        if (!paths.add(entry.path())) {
          throw malformed("locked twice: " + entry.path(), line);
        }
        entries.add(entry);
      }
    }
    return new LockFile(entries);
  }

  private static LockEntry entry(@Nullable Object value, int line) throws MalformedException {
    if (!(value instanceof TomlTable table)
        || !(table.get("path") instanceof String path)
        || !(table.get("size") instanceof Long size)
        || !(table.get("sha256") instanceof String sha256)
        || !(table.get("source") instanceof String source)) {
      throw malformed("a model needs path, size, sha256 and source", line);
    }
    Object verdict = table.get("verdict");
    try {
      return new LockEntry(
          path, size, sha256, source(source, line), verdict instanceof String word ? word : "");
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()), line);
    }
  }

  private static LockEntry.Source source(String word, int line) throws MalformedException {
    for (LockEntry.Source source : LockEntry.Source.values()) {
      if (source.word().equals(word)) {
        return source;
      }
    }
    throw malformed("no source of digests: " + word, line);
  }

  private static MalformedException malformed(String problem, int line) {
    return new MalformedException("line " + line + ": " + problem, 0);
  }

  /// A TOML basic string.
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < 0x20 || c == 0x7F) {
        quoted.append("\\u%04X".formatted((int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
