package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.testkit.PickleAssembler;
import io.loadlock.testkit.ZipForge;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `convert` as a user runs it; `./dev oracle convert` compares hundreds of checkpoints with torch.
class ConvertCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void checkpoints() throws IOException {
    for (String name :
        new String[] {"plain.pt", "nested.pt", "sparse.pt", "obj.npz", "num.npz", "ns.pt"}) {
      try (InputStream in =
          Objects.requireNonNull(ConvertCommandTest.class.getResourceAsStream("fix/" + name))) {
        Files.copy(in, folder.resolve(name));
      }
    }
  }

  private Invocation convert(String line) {
    return Invocation.of(folder, ("convert " + line).split(" "));
  }

  private String header(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve(name));
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return new String(bytes, 8, length, StandardCharsets.UTF_8).strip();
  }

  @Test
  void copiesTensors() throws IOException {
    Invocation run = convert("plain.pt --verify");
    assertEquals("wrote plain.safetensors: 1 tensor, 72 B\n", run.out());
    assertEquals(
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        header("plain.safetensors"));
  }

  @Test
  void takesTheTensorsBelowAKeyAndKeepsPlainValues() throws IOException {
    Invocation run = convert("nested.pt out.safetensors --key model");
    assertEquals(0, run.code(), run.err());
    assertEquals(
        "{\"__metadata__\":{\"epoch\":\"3\"},\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[3,2],\"data_offsets\":[4,28]}}",
        header("out.safetensors"));
    byte[] bytes = Files.readAllBytes(folder.resolve("out.safetensors"));
    float[] data = new float[7];
    ByteBuffer.wrap(bytes, bytes.length - 28, 28)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(data);
    assertArrayEquals(new float[] {1, 0, 3, 1, 4, 2, 5}, data);
    assertTrue(run.out().contains("left out, not tensors: optimizer"), run.out());
  }

  @Test
  void flattensAndWritesASidecar() throws IOException {
    assertEquals(0, convert("nested.pt out.safetensors --flatten --sidecar values.json").code());
    assertTrue(header("out.safetensors").contains("\"optimizer.m\""), header("out.safetensors"));
    assertEquals("{\n  \"epoch\": 3\n}\n", Files.readString(folder.resolve("values.json")));
  }

  @Test
  void saysWhatAWrapperHasPutBeforeEveryName() throws IOException {
    assertEquals(
        "wrote plain.safetensors: 1 tensor, 72 B\n", convert("plain.pt --strip module.").out());
    PickleAssembler dict = PickleAssembler.protocol(2).emptyDict();
    dict.text("module.w").global("torch._utils", "_rebuild_tensor_v2").mark();
    dict.mark().text("storage").global("torch", "FloatStorage").text("0").text("cpu").integer(2);
    dict.tuple().binPersid().integer(0).integer(2).tuple1().integer(1).tuple1().no();
    dict.global("collections", "OrderedDict").emptyTuple().reduce().tuple().reduce().setItem();
    Files.write(
        folder.resolve("ddp.pt"),
        new ZipForge()
            .stored("a/data.pkl", dict.stop())
            .stored("a/data/0", new byte[8])
            .stored("a/version", new byte[] {'3'})
            .bytes());
    assertEquals(
        "wrote ddp.safetensors: 1 tensor, 80 B\n"
            + "  every name begins with module.: --strip module. drops it\n",
        convert("ddp.pt").out());
    assertEquals(
        "wrote ddp.safetensors: 1 tensor, 72 B\n", convert("ddp.pt --strip module. --force").out());
  }

  @Test
  void shardsHaveAnIndex() throws IOException {
    assertEquals(0, convert("nested.pt m.safetensors --flatten --shard-size 24").code());
    String index = Files.readString(folder.resolve("m.safetensors.index.json"));
    assertTrue(index.contains("\"model.w\" : \"m-00001-of-00002.safetensors\""), index);
    assertTrue(index.contains("\"total_size\" : 40"), index);
  }

  @Test
  void convertsAFolderOfShards() throws IOException {
    Path shards = Files.createDirectory(folder.resolve("shards"));
    Files.move(folder.resolve("plain.pt"), shards.resolve("pytorch_model-00001-of-00001.bin"));
    Files.writeString(
        shards.resolve("pytorch_model.bin.index.json"),
        "{\"metadata\":{},\"weight_map\":{\"a\":\"pytorch_model-00001-of-00001.bin\"}}");
    Invocation run = convert("shards");
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(shards.resolve("model-00001-of-00001.safetensors")));
    assertTrue(
        Files.readString(shards.resolve("model.safetensors.index.json"))
            .contains("model-00001-of-00001.safetensors"));
  }

  @Test
  void takesTheNumericArraysOfAnNpz() throws IOException {
    Invocation run = convert("obj.npz");
    assertTrue(run.out().contains("left out, not tensors: a (|O)"), run.out());
    assertEquals(
        "{\"b\":{\"dtype\":\"I16\",\"shape\":[4],\"data_offsets\":[0,8]}}",
        header("obj.safetensors"));
    byte[] bytes = Files.readAllBytes(folder.resolve("obj.safetensors"));
    assertEquals(1, bytes[bytes.length - 6]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nested.pt               | tensors stand below several keys: model (2), optimizer (1)."
            + " Choose one with --key | 1",
        "nested.pt --key none    | there is no key none; there are model, optimizer, epoch | 1",
        "nested.pt --key epoch   | there is no tensor below epoch                          | 1",
        "sparse.pt               | s is sparse: safetensors cannot hold that               | 1",
        "none.pt                 | there is no none.pt                                     | 2",
        "plain.pt plain.pt --force | plain.pt is what is to be converted                   | 2",
        "plain.pt num.npz        | num.npz is there already: --force replaces it           | 2",
        "plain.pt --dtype I8     | --dtype takes F16, BF16, F32 or F64                     | 2",
        "plain.pt --shard-size x | --shard-size takes a size such as 5GB                   | 2",
      })
  void refusesByName(String line, String message, int code) throws IOException {
    Invocation run = convert(line);
    assertTrue(run.err().contains(message), run.err());
    assertEquals(code, run.code());
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(
          files.anyMatch(
              file ->
                  file.toString().endsWith(".safetensors") || file.toString().endsWith(".part")));
    }
  }

  @Test
  void everyTruncationIsRefusedOrTheSame() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("plain.pt"));
    assertEquals(0, convert("plain.pt good.safetensors").code());
    byte[] good = Files.readAllBytes(folder.resolve("good.safetensors"));
    for (int length = 0; length < whole.length; length += 13) {
      Files.write(folder.resolve("cut.pt"), java.util.Arrays.copyOf(whole, length));
      Invocation run = convert("cut.pt cut.safetensors --force");
      if (run.code() == 0) {
        assertArrayEquals(
            good, Files.readAllBytes(folder.resolve("cut.safetensors")), "cut at " + length);
      } else {
        assertEquals(1, run.code(), run.err());
      }
    }
  }
}
