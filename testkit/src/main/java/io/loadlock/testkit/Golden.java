package io.loadlock.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Text that is kept in a file and reviewed like code. `./dev golden` rewrites the files that
/// differ; nothing else does.
public final class Golden {
  private Golden() {}

  /// Compares `actual` with the content of `file`, or puts it there when the run is to rewrite.
  ///
  /// @param file relative to the module's folder, such as `src/test/resources/golden/help.txt`
  /// @throws AssertionError that names the first line that differs
  public static void check(Path file, String actual) {
    check(file, actual, "rewrite".equals(System.getProperty("loadlock.golden")));
  }

  static void check(Path file, String actual, boolean rewrite) {
    try {
      String expected = Files.exists(file) ? Files.readString(file) : null;
      if (actual.equals(expected)) {
        return;
      }
      if (rewrite) {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
          Files.createDirectories(folder);
        }
        Files.writeString(file, actual);
        return;
      }
      throw new AssertionError(
          (expected == null ? "there is no " + file : difference(file, expected, actual))
              + "; if that is meant, ./dev golden rewrites it");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String difference(Path file, String expected, String actual) {
    String[] was = expected.split("\n", -1);
    String[] is = actual.split("\n", -1);
    int line = 0;
    while (line < was.length && line < is.length && was[line].equals(is[line])) {
      line++;
    }
    return "%s differs from line %d on%nexpected: %s%n but was: %s"
        .formatted(file, line + 1, at(was, line), at(is, line));
  }

  private static String at(String[] lines, int index) {
    return index < lines.length ? lines[index] : "(the end)";
  }
}
