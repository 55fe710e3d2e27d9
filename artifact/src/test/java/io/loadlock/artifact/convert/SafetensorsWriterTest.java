package io.loadlock.artifact.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.lock.Sha256;
import io.loadlock.core.AtomicFiles;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is written is what the library's own `save_file` writes:
/// `src/test/oracle/safetensors_layout.py` says what that is.
class SafetensorsWriterTest {
  private static final byte[] RAW = new byte[1 << 16];

  static {
    for (int i = 0; i < RAW.length; i++) {
      RAW[i] = (byte) (i % 251);
    }
  }

  @TempDir Path folder;

  @Test
  void anEmptyFile() throws Exception {
    assertWritesWhatTheLibraryWrites("empty", List.of(), Plan.Options.DEFAULT);
  }

  @Test
  void everyTypeInTheLibrarysOrder() throws Exception {
    List<Weight> weights = new ArrayList<>();
    for (Dtype dtype : Dtype.values()) {
      if (dtype != Dtype.F4 && dtype != Dtype.BOOL) {
        weights.add(
            weight("t." + dtype.torch().substring(6), dtype, List.of(2L, 3L), List.of(3L, 1L), 1));
      }
    }
    weights.add(weight("t.bool", Dtype.BOOL, List.of(2L), List.of(1L), 0));
    assertWritesWhatTheLibraryWrites("every type", weights, Plan.Options.DEFAULT);
  }

  @Test
  void namesInTheOrderOfTheirBytes() throws Exception {
    List<Weight> weights =
        List.of(
            weight(
                "\u0001\u001fé\"\\\n/\u007f\u2028", Dtype.F32, List.of(0L, 3L), List.of(3L, 1L), 0),
            weight("s", Dtype.F32, List.of(), List.of(), 5),
            weight("\ud835\udcb3", Dtype.F32, List.of(1L), List.of(1L), 0),
            weight("\ufffd", Dtype.F32, List.of(1L), List.of(1L), 0));
    TreeMap<String, String> metadata = new TreeMap<>(Map.of("format", "pt"));
    assertWritesWhatTheLibraryWrites(
        "names", weights, new Plan.Options(Optional.empty(), false, Long.MAX_VALUE, metadata));
  }

  @Test
  void stridedViewsInCOrder() throws Exception {
    assertWritesWhatTheLibraryWrites("strided", strided(), Plan.Options.DEFAULT);
  }

  private static List<Weight> strided() {
    return List.of(
        weight("transposed", Dtype.F32, List.of(30L, 40L), List.of(1L, 30L), 7),
        weight("expanded", Dtype.I16, List.of(4L, 5L), List.of(0L, 1L), 2),
        weight("sliced", Dtype.U8, List.of(6L, 5L, 4L), List.of(200L, 20L, 3L), 1),
        weight("apart", Dtype.F64, List.of(17L), List.of(13L), 3),
        weight("permuted", Dtype.BF16, List.of(3L, 4L, 5L, 6L), List.of(1L, 90L, 3L, 15L), 11));
  }

  @ParameterizedTest
  @EnumSource(
      value = Dtype.class,
      names = {"F16", "BF16", "F32", "F64"})
  void roundsAsTorchDoes(Dtype from) throws Exception {
    for (Dtype to : List.of(Dtype.F16, Dtype.BF16, Dtype.F32, Dtype.F64)) {
      if (to != from) {
        assertWritesWhatTheLibraryWrites(
            from.torch().substring(6) + " to " + to.torch().substring(6),
            List.of(weight("t", from, List.of(1000L), List.of(1L), 0)),
            new Plan.Options(Optional.of(to), false, Long.MAX_VALUE, new TreeMap<>()));
      }
    }
  }

  @Test
  void bigEndianStoragesAreTurned() throws Exception {
    byte[] turned = RAW.clone();
    for (int at = 0; at < turned.length; at += 4) {
      byte[] number = Arrays.copyOfRange(RAW, at, at + 4);
      for (int i = 0; i < 4; i++) {
        turned[at + i] = number[3 - i];
      }
    }
    var storage = new Weight.Storage("big", ByteSource.of(turned), true);
    for (Dtype dtype : List.of(Dtype.F32, Dtype.C64)) {
      Weight little = weight("t", dtype, List.of(9L, 8L), List.of(8L, 1L), 3);
      Weight big = new Weight("t", dtype, little.shape(), little.strides(), storage, 3);
      assertEquals(
          digest(List.of(little), Plan.Options.DEFAULT),
          digest(List.of(big), Plan.Options.DEFAULT));
    }
  }

