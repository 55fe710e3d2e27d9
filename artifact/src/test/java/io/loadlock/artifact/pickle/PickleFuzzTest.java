package io.loadlock.artifact.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Limits;
import io.loadlock.core.ByteSource;
import io.loadlock.testkit.PickleGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Generated pickles: properties of many, and for some what `pickle.py` makes of them. With the
/// property `loadlock.fuzz.file` it writes them out for `./dev fuzz pickle`.
@SuppressWarnings("StringSplitter") // rows of a test
class PickleFuzzTest {
  private static final int SIZE = 60;

  private static String digest(String text) throws NoSuchAlgorithmException {
    byte[] bytes =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(bytes).substring(0, 32);
  }

  @Test
  void doesWhatPicklePyDoes() throws Exception {
    List<String> rows = Expected.lines("generated.tsv");
    for (String row : rows) {
      String[] columns = row.split("\t");
      long seed = Long.parseLong(columns[0]);
      String ours = PickleShape.of(PickleGenerator.generate(seed, SIZE));
      assertEquals(columns[1], digest(ours), () -> "seed " + seed + ": " + ours);
    }
    assertTrue(rows.size() >= 300, "as many as were committed");
  }

  @Test
  void validPicklesReachTheirStop() throws IOException {
    for (long seed = 0; seed < 2_000; seed++) {
      byte[] pickle = PickleGenerator.generate(seed, SIZE);
      PickleRun run = Judged.of(pickle).run();
      long failed = seed;
      assertTrue(run.broken().isEmpty(), () -> "seed " + failed + ": " + run.broken());
      assertEquals(pickle.length, run.end());
    }
  }

  @Test
  void damagedPicklesEndInAnAnswer() throws IOException {
    Random random = new Random(7);
    PickleFormat format = new PickleFormat(Judged.POLICY);
    Limits limits = new Limits(10_000, 10_000, 1 << 20, 100, 4, 1 << 20);
    for (long seed = 0; seed < 2_000; seed++) {
      byte[] pickle = PickleGenerator.generate(seed, SIZE);
      for (int i = random.nextInt(4); i >= 0; i--) {
        pickle[random.nextInt(pickle.length)] = (byte) random.nextInt(256);
      }
      Judged.of(pickle, limits);
      ByteSource source = ByteSource.of(pickle);
      format.claims(source, "");
      Disassembler.render(source, 0, List.of(), 1_000);
    }
  }

  @Test
  void writesThemOutOnRequest() throws Exception {
    String file = System.getProperty("loadlock.fuzz.file", "");
    if (file.isEmpty()) {
      return;
    }
    int count = Integer.getInteger("loadlock.fuzz.count", 300);
    try (BufferedWriter out = Files.newBufferedWriter(Path.of(file))) {
      for (long seed = 0; seed < count; seed++) {
        byte[] pickle = PickleGenerator.generate(seed, SIZE);
        out.write(HexFormat.of().formatHex(pickle) + " " + digest(PickleShape.of(pickle)) + "\n");
      }
    }
  }
}
