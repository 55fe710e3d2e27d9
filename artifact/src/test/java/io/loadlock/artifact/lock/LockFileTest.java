package io.loadlock.artifact.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.lock.Difference.Seen;
import io.loadlock.artifact.lock.LockEntry.Source;
import io.loadlock.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockFileTest {
  private static final String ONE = "a".repeat(64);
  private static final String TWO = "b".repeat(64);

  @Test
  void isSortedAndDiffable() {
    LockFile lock =
        new LockFile(
            List.of(
                new LockEntry("weights/z.pt", 7, TWO, Source.LOCAL, "plain-data"),
                new LockEntry("a.safetensors", 0, ONE, Source.LFS_POINTER, "")));
    assertEquals(
        """
        # Written by `loadlock lock`, checked by `loadlock verify`.
        version = 1

        [[model]]
        path = "a.safetensors"
        size = 0
        sha256 = "%s"
        source = "lfs-pointer"

        [[model]]
        path = "weights/z.pt"
        size = 7
        sha256 = "%s"
        source = "local"
        verdict = "plain-data"
        """
            .formatted(ONE, TWO),
        lock.render());
  }

  @Test
  void parseUndoesRender() throws MalformedException {
    Random random = new Random(9);
    for (int round = 0; round < 200; round++) {
      List<LockEntry> entries = new ArrayList<>();
      for (int i = 0; i < random.nextInt(5); i++) {
        String name = i + "é\"'\t\u007f#=[]\ud83e\uddea \u0001".substring(random.nextInt(8));
        Source source = Source.values()[random.nextInt(Source.values().length)];
        entries.add(
            new LockEntry(
                "d/" + name,
                random.nextLong(1L << 50),
                ONE,
                source,
                random.nextBoolean() ? "" : "needs-types"));
      }
      LockFile lock = new LockFile(entries);
      assertEquals(lock, LockFile.parse(lock.render().getBytes(StandardCharsets.UTF_8)));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version = 2 | line 1: version 2 was written by another loadlock; this one reads 1",
        "x = 1 | line 1: it has no version",
        "version = 1; [[model]]; path = 'a' | a model needs path, size, sha256 and source",
        "version = 1; [[model]]; path = '../a'; size = 1; sha256 = 'ONE'; source = 'local' | not a"
            + " path inside",
        "version = 1; [[model]]; path = '/a'; size = 1; sha256 = 'ONE'; source = 'local' | not a"
            + " path inside",
        "version = 1; [[model]]; path = 'a'; size = 1; sha256 = 'ab'; source = 'local' | not a size"
            + " and a SHA-256",
        "version = 1; [[model]]; path = 'a'; size = 1; sha256 = 'ONE'; source = 'moon' | no source"
            + " of digests: moon"
      })
  void refusesTheWholeFileForOneWrongRow(String rows, String problem) {
    String text = rows.replace("; ", "\n").replace("ONE", ONE);
    MalformedException refused =
        assertThrows(
            MalformedException.class, () -> LockFile.parse(text.getBytes(StandardCharsets.UTF_8)));
    assertTrue(String.valueOf(refused.getMessage()).contains(problem), refused.getMessage());
  }

  @Test
  void refusesTheSamePathTwice() {
    LockEntry entry = new LockEntry("a", 1, ONE, Source.LOCAL, "");
    String text = new LockFile(List.of(entry)).render();
    String twice = text + text.substring(text.indexOf("\n[[model]]"));
    assertThrows(
        MalformedException.class, () -> LockFile.parse(twice.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void whatIsCutOffHasWholeRowsOnlyOrIsRefused() {
    List<LockEntry> entries =
        List.of(
            new LockEntry("a", 1, ONE, Source.LOCAL, "plain-data"),
            new LockEntry("b", 22, TWO, Source.LOCAL, "plain-data"));
    byte[] whole = new LockFile(entries).render().getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int length = 0; length < whole.length; length++) {
      try {
        LockFile lock = LockFile.parse(Arrays.copyOf(whole, length));
        for (LockEntry entry : lock.entries()) {
          LockEntry was = entries.get(entry.path().equals("a") ? 0 : 1);
          assertEquals(was.sha256(), entry.sha256(), "cut at " + length);
          assertEquals(was.size(), entry.size(), "cut at " + length);
        }
        read++;
      } catch (MalformedException e) {
        // As it should be.
      }
    }
    assertTrue(read < whole.length / 2, "read " + read);
  }

  @Test
  void namesEachKindOfDifference() {
    LockFile lock =
        new LockFile(
            List.of(
                new LockEntry("changed", 1, ONE, Source.LOCAL, "plain-data"),
                new LockEntry("gone", 1, ONE, Source.LOCAL, ""),
                new LockEntry("same", 1, ONE, Source.LOCAL, ""),
                new LockEntry("torn", 1, ONE, Source.LOCAL, "")));
    List<Difference> differences =
        Difference.between(
            lock,
            Map.of(
                "changed", new Seen.Read(new Sha256.Sum(TWO, 1), "runs-code"),
                "new", new Seen.Read(new Sha256.Sum(TWO, 1), ""),
                "same", new Seen.Read(new Sha256.Sum(ONE, 1), ""),
                "torn", new Seen.Failed("permission denied")));
    assertEquals(
        List.of("Changed changed", "Removed gone", "Added new", "Unreadable torn"),
        differences.stream().map(d -> d.getClass().getSimpleName() + " " + d.path()).toList());
    assertEquals(
        "was plain-data, is runs-code", ((Difference.Changed) differences.getFirst()).meaning());
  }
}
