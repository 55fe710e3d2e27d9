package io.loadlock.artifact.tflite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.testkit.Corruptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TfliteFormatTest {
  /// A model with one operator code, laid out by hand.
  private static byte[] model(String operator) {
    ByteBuffer out = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(0, 16).put(4, "TFL3".getBytes(StandardCharsets.US_ASCII));
    out.putShort(8, (short) 8)
        .putShort(10, (short) 8)
        .putShort(12, (short) 0)
        .putShort(14, (short) 4);
    out.putInt(16, 8).putInt(20, 4);
    out.putInt(24, 1).putInt(28, 12);
    out.putShort(32, (short) 8)
        .putShort(34, (short) 8)
        .putShort(36, (short) 0)
        .putShort(38, (short) 4);
    out.putInt(40, 8).putInt(44, 4);
    byte[] name = operator.getBytes(StandardCharsets.US_ASCII);
    out.putInt(48, name.length).put(52, name);
    return out.array();
  }

  private static Reading read(byte[] bytes) throws IOException {
    return new TfliteFormat().read(ByteSource.of(bytes), "a", Limits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "FlexReadFile,RUNS_CODE",
    "FlexAdd,PLAIN_DATA",
    "EvilOp,UNKNOWN_CODE",
    "TFLite_Detection_PostProcess,PLAIN_DATA"
  })
  void operators(String operator, Verdict verdict) throws IOException {
    byte[] bytes = model(operator);
    assertEquals(Format.Claim.CERTAIN, new TfliteFormat().claims(ByteSource.of(bytes), "a"));
    Reading reading = read(bytes);
    assertEquals("complete", reading.outcome().word(), reading.outcome()::toString);
    assertEquals(verdict, reading.verdict());
    assertEquals("1", reading.details().get("operators"));
  }

  @Test
  void damageEnds() {
    Corruptions.seeded(model("EvilOp"), 1, 2000)
        .forEach(
            damaged -> {
              try {
                read(damaged.bytes());
              } catch (IOException e) {
                throw new AssertionError(damaged.what(), e);
              }
            });
  }
}
