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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.LZMAOutputStream;

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
    all.put("zeros between two gzip members", join(spread, new byte[100], rest));
    all.put("gzip with every optional field", gzipWithFields());
    all.put("gzip with a wrong checksum", wrongEnd(InspectorTest.gzip(PAYLOAD)));
    all.put("7z", sevenZip(PAYLOAD));
    all.put("bzip2 with garbage behind", join(bzip2(), ascii("garbage")));
    for (int properties : new int[] {0, 0x5D, 36, 4 * 45 + 4}) {
      all.put("LZMA with properties " + properties, lzma(properties, 1 << 16));
    }
    all.put("LZMA with a dictionary of 4 GiB", bigDictionary());
    all.put("directory that only readers without zip64 see", narrowDirectory());
    all.put("one record under two names", twoNames());
    all.put("second pickle", join(PLAIN, PAYLOAD));
    all.put(
        "behind a long text", join(ascii("V"), ascii("a".repeat(20_000)), ascii("\n0"), PAYLOAD));
    return all;
  }

  private static byte[] wrongEnd(byte[] bytes) {
    byte[] changed = bytes.clone();
    changed[bytes.length - 6] ^= 1;
    return changed;
  }

  /// RFC 1952: extra field, name, comment and a checksum of the header that is wrong.
  private static byte[] gzipWithFields() throws IOException {
    byte[] plain = InspectorTest.gzip(PAYLOAD);
    byte[] head = java.util.Arrays.copyOf(plain, 10);
    head[3] = 31;
    byte[] body = java.util.Arrays.copyOfRange(plain, 10, plain.length);
    return join(head, new byte[] {3, 0}, ascii("abc"), ascii("name\0"), ascii("text\0??"), body);
  }

  /// With the dictionary of 8 MiB that the library and the program take.
  static byte[] sevenZip(byte[] pickle) throws IOException {
    SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel();
    try (SevenZOutputFile archive = new SevenZOutputFile(channel)) {
      SevenZArchiveEntry entry = new SevenZArchiveEntry();
      entry.setName("a.pkl");
      archive.putArchiveEntry(entry);
      archive.write(pickle);
      archive.closeArchiveEntry();
    }
    return java.util.Arrays.copyOf(channel.array(), (int) channel.size());
  }

  private static byte[] bzip2() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (BZip2CompressorOutputStream bzip2 = new BZip2CompressorOutputStream(out)) {
      bzip2.write(PAYLOAD);
    }
    return out.toByteArray();
  }

  private static byte[] lzma(int properties, int dictionary) throws IOException {
    LZMA2Options options = new LZMA2Options();
    options.setDictSize(dictionary);
    options.setLcLp(properties % 9, properties / 9 % 5);
    options.setPb(properties / 45);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (LZMAOutputStream lzma = new LZMAOutputStream(out, options, -1)) {
      lzma.write(PAYLOAD);
    }
    return out.toByteArray();
  }

  private static byte[] bigDictionary() throws IOException {
    byte[] bytes = lzma(0x5D, 1 << 16);
    java.util.Arrays.fill(bytes, 1, 5, (byte) 0xFF);
    return bytes;
  }

  /// The end record points to one directory, the zip64 record that few readers ask to another.
  private static byte[] narrowDirectory() {
    byte[] payload = new ZipForge().stored(DATA, PAYLOAD).bytes();
    byte[] good = new ZipForge().front(payload).stored(DATA, PLAIN).bytes();
    int end = good.length - 22;
    ByteBuffer records = ByteBuffer.allocate(56 + 20 + 22).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer ends = ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer first = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    records.putInt(0x06064b50).putLong(44).putInt(0).putLong(0).putLong(1).putLong(1);
    records.putLong(ends.getInt(end + 12)).putLong(ends.getInt(end + 16));
    records.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    records.put(payload, payload.length - 22, 12);
    records.putInt(first.getInt(payload.length - 10)).putInt(first.getInt(payload.length - 6));
    return join(java.util.Arrays.copyOf(good, end), records.array());
  }

  /// For the last directory a storage, for the one before it the pickle that is loaded.
  private static byte[] twoNames() {
    byte[] evil = new ZipForge().stored("archive/data.pk_", PLAIN).stored(DATA, PAYLOAD).bytes();
    int start = ByteBuffer.wrap(evil).order(ByteOrder.LITTLE_ENDIAN).getInt(evil.length - 6);
    String directory = new String(evil, start, evil.length - start, StandardCharsets.ISO_8859_1);
    byte[] other =
        directory.replace(DATA, "archive/data/000").getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer.wrap(other).order(ByteOrder.LITTLE_ENDIAN).putInt(other.length - 6, evil.length);
    return join(evil, other);
  }

  /// Python's `lzma` is asked to guess where the name says so.
  private static String name(String trick) {
    return trick.startsWith("LZMA") ? "model.pkl.xz" : "model.pt";
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
                            inspect(trick.getValue(), name(trick.getKey())).verdict(),
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
