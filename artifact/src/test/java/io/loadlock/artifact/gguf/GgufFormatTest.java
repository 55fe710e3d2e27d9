package io.loadlock.artifact.gguf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.testkit.Corruptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufFormatTest {
  private static final String ATTACK = "{{ cycler.__init__.__globals__.os.popen('echo').read() }}";

  /// Writes a file of two metadata pairs, a token list and one tensor.
  private static byte[] file(
      int version, ByteOrder order, String template, long offset, int padding) {
    Writer out = new Writer(version, order);
    out.bytes("GGUF".getBytes(StandardCharsets.US_ASCII));
    out.u32(version);
    out.length(1);
    out.length(4);
    out.pair("general.architecture", 8).text("llama");
    out.pair("general.alignment", 4).u32(32);
    out.pair("tokenizer.ggml.tokens", 9).u32(8).length(2).text("a").text("b");
    out.pair("tokenizer.chat_template", 8).text(template);
    out.text("w").u32(2).length(4).length(2).u32(0).u64(offset);
    while (out.size() % 32 != 0) {
      out.bytes(new byte[1]);
    }
    out.bytes(new byte[padding]);
    return out.toByteArray();
  }

  private static final class Writer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int version;
    private final ByteOrder order;

    Writer(int version, ByteOrder order) {
      this.version = version;
      this.order = order;
    }

    Writer bytes(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Writer u32(int value) {
      return bytes(ByteBuffer.allocate(4).order(order).putInt(value).array());
    }

    Writer u64(long value) {
      return bytes(ByteBuffer.allocate(8).order(order).putLong(value).array());
    }

    Writer length(long value) {
      return version == 1 ? u32((int) value) : u64(value);
    }

    Writer text(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return length(bytes.length).bytes(bytes);
    }

    Writer pair(String key, int type) {
      return text(key).u32(type);
    }

    int size() {
      return out.size();
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }
  }

  private static Reading read(byte[] bytes) throws IOException {
    return new GgufFormat().read(ByteSource.of(bytes), "a.gguf", Limits.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({"1,LITTLE_ENDIAN", "2,LITTLE_ENDIAN", "3,LITTLE_ENDIAN", "3,BIG_ENDIAN"})
  void readsEachVersionAndOrder(int version, String order) throws IOException {
    ByteOrder bytes = order.startsWith("B") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    Reading good = read(file(version, bytes, "{{ messages[0].content }}", 0, 32));
    assertEquals("complete", good.outcome().word(), good.outcome()::toString);
    assertEquals(Verdict.PLAIN_DATA, good.verdict());
    assertEquals("[4, 2]", good.tensors().getFirst().shape().toString());
    assertEquals(32, good.tensors().getFirst().bytes());
    Reading bad = read(file(version, bytes, ATTACK, 0, 32));
    assertEquals(Verdict.RUNS_CODE, bad.verdict());
  }

  private static Verdict text(String key, String value) throws IOException {
    Writer out = new Writer(3, ByteOrder.LITTLE_ENDIAN);
    out.bytes("GGUF".getBytes(StandardCharsets.US_ASCII)).u32(3).u64(0).u64(2);
    out.pair(key, 8).text(value);
    return read(out.pair(key + ".list", 9).u32(8).u64(1).text(value).toByteArray()).verdict();
  }

  /// Whatever the key is called; of a key that says nothing of templates only what runs code
  /// counts.
  @Test
  void templatesHideUnderOtherKeys() throws IOException {
    assertEquals(Verdict.RUNS_CODE, text("tokenizer.Chat_Template", ATTACK));
    assertEquals(Verdict.RUNS_CODE, text("tokenizer.chat_template.tool_use", ATTACK));
    assertEquals(Verdict.RUNS_CODE, text("my.prompt", ATTACK));
    assertEquals(Verdict.UNKNOWN_CODE, text("chat_template", "{% include 'other' %}"));
    assertEquals(Verdict.PLAIN_DATA, text("general.description", "{% include 'other' %}"));
    assertEquals(Verdict.PLAIN_DATA, text("general.description", "uses __class__ {braces}"));
  }

  @Test
  void tensorsStayInside() throws IOException {
    assertEquals("partial", read(file(3, ByteOrder.LITTLE_ENDIAN, "", 0, 31)).outcome().word());
    assertEquals("partial", read(file(3, ByteOrder.LITTLE_ENDIAN, "", 32, 32)).outcome().word());
    assertEquals("partial", read(file(3, ByteOrder.LITTLE_ENDIAN, "", -32, 32)).outcome().word());
    assertEquals(
        "partial",
        read(file(3, ByteOrder.LITTLE_ENDIAN, "", Long.MAX_VALUE - 31, 32)).outcome().word());
  }

  @Test
  void cutFilesAreNeverComplete() {
    byte[] good = file(3, ByteOrder.LITTLE_ENDIAN, "{{ x }}", 0, 32);
    Corruptions.cuts(good, 1, 0)
        .forEach(
            damaged -> {
              try {
                assertEquals("partial", read(damaged.bytes()).outcome().word(), damaged::what);
              } catch (IOException e) {
                throw new AssertionError(damaged.what(), e);
              }
            });
  }

  @Test
  void damageEnds() {
    byte[] good = file(3, ByteOrder.LITTLE_ENDIAN, ATTACK, 0, 32);
    Corruptions.seeded(good, 7, 3000)
        .forEach(
            damaged -> {
              try {
                Reading reading = read(damaged.bytes());
                assertTrue(!reading.outcome().word().isEmpty());
              } catch (IOException e) {
                throw new AssertionError(damaged.what(), e);
              }
            });
  }

  @Test
  void countsAtTheirLimitsEndAtOnce() throws IOException {
    for (int at : new int[] {8, 16}) {
      for (long value : new long[] {0, 1, -1, Long.MAX_VALUE, 1L << 40}) {
        byte[] bytes = file(3, ByteOrder.LITTLE_ENDIAN, ATTACK, 0, 32);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
        Reading reading = read(bytes);
        if (at == 8 || value == -1 || value > 4) {
          assertEquals(Verdict.RUNS_CODE, reading.verdict(), () -> at + " = " + value);
        }
      }
    }
  }
}
