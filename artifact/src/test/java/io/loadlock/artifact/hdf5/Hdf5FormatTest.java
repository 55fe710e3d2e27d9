package io.loadlock.artifact.hdf5;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.testkit.Corruptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files that `src/test/oracle/hdf5_files.py` made with h5py, in the library's oldest and newest
/// layout.
class Hdf5FormatTest {
  private static byte[] file(String name) throws IOException {
    try (InputStream in = Hdf5FormatTest.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("no resource " + name);
      }
      return in.readAllBytes();
    }
  }

  private static Reading read(byte[] bytes) throws IOException, MalformedException {
    return new Hdf5Format().read(ByteSource.of(bytes), "a.h5", Limits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "weights-old.h5,PLAIN_DATA",
    "weights-new.h5,PLAIN_DATA",
    "dense-old.h5,PLAIN_DATA",
    "dense-new.h5,PLAIN_DATA",
    "pickled-attribute.h5,PLAIN_DATA",
    "lambda-old.h5,RUNS_CODE",
    "lambda-new.h5,RUNS_CODE",
    "lambda-bytes-old.h5,RUNS_CODE",
    "lambda-bytes-new.h5,RUNS_CODE",
    "many-old.h5,RUNS_CODE",
    "many-new.h5,RUNS_CODE",
    "external-link-old.h5,RUNS_CODE",
    "external-link-new.h5,RUNS_CODE",
    "external-storage-old.h5,RUNS_CODE",
    "external-storage-new.h5,RUNS_CODE",
    "virtual.h5,RUNS_CODE",
    "userblock.h5,RUNS_CODE",
    "committed-type.h5,RUNS_CODE",
  })
  void isJudged(String name, Verdict verdict) throws IOException, MalformedException {
    byte[] bytes = file(name);
    assertEquals(Format.Claim.CERTAIN, new Hdf5Format().claims(ByteSource.of(bytes), "a"));
    Reading reading = read(bytes);
    assertEquals("complete", reading.outcome().word(), reading.outcome()::toString);
    assertEquals(verdict, reading.verdict(), reading.effects()::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"old", "new"})
  void listsDatasets(String layout) throws IOException, MalformedException {
    Reading reading = read(file("weights-" + layout + ".h5"));
    assertEquals(
        "[layer/vars/0 <f4 [2, 3] 24, layer/vars/1 >f8 [3] 24]",
        reading.tensors().stream().map(Hdf5FormatTest::brief).toList().toString());
    assertEquals("2.15.0", reading.details().get("keras version"));
  }

  /// Each is a pickle that PyTables loads.
  @Test
  void rowsOfObjectsAreHandedOn() throws IOException, MalformedException {
    Reading reading = read(file("rows.h5"));
    assertEquals("complete", reading.outcome().word(), reading.outcome()::toString);
    assertEquals(24, reading.nested().size());
    assertEquals("objects[23]", reading.nested().getLast().name());
    Nested payload = read(file("payload-rows.h5")).nested().get(1);
    assertEquals("pickle", payload.format());
    String text = new String(payload.content().bytes(0, 3), StandardCharsets.US_ASCII);
    assertEquals("cos", text);
  }

  private static String brief(Tensor tensor) {
    return tensor.name() + " " + tensor.dtype() + " " + tensor.shape() + " " + tensor.bytes();
  }

  @Test
  void handsPickledAttributesBack() throws IOException, MalformedException {
    Reading reading = read(file("pickled-attribute.h5"));
    assertEquals("@info", reading.nested().getFirst().name());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lambda-old.h5",
        "lambda-new.h5",
        "many-new.h5",
        "many-old.h5",
        "external-storage-old.h5",
        "virtual.h5",
        "rows.h5",
        "committed-type.h5"
      })
  void damageEnds(String name) throws IOException {
    byte[] good = file(name);
    Stream.concat(
            Corruptions.cuts(good, 1, 100).filter(d -> d.from() % 3 == 0),
            Corruptions.seeded(good, 2, 1000))
        .forEach(
            damaged -> {
              try {
                Reading reading = read(damaged.bytes());
                assertTrue(!reading.outcome().word().isEmpty());
              } catch (MalformedException broken) {
                // Nothing could be read.
              } catch (IOException e) {
                throw new AssertionError(damaged.what(), e);
              }
            });
  }
}
