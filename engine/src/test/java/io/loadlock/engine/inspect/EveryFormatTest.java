package io.loadlock.engine.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Outcome;
import io.loadlock.testkit.Corruptions;
import io.loadlock.testkit.TarForge;
import io.loadlock.testkit.ZipForge;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// One file for every format of the table, whole, cut at each length and damaged: whatever comes
/// out is an answer, in time, and no bug. A new format has to bring its file.
class EveryFormatTest {
  private static final Path FIXTURES = Path.of("src/test/resources/fixtures");
  private static final Path HDF5 =
      Path.of("../artifact/src/test/resources/io/loadlock/artifact/hdf5/lambda-new.h5");
  private static final byte[] PLAIN = {(byte) 0x80, 2, '}', 'q', 0, '.'};
  private static final int CUT = 1024;
  private static final Limits SMALL = new Limits(100_000, 100_000, 8 << 20, 1000, 8, 1 << 20);

  /// A file, and the name under which it is what it is.
  @SuppressWarnings("ArrayRecordComponent") // made for one test, never compared
  private record Sample(String name, byte[] bytes) {}

  private static Map<String, Sample> samples() throws IOException {
    Map<String, Sample> all = new TreeMap<>();
    for (String[] row :
        new String[][] {
          {"torch-zip", "state.pt"},
          {"torch-legacy", "state-legacy.pt"},
          {"npz", "two.npz"},
          {"npy", "objects.npy"},
          {"safetensors", "two.safetensors"},
          {"dbm-gnu", "shelf.gdbm"},
          {"dbm-berkeley", "shelf.db"},
          {"dbm-dumb", "dumb.dat"},
          {"sqlite", "shelf.sqlite3"},
          {"pickle", "plain.pkl"},
          {"gzip", "plain.pkl.gz"},
          {"bzip2", "plain.pkl.bz2"},
          {"xz", "plain.pkl.xz"},
          {"lzma", "plain.pkl.lzma"},
          {"zlib", "plain.pkl.z"},
          {"joblib-zfile", "plain.zfile"}
        }) {
      all.put(row[0], new Sample(row[1], Files.readAllBytes(FIXTURES.resolve(row[1]))));
    }
    all.put("hdf5", new Sample("model.h5", Files.readAllBytes(HDF5)));
    archives(all);
    texts(all);
    messages(all);
    binaries(all);
    return all;
  }

  private static void archives(Map<String, Sample> all) throws IOException {
    byte[] none = text("\u0080\2K\0.");
    TarForge torch = new TarForge().file("sys_info", PLAIN).file("pickle", PLAIN);
    all.put(
        "torch-tar",
        new Sample("old.pt", torch.file("storages", none).file("tensors", none).bytes()));
    all.put("tar", new Sample("a.tar", new TarForge().file("a.pkl", PLAIN).bytes()));
    all.put("zip", new Sample("a.zip", new ZipForge().deflated("a.pkl", PLAIN, _ -> {}).bytes()));
    all.put(
        "stable-baselines3",
        new Sample(
            "agent.zip",
            new ZipForge()
                .stored("data", text("{\"policy_class\": {\":serialized:\": \"gAJ9cQAu\"}}"))
                .stored("policy.pth", PLAIN)
                .bytes()));
    String layer = "{\"module\": \"keras.layers\", \"class_name\": \"Dense\", \"config\": {}}";
    all.put(
        "keras",
        new Sample(
            "model.keras",
            new ZipForge()
                .stored("metadata.json", text("{\"keras_version\": \"3.0\"}"))
                .stored("config.json", text(layer))
                .bytes()));
    String node =
        "{\"__class__\": \"list\", \"__module__\": \"builtins\", \"__loader__\": \"ListNode\"}";
    all.put(
        "skops",
        new Sample("model.skops", new ZipForge().stored("schema.json", text(node)).bytes()));
    all.put("7z", new Sample("a.7z", ContainerTricksTest.sevenZip(PLAIN)));
    ByteArrayOutputStream lz4 = new ByteArrayOutputStream();
    try (FramedLZ4CompressorOutputStream out = new FramedLZ4CompressorOutputStream(lz4)) {
      out.write(PLAIN);
    }
    all.put("lz4", new Sample("a.pkl.lz4", lz4.toByteArray()));
    // One raw block: RFC 8878.
    byte[] head = {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0x20, 6, 0x31, 0, 0};
    all.put("zstd", new Sample("a.pkl.zst", join(head, PLAIN)));
  }

  private static void texts(Map<String, Sample> all) {
    all.put("json", new Sample("a.json", text("{\"py/tuple\": [1, {\"py/id\": 1}]}")));
    all.put("yaml", new Sample("a.yaml", text("model:\n  _target_: torch.optim.Adam\n")));
    all.put("jinja", new Sample("a.jinja", text("{% for m in messages %}{{ m }}{% endfor %}")));
    all.put(
        "tf-graph-text", new Sample("a.pbtxt", text("node {\n  name: \"a\"\n  op: \"NoOp\"\n}\n")));
    all.put("xml-model", new Sample("a.pmml", text("<PMML version=\"4.4\"></PMML>")));
    all.put("lightgbm", new Sample("a.txt", text("tree\nversion=v4\nnum_class=1\n")));
  }

