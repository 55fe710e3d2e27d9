package io.loadlock.engine.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import io.loadlock.testkit.Corruptions;
import io.loadlock.testkit.ZipForge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A payload in a container that lies is found by every reading that some loader makes (ARTIFACTS:
/// torch's reader ignores CRCs, local names, flags and methods, takes the last of two members).
class ContainerTricksTest {
  private static final byte[] PAYLOAD = ascii("cos\nsystem\n(S'echo hi'\ntR.");
  private static final byte[] PLAIN = {(byte) 0x80, 2, '}', 'q', 0, '.'};
  private static final String DATA = "archive/data.pkl";

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static Inspection inspect(byte[] bytes, String name) {
    return Inspector.standard().inspect(ByteSource.of(bytes), name, Limits.DEFAULT);
  }

  private static byte[] torch(Consumer<ZipForge.Member> lie) {
    return new ZipForge()
        .stored(DATA, PAYLOAD, lie)
        .stored("archive/version", ascii("3\n"))
        .bytes();
  }

  private static byte[] benign() {
    return new ZipForge().stored(DATA, PLAIN).stored("archive/version", ascii("3\n")).bytes();
  }

  private static Map<String, byte[]> tricks() throws IOException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("plain", torch(_ -> {}));
    all.put("wrong CRC in the directory", torch(m -> m.centralCrc = 1));
    all.put("wrong CRC in both", torch(m -> m.centralCrc = m.localCrc = 7));
    all.put("local name differs", torch(m -> m.localName = "archive/data.txt"));
    all.put("local name is longer", torch(m -> m.localName = DATA + "/and/more"));
    for (int bit = 0; bit < 16; bit++) {
      int flag = 1 << bit;
      all.put("local flag bit " + bit, torch(m -> m.localFlags ^= flag));
      all.put("central flag bit " + bit, torch(m -> m.centralFlags ^= flag));
      all.put("flag bit " + bit + " in both", torch(m -> m.localFlags = m.centralFlags ^= flag));
    }
    all.put("local method 8", torch(m -> m.localMethod = 8));
    all.put("local method 99", torch(m -> m.localMethod = 99));
    all.put("local sizes 0", torch(m -> m.localSize = m.localPacked = 0));
    all.put("central size too large", torch(m -> m.centralSize = 1 << 20));
    all.put("central packed size 0", torch(m -> m.centralPacked = 0));
    all.put("central sizes all ones", torch(m -> m.centralSize = m.centralPacked = -1));
    all.put("upper case", torch(m -> m.localName = m.centralName = "archive/DATA.PKL"));
    all.put("backslash", torch(m -> m.localName = m.centralName = "archive\\data.pkl"));
    all.put("deflated", new ZipForge().deflated(DATA, PAYLOAD, _ -> {}).bytes());
    all.put(
        "deflated, sizes 0",
        new ZipForge().deflated(DATA, PAYLOAD, m -> m.localPacked = m.localSize = 0).bytes());
    all.put(
        "deflated, central packed 0",
        new ZipForge().deflated(DATA, PAYLOAD, m -> m.centralPacked = 0).bytes());
    all.put(
        "stored but locally deflated",
        new ZipForge().deflated(DATA, PAYLOAD, m -> m.centralMethod = 0).bytes());
    all.put("last of two", new ZipForge().stored(DATA, PLAIN).stored(DATA, PAYLOAD).bytes());
    all.put("first of two", new ZipForge().stored(DATA, PAYLOAD).stored(DATA, PLAIN).bytes());
    all.put(
        "case twin",
        new ZipForge().stored(DATA, PLAIN).stored("archive/Data.pkl", PAYLOAD).bytes());
    all.put("one byte in front", join(new byte[] {0}, torch(_ -> {})));
    all.put(
        "counted bytes in front",
        new ZipForge().front(new byte[100]).stored(DATA, PAYLOAD).bytes());
    all.put("payload in front", join(PAYLOAD, benign()));
    all.put("payload in front, counted", new ZipForge().front(PAYLOAD).stored(DATA, PLAIN).bytes());
    all.put("bytes behind", join(torch(_ -> {}), new byte[3000]));
    all.put("long comment", new ZipForge().stored(DATA, PAYLOAD).comment(new byte[60_000]).bytes());
    all.put(
        "archive in the comment", new ZipForge().stored(DATA, PAYLOAD).comment(benign()).bytes());
    all.put(
        "in an archive in the comment",
        new ZipForge().stored(DATA, PLAIN).comment(torch(_ -> {})).bytes());
    all.put("good archive behind", join(torch(_ -> {}), benign()));
    all.put("good archive in front", join(benign(), torch(_ -> {})));
    all.put("no directory", java.util.Arrays.copyOf(torch(_ -> {}), 110));
    all.put("no version", new ZipForge().stored(DATA, PAYLOAD).bytes());
    all.put(
        "two roots", new ZipForge().stored(DATA, PLAIN).stored("other/data.pkl", PAYLOAD).bytes());
    all.put(
        "script's constants",
        new ZipForge().stored(DATA, PLAIN).stored("archive/constants.pkl", PAYLOAD).bytes());
    all.put("torch in zip in gzip", InspectorTest.gzip(InspectorTest.zip("m.pt", torch(_ -> {}))));
    byte[] spread = InspectorTest.gzip(java.util.Arrays.copyOf(PAYLOAD, 10));
    byte[] rest = InspectorTest.gzip(java.util.Arrays.copyOfRange(PAYLOAD, 10, PAYLOAD.length));
    all.put("spread over two gzip members", join(spread, rest));
    all.put("gzip with garbage behind", join(InspectorTest.gzip(PAYLOAD), ascii("garbage")));
    all.put("second pickle", join(PLAIN, PAYLOAD));
    return all;
  }

  @TestFactory
  Stream<DynamicTest> everyTrickIsSeenThrough() throws IOException {
    return tricks().entrySet().stream()
        .map(
            trick ->
                DynamicTest.dynamicTest(
                    trick.getKey(),
                    () ->
                        assertEquals(
                            Verdict.RUNS_CODE,
                            inspect(trick.getValue(), "model.pt").verdict(),
                            () -> inspect(trick.getValue(), "model.pt").toString())));
  }

  @Test
  void whatIsNeverLoadedIsANotice() {
    byte[] hidden =
        new ZipForge()
            .stored(DATA, PLAIN)
            .stored("archive/x.pkl", PAYLOAD, m -> m.listed = false)
            .bytes();
    byte[] extra = new ZipForge().stored(DATA, PLAIN).stored("archive/extra.pkl", PAYLOAD).bytes();
    byte[] behind = new ZipForge().stored(DATA, join(PLAIN, PAYLOAD)).bytes();
    for (byte[] bytes : new byte[][] {hidden, extra, behind}) {
      Inspection inspection = inspect(bytes, "model.pt");
      assertEquals(Verdict.PLAIN_DATA, inspection.verdict(), inspection::toString);
      assertTrue(
          inspection.severity().filter(s -> s.atLeast(Severity.HIGH)).isPresent(),
          inspection::toString);
    }
  }

  @Test
  void honestArchivesAreClean() {
    Inspection inspection = inspect(benign(), "model.pt");
    assertTrue(inspection.clean(), inspection::toString);
    assertTrue(inspection.severity().isEmpty(), inspection::toString);
  }

  /// A cut file may be damaged, unknown or a payload, and never clean.
  @Test
  void cutsAreNeverClean() throws IOException {
    Map<String, byte[]> tricks = tricks();
    for (String name :
        List.of(
            "plain", "deflated, sizes 0", "torch in zip in gzip", "spread over two gzip members")) {
      Corruptions.cuts(java.util.Objects.requireNonNull(tricks.get(name)), 1, 0)
          .forEach(
              cut -> {
                Inspection inspection = inspect(cut.bytes(), "model.pt");
                assertFalse(inspection.clean(), () -> name + ", " + cut + ": " + inspection);
                assertNoBug(inspection);
              });
    }
  }

  @Test
  void damageIsAnsweredOrSaid() throws IOException {
    for (Map.Entry<String, byte[]> trick : tricks().entrySet()) {
      Corruptions.seeded(trick.getValue(), 7, 12)
          .forEach(damaged -> assertNoBug(inspect(damaged.bytes(), "model.pt")));
    }
  }

  static void assertNoBug(Inspection inspection) {
    for (Problem problem : inspection.outcome().problems()) {
      assertFalse(problem.reason().startsWith("internal error"), problem::reason);
    }
    assertFalse(
        inspection.outcome() instanceof Outcome.Failed
            && inspection.verdict() != Verdict.PLAIN_DATA);
  }
}
