package io.loadlock.engine.inspect;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Tensor;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.testkit.Corruptions;
import io.loadlock.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Files of the real libraries (`scripts/fixtures.py`), whole and damaged.
class FixturesTest {
  private static final Path FOLDER = Path.of("src/test/resources/fixtures");

  /// Enough for any of them, and little enough to see a budget at work.
  private static final Limits SMALL = new Limits(100_000, 100_000, 8 << 20, 1000, 8, 1 << 20);

  private static final int EVERY_LENGTH = 4096;

  /// Files that no cut leaves whole.
  private static final Set<String> STREAMS =
      Set.of(
          "plain.pkl",
          "plain.pkl.gz",
          "plain.pkl.bz2",
          "plain.pkl.xz",
          "plain.pkl.z",
          "mixed.joblib",
          "mixed.joblib.z",
          "floats.npy",
          "objects.npy",
          "two.safetensors",
          "state.pt",
          "state-legacy.pt",
          "two.npz");

  private static List<Path> fixtures() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  private static Inspection inspect(byte[] bytes, Path file) {
    return Inspector.standard().inspect(ByteSource.of(bytes), file.getFileName().toString(), SMALL);
  }

  @Test
  void eachIsReadAsWhatItIs() throws IOException {
    StringBuilder text = new StringBuilder();
    for (Path file : fixtures()) {
      Inspection inspection = inspect(Files.readAllBytes(file), file);
      List<String> tensors = new ArrayList<>();
      TreeSet<String> notices = new TreeSet<>();
      inspection.walk(
          (members, at) -> {
            at.readings()
                .forEach(
                    reading -> {
                      if (at.nested().isEmpty()
                          || at.nested().stream().allMatch(n -> n.readings().isEmpty())) {
                        reading.tensors().forEach(tensor -> tensors.add(show(tensor)));
                      }
                      reading.notices().forEach(notice -> notices.add(notice.kind()));
                    });
            at.notices().forEach(notice -> notices.add(notice.kind()));
          });
      text.append(file.getFileName()).append(": ").append(inspection.format()).append(", ");
      text.append(inspection.verdict().word()).append(", ").append(inspection.outcome().word());
      text.append(tensors.isEmpty() ? "" : ", " + tensors)
          .append(notices.isEmpty() ? "" : ", " + notices);
      text.append('\n');
    }
    Golden.check(Path.of("src/test/resources/golden/fixtures.txt"), text.toString());
  }

  private static String show(Tensor tensor) {
    return tensor.name() + " " + tensor.dtype() + tensor.shape();
  }

  @Test
  void cutOnesAreAnsweredOrSaid() throws IOException {
    for (Path file : fixtures()) {
      byte[] bytes = Files.readAllBytes(file);
      boolean stream = STREAMS.contains(file.getFileName().toString());
      lengths(bytes)
          .forEach(
              length -> {
                Inspection inspection = inspect(Corruptions.cut(bytes, length).bytes(), file);
                ContainerTricksTest.assertNoBug(inspection);
                if (stream) {
                  assertNotEquals(
                      Outcome.COMPLETE, inspection.outcome(), () -> file + " cut at " + length);
                }
              });
    }
  }

  /// Each up to 4 KiB; of longer files 256 seeded ones. Tars and databases are mostly empty pages.
  private static IntStream lengths(byte[] bytes) {
    return bytes.length <= EVERY_LENGTH
        ? IntStream.range(0, bytes.length)
        : new Random(bytes.length).ints(256, 0, bytes.length).sorted();
  }

  @Test
  void damagedOnesAreAnsweredOrSaid() throws IOException {
    for (Path file : fixtures()) {
      byte[] bytes = Files.readAllBytes(file);
      Corruptions.seeded(bytes, 11, 25)
          .forEach(damaged -> ContainerTricksTest.assertNoBug(inspect(damaged.bytes(), file)));
    }
  }

  /// Numbers in headers at their ends: nothing is believed before it is checked.
  @Test
  void extremesInHeadersAreAnsweredOrSaid() throws IOException {
    for (Path file : fixtures()) {
      byte[] bytes = Files.readAllBytes(file);
      for (int at = 0; at < Math.min(bytes.length, 64); at += 4) {
        for (byte value : new byte[] {0, 1, (byte) 0xFF}) {
          byte[] changed = bytes.clone();
          for (int i = at; i < Math.min(at + 4, changed.length); i++) {
            changed[i] = value;
          }
          ContainerTricksTest.assertNoBug(inspect(changed, file));
        }
      }
    }
  }

  @Test
  void theBudgetBoundsTheWork() throws IOException {
    byte[] overlapping = Overlap.zip(2000, 50_000);
    Limits limits = new Limits(1_000_000, 1_000_000, 4 << 20, 10_000, 8, 1 << 20).fresh();
    Inspection inspection =
        Inspector.standard().inspect(ByteSource.of(overlapping), "overlap.zip", limits);
    assertTrue(inspection.outcome() instanceof Outcome.Partial, inspection.outcome()::toString);
  }
}
