package io.loadlock.pins.file;

import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Version;
import java.util.Optional;

/// Lock files in TOML: `poetry.lock`, `uv.lock`, `pdm.lock` (`[[package]]`) and `pylock.toml`
/// (`[[packages]]`, PEP 751).
///
/// Tools write them, one key a line, up to tens of megabytes; so they are read by lines, and only a
/// package's own name and version are looked at. A row that the lock keeps for development only
/// cannot be told apart in every tool and counts all the same: a lock has one version of a package.
final class LockReader {
  private LockReader() {}

  static PinFile read(String path, PinFormat format, byte[] content) {
    Lines lines = new Lines(path, format);
    String text = Lines.decode(content);
    String header = format == PinFormat.PYLOCK ? "[[packages]]" : "[[package]]";
    boolean inPackage = false;
    String name = "";
    int line = 0;
    for (int from = 0; from < text.length(); ) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      line++;
      String row = text.substring(from, end).stripTrailing();
      from = end + 1;
      if (row.startsWith("[")) {
        inPackage = row.equals(header);
        name = "";
      } else if (inPackage && row.startsWith("name")) {
        name = value(row, "name").orElse("");
      } else if (inPackage && row.startsWith("version")) {
        Optional<String> version = value(row, "version");
        if (version.isPresent() && !name.isEmpty()) {
          add(lines, name, version.get(), line);
        }
      }
    }
    return lines.file();
  }

  private static void add(Lines lines, String name, String version, int line) {
    // What is no version of PEP 440 may be any; the other rows stay.
    Bounds bounds = Version.parse(version).map(Bounds::exactly).orElse(Bounds.ANY);
    lines.add(name, bounds, "", Scope.RUNTIME, line, name + " " + Lines.shortened(version));
  }

  /// The text of `key = "text"`; empty when the row is another one.
  private static Optional<String> value(String row, String key) {
    String rest = row.substring(key.length()).strip();
    if (!rest.startsWith("=")) {
      return Optional.empty();
    }
    String quoted = rest.substring(1).strip();
    boolean closed = quoted.length() >= 2 && (quoted.charAt(0) == '"' || quoted.charAt(0) == '\'');
    int close = closed ? quoted.indexOf(quoted.charAt(0), 1) : -1;
    return close < 0 ? Optional.empty() : Optional.of(quoted.substring(1, close));
  }
}