  @Test
  void shardsHoldAtMostWhatTheyMay() throws Exception {
    List<Weight> weights = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      weights.add(weight("w" + i, Dtype.F32, List.of(i == 4 ? 100L : 10L), List.of(1L), i));
    }
    Plan plan = Plan.of(weights, new Plan.Options(Optional.empty(), false, 90, new TreeMap<>()));
    assertEquals(
        List.of(
            List.of("w0", "w1"),
            List.of("w2", "w3"),
            List.of("w4"),
            List.of("w5", "w6"),
            List.of("w7", "w8"),
            List.of("w9")),
        plan.files().stream().map(Plan.Output::names).toList());
  }

  @Test
  void dropsOnlyNamesOfTheSameView() throws Exception {
    List<Weight> weights =
        List.of(
            weight("tied", Dtype.F32, List.of(4L), List.of(1L), 0),
            weight("embedding", Dtype.F32, List.of(4L), List.of(1L), 0),
            weight("part", Dtype.F32, List.of(3L), List.of(1L), 0));
    Plan plan =
        Plan.of(weights, new Plan.Options(Optional.empty(), true, Long.MAX_VALUE, new TreeMap<>()));
    assertEquals(Map.of("tied", "embedding"), plan.dropped());
    assertEquals(List.of("embedding", "part"), plan.files().getFirst().names());
  }

  @Test
  void refusesByName() {
    assertRefused(
        "w: needs 65540 bytes of storage raw, which has 65536", List.of(16385L), List.of(1L), 0);
    assertRefused("w: needs 65540 bytes", List.of(2L), List.of(16384L), 0);
    assertRefused("w: its size", List.of(1L << 62, 4L), List.of(4L, 1L), 0);
    assertRefused("w: its size", List.of(1L << 40), List.of(1L << 40), 0);
    assertRefused("w: a negative", List.of(-1L), List.of(1L), 0);
    assertRefused("w: a negative", List.of(2L), List.of(-1L), 5);
    assertRefused("w: a negative", List.of(2L), List.of(1L), -1);
  }

  private static void assertRefused(
      String message, List<Long> shape, List<Long> strides, long offset) {
    Weight weight = weight("w", Dtype.F32, shape, strides, offset);
    ConversionException refused =
        assertThrows(
            ConversionException.class, () -> Plan.of(List.of(weight), Plan.Options.DEFAULT));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(message), refused.getMessage());
  }

  @Test
  void refusesTwoTensorsOfOneName() {
    Weight weight = weight("w", Dtype.F32, List.of(1L), List.of(1L), 0);
    assertThrows(
        ConversionException.class, () -> Plan.of(List.of(weight, weight), Plan.Options.DEFAULT));
  }

  @Test
  void verificationFindsEveryChangedByte() throws Exception {
    Plan.Output output = Plan.of(strided(), Plan.Options.DEFAULT).files().getFirst();
    Path file = folder.resolve("out.safetensors");
    write(output, file);
    SafetensorsWriter.verify(output, file, _ -> {});
    byte[] bytes = Files.readAllBytes(file);
    for (int at = 0; at < bytes.length; at += 101) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      IOException differs =
          assertThrows(IOException.class, () -> SafetensorsWriter.verify(output, file, _ -> {}));
      assertTrue(
          String.valueOf(differs.getMessage()).endsWith("at byte " + at), differs.getMessage());
    }
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
    assertThrows(IOException.class, () -> SafetensorsWriter.verify(output, file, _ -> {}));
  }

  private static Weight weight(
      String name, Dtype dtype, List<Long> shape, List<Long> strides, long offset) {
    return new Weight(
        name, dtype, shape, strides, new Weight.Storage("raw", ByteSource.of(RAW), false), offset);
  }

  private void assertWritesWhatTheLibraryWrites(
      String name, List<Weight> weights, Plan.Options options) throws Exception {
    assertEquals(expectations().get(name), digest(weights, options), name);
  }

  private String digest(List<Weight> weights, Plan.Options options) throws Exception {
    Path file = folder.resolve("out.safetensors");
    write(Plan.of(weights, options).files().getFirst(), file);
    return Sha256.of(file).hex();
  }

  private static Map<String, String> expectations() throws IOException {
    Map<String, String> digests = new HashMap<>();
    try (InputStream in =
        Objects.requireNonNull(SafetensorsWriterTest.class.getResourceAsStream("save_file.txt"))) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        int tab = line.indexOf('\t');
        digests.put(line.substring(0, tab), line.substring(tab + 1));
      }
    }
    return digests;
  }

  private static void write(Plan.Output output, Path file) throws IOException {
    try (AtomicFiles files = new AtomicFiles()) {
      SafetensorsWriter.write(output, files, file, _ -> {});
      files.commit();
    }
  }
}
