package io.loadlock.engine.scan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.loadlock.engine.walk.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void oneSourceHasItsLimit() throws IOException {
    Sources sources = new Sources();
    add(sources, "a.py", 257 * MEBIBYTE);
    assertEquals("it is larger than 256 MiB", refusal(sources, "a.py"));
  }

  @Test
  void largeSourcesHaveOneTogetherInTheOrderOfTheirPaths() throws IOException {
    Sources sources = new Sources();
    add(sources, "z.py", 2);
    add(sources, "d.py", 17 * MEBIBYTE);
    add(sources, "b.py", 200 * MEBIBYTE);
    add(sources, "a.ipynb", 200 * MEBIBYTE);
    add(sources, "c.py", 40 * MEBIBYTE);
    assertEquals(
        "it is larger than 16 MiB, and such sources are more than 256 MiB in all",
        refusal(sources, "d.py"));
    assertArrayEquals(new byte[] {'1', '\n'}, sources.read("z.py"));
  }

  private void add(Sources sources, String path, long size) throws IOException {
    Path file = Files.writeString(folder.resolve(path), "1\n");
    sources.add(new Found(path, file, Found.Kind.SOURCE, size, false));
  }

  private static String refusal(Sources sources, String path) {
    return String.valueOf(assertThrows(IOException.class, () -> sources.read(path)).getMessage());
  }
}