  private static void messages(Map<String, Sample> all) {
    byte[] relu = join(field(1, text("x")), field(2, text("y")), field(4, text("Relu")));
    byte[] graph = join(field(1, relu), field(2, text("g")));
    byte[] opset = field(8, new byte[] {16, 13});
    all.put("onnx", new Sample("a.onnx", join(new byte[] {8, 8}, field(7, graph), opset)));
    byte[] operation = join(field(1, text("a")), field(2, text("NoOp")));
    byte[] meta = join(field(1, field(5, text("2.15.0"))), field(2, field(1, operation)));
    all.put("tensorflow", new Sample("saved_model.pb", join(new byte[] {8, 1}, field(2, meta))));
    byte[] layer = join(field(1, text("l")), field(500, field(10, text("Mine"))));
    byte[] described = field(2, field(1, text("x")));
    all.put(
        "coreml",
        new Sample("a.mlmodel", join(new byte[] {8, 4}, described, field(500, field(1, layer)))));
    byte[] block = join(new byte[] {8, 0, 16, 0}, field(4, field(3, text("relu"))));
    all.put("paddle", new Sample("a.pdmodel", join(field(1, block), field(4, new byte[] {8, 0}))));
  }

  private static void binaries(Map<String, Sample> all) {
    ByteBuffer gguf = ByteBuffer.allocate(80).order(ByteOrder.LITTLE_ENDIAN);
    gguf.put(text("GGUF")).putInt(3).putLong(0).putLong(1);
    gguf.putLong(13).put(text("chat_template")).putInt(8).putLong(5).put(text("{{m}}"));
    all.put("gguf", new Sample("a.gguf", java.util.Arrays.copyOf(gguf.array(), gguf.position())));
    ByteBuffer lite = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    lite.putInt(16).put(text("TFL3")).putShort((short) 8).putShort((short) 8);
    lite.putShort((short) 0).putShort((short) 4).putInt(8).putInt(4).putInt(1).putInt(12);
    lite.putShort((short) 8).putShort((short) 8).putShort((short) 0).putShort((short) 4);
    lite.putInt(8).putInt(4).putInt(4).put(text("Mine"));
    all.put("tflite", new Sample("a.tflite", lite.array()));
    all.put("catboost", new Sample("a.cbm", text("CBM1....")));
    all.put("xgboost-ubj", new Sample("a.ubj", text("{i\7learner{")));
    all.put("xgboost-binary", new Sample("a.bin", text("binf....")));
    all.put("ggml", new Sample("a.bin", text("lmgg....")));
    all.put("fasttext", new Sample("a.bin", text("\u00ba\u0016O/....")));
    all.put("tensorrt", new Sample("a.engine", text("ftrt....")));
    byte[] footer = text("W\u00fb\u0080\u008b$uG\u00db");
    all.put("tf-checkpoint", new Sample("model.ckpt.index", join(new byte[64], footer)));
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /// A field of protocol buffers' wire format that holds bytes.
  private static byte[] field(int number, byte[] content) {
    int tag = number << 3 | 2;
    byte[] head =
        tag < 128
            ? new byte[] {(byte) tag, (byte) content.length}
            : new byte[] {(byte) (tag | 128), (byte) (tag >> 7), (byte) content.length};
    return join(head, content);
  }

  private static Inspection inspect(Sample sample, byte[] bytes) {
    return Inspector.standard().inspect(ByteSource.of(bytes), sample.name(), SMALL);
  }

  @Test
  void eachFormatHasAFile() throws IOException {
    TreeSet<String> formats = new TreeSet<>();
    FormatTable.ALL.stream().map(Format::name).forEach(formats::add);
    assertEquals(formats, new TreeSet<>(samples().keySet()));
  }

  private interface Check {
    void of(String format, Sample sample) throws IOException;
  }

  private static Stream<DynamicTest> each(Check check) throws IOException {
    return samples().entrySet().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.getKey(), () -> check.of(sample.getKey(), sample.getValue())));
  }

  @TestFactory
  Stream<DynamicTest> eachIsClaimedByItsFormat() throws IOException {
    return each(
        (format, sample) -> {
          ByteSource content = ByteSource.of(sample.bytes());
          Recognition found = Recognition.of(FormatTable.ALL, content, sample.name(), "");
          assertTrue(
              Stream.concat(found.certain().stream(), found.possible().stream())
                  .anyMatch(one -> one.name().equals(format)));
          Inspection inspection = inspect(sample, sample.bytes());
          assertTrue(inspection.outcome() instanceof Outcome.Complete, inspection::toString);
        });
  }

  @TestFactory
  Stream<DynamicTest> damageIsAnsweredOrSaid() throws IOException {
    return each(
        (_, sample) -> {
          byte[] whole = sample.bytes();
          // The larger ones are files of the real libraries, cut by tests of their own.
          Stream.concat(
                  whole.length > CUT ? Stream.of() : Corruptions.cuts(whole, 1, 0),
                  Corruptions.seeded(whole, 9, 60))
              .forEach(
                  damaged -> ContainerTricksTest.assertNoBug(inspect(sample, damaged.bytes())));
        });
  }
}
