package io.loadlock.engine.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

class InspectorTest {
  private static Inspection inspect(byte[] bytes, String name) {
    return Inspector.standard().inspect(ByteSource.of(bytes), name, Limits.DEFAULT);
  }

  static byte[] zip(String name, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
    }
    return out.toByteArray();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }

  @Test
  void skipsWhatIsNoFileToRead() {
    assertEquals(new Outcome.Skipped("empty"), inspect(new byte[0], "model.pt").outcome());
    byte[] pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:00\n"
            .getBytes(StandardCharsets.UTF_8);
    assertInstanceOf(Outcome.Skipped.class, inspect(pointer, "model.pt").outcome());
  }

  @Test
  void descendsThroughContainers() throws IOException {
    Inspection outer = inspect(gzip(zip("inner.zip", zip("empty.txt", new byte[0]))), "a.zip.gz");
    assertEquals("gzip", outer.format());
    Inspection zip = outer.nested().get(0);
    assertEquals("zip", zip.format());
    assertEquals("a.zip", zip.name());
    assertEquals("inner.zip", zip.nested().get(0).name());
    assertInstanceOf(Outcome.Skipped.class, outer.outcome());
  }

  /// A program that unpacks itself, a `.jmod`: an archive with something in front of it.
  @Test
  void whatIsOddAboutAnArchiveOfNothingIsNotSaid() throws IOException {
    Inspection nothing = inspect(behind("\177ELF", zip("a.bin", new byte[] {1, 2, 3})), "unpack");
    assertInstanceOf(Outcome.Skipped.class, nothing.outcome());
    assertEquals(List.of(), nothing.readings().get(0).notices());
    byte[] pickle = "cos\nsystem\n(S'echo hi'\ntR.".getBytes(StandardCharsets.UTF_8);
    Inspection payload = inspect(behind("\177ELF", zip("a.pkl", pickle)), "unpack");
    assertEquals(Verdict.RUNS_CODE, payload.verdict());
    assertEquals("zip-prepended", payload.readings().get(0).notices().get(0).kind());
  }

  private static byte[] behind(String front, byte[] archive) {
    byte[] first = front.getBytes(StandardCharsets.ISO_8859_1);
    byte[] whole = Arrays.copyOf(first, first.length + archive.length);
    System.arraycopy(archive, 0, whole, first.length, archive.length);
    return whole;
  }

  @Test
  void stopsAtTheDepthAndSaysSo() throws IOException {
    byte[] bytes = new byte[] {1};
    for (int i = 0; i < 20; i++) {
      bytes = zip("z", bytes);
    }
    Inspection outer = inspect(bytes, "deep.zip");
    assertInstanceOf(Outcome.Partial.class, outer.outcome());
    assertTrue(outer.outcome().problems().get(0).reason().contains("nested deeper than 8"));
  }

  @Test
  void damagedStreamsArePartial() throws IOException {
    byte[] whole = gzip(zip("a", new byte[1000]));
    Inspection cut = inspect(java.util.Arrays.copyOf(whole, whole.length - 9), "a.gz");
    assertInstanceOf(Outcome.Partial.class, cut.outcome());
  }

  @Test
  void bombsEndByTheBudget() throws IOException {
    byte[] bomb = gzip(zip("a.gz", gzip(new byte[8 << 20])));
    Limits small = new Limits(1000, 1000, 1 << 20, 100, 8, 1 << 20);
    Inspection bombed = Inspector.standard().inspect(ByteSource.of(bomb), "a", small);
    assertInstanceOf(Outcome.Partial.class, bombed.outcome());
  }
}
