package io.loadlock.engine.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.testkit.Corruptions;
import io.loadlock.testkit.TarForge;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// A payload in a tar is found wherever CPython's `tarfile` would find it.
class TarTricksTest {
  private static final byte[] NONE = {};
  private static final byte[] PAYLOAD =
      "cos\nsystem\n(S'echo hi'\ntR.".getBytes(StandardCharsets.US_ASCII);

  /// 1,024 zeros as bytes, then the payload: the second half of the zeros need not be stored.
  private static final byte[] HOLED = holed();

  private static final byte[] STORED = stored();

  private static byte[] holed() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x80, 3, 'B', 0, 4, 0, 0});
    out.writeBytes(new byte[1024]);
    out.write('0');
    out.writeBytes(PAYLOAD);
    return out.toByteArray();
  }

  private static byte[] stored() {
    byte[] rest = Arrays.copyOfRange(HOLED, 1024, HOLED.length);
    byte[] all = Arrays.copyOf(HOLED, 512 + rest.length);
    System.arraycopy(rest, 0, all, 512, rest.length);
    return all;
  }

  private static Inspection inspect(byte[] bytes) {
    return Inspector.standard().inspect(ByteSource.of(bytes), "model.tar", Limits.DEFAULT);
  }

  private static Map<String, TarForge> tricks() {
    String size = Integer.toString(PAYLOAD.length);
    String map = "0,512,1024," + (HOLED.length - 1024);
    Map<String, TarForge> all = new LinkedHashMap<>();
    all.put("plain", new TarForge().file("x.pkl", PAYLOAD));
    for (char type : new char[] {0, '7', 'A', 'V', 'Z', 'M'}) {
      all.put(
          "type " + (int) type,
          new TarForge().header("x", type, PAYLOAD.length, NONE).raw(PAYLOAD));
    }
    for (char type : new char[] {'1', '2', '3', '5', '6'}) {
      all.put(
          "bodiless type " + type,
          new TarForge().header("x", type, 4096, NONE).file("x.pkl", PAYLOAD));
    }
    all.put(
        "size in a pax header",
        new TarForge().pax('x', "size", size).header("x", '0', 0, NONE).raw(PAYLOAD));
    all.put(
        "pax header that makes a member empty",
        new TarForge().pax('x', "size", "0").header("x", '0', 512, NONE).file("y.pkl", PAYLOAD));
    all.put(
        "size for all in a global header",
        new TarForge().pax('g', "size", size).header("x", '0', 0, NONE).raw(PAYLOAD));
    for (String octal : new String[] {" %o ", "0o%o", "%o\0", "0_%o"}) {
      String text = octal.formatted(PAYLOAD.length);
      all.put("size as '" + octal + "'", new TarForge().header("x", '0', text, NONE).raw(PAYLOAD));
    }
    all.put(
        "before a header that cannot be read",
        new TarForge().file("x.pkl", PAYLOAD).header("y", '0', "9", NONE));
    all.put(
        "sparse, in its header",
        new TarForge()
            .header("x", 'S', STORED.length, sparse(512, HOLED.length - 1024))
            .raw(STORED));
    all.put(
        "sparse, by pairs of records",
        new TarForge()
            .pax(
                'x',
                "GNU.sparse.size",
                Integer.toString(HOLED.length),
                "GNU.sparse.numblocks",
                "2",
                "GNU.sparse.offset",
                "0",
                "GNU.sparse.numbytes",
                "512",
                "GNU.sparse.offset",
                "1024",
                "GNU.sparse.numbytes",
                Integer.toString(HOLED.length - 1024))
            .header("x", '0', STORED.length, NONE)
            .raw(STORED));
    all.put(
        "sparse, by one record",
        new TarForge()
            .pax('x', "GNU.sparse.size", Integer.toString(HOLED.length), "GNU.sparse.map", map)
            .header("x", '0', STORED.length, NONE)
            .raw(STORED));
    byte[] lines = ("2\n" + map.replace(',', '\n') + "\n").getBytes(StandardCharsets.US_ASCII);
    all.put(
        "sparse, by lines",
        new TarForge()
            .pax(
                'x',
                "GNU.sparse.major",
                "1",
                "GNU.sparse.minor",
                "0",
                "GNU.sparse.realsize",
                Integer.toString(HOLED.length))
            .header("x", '0', 512 + STORED.length, NONE)
            .raw(lines)
            .raw(STORED));
    return all;
  }

  /// GNU's map: offset and count, twelve octal digits each; the whole size behind four of them.
  private static byte[] sparse(int first, int second) {
    byte[] special = new byte[109];
    int[] numbers = {0, first, 1024, second};
    for (int i = 0; i < numbers.length; i++) {
      byte[] digits = "%011o".formatted(numbers[i]).getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(digits, 0, special, 12 * i, digits.length);
    }
    byte[] size = "%011o".formatted(HOLED.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, special, 97, size.length);
    return special;
  }

  @TestFactory
  Stream<DynamicTest> everyTrickIsSeenThrough() {
    return tricks().entrySet().stream()
        .map(
            trick ->
                DynamicTest.dynamicTest(
                    trick.getKey(),
                    () -> {
                      Inspection inspection = inspect(trick.getValue().bytes());
                      assertEquals(Verdict.RUNS_CODE, inspection.verdict(), inspection::toString);
                    }));
  }

  @Test
  void holesThatLieAreNotClean() {
    byte[] lying =
        new TarForge()
            .pax('x', "GNU.sparse.size", "9", "GNU.sparse.map", "0,512,0,512")
            .header("x", '0', 1024, NONE)
            .raw(new byte[1024])
            .bytes();
    assertFalse(inspect(lying).outcome() instanceof Outcome.Complete);
  }

  @Test
  void damageIsAnsweredOrSaid() {
    tricks()
        .values()
        .forEach(
            trick ->
                Corruptions.seeded(trick.bytes(), 5, 60)
                    .forEach(damaged -> ContainerTricksTest.assertNoBug(inspect(damaged.bytes()))));
  }
}
