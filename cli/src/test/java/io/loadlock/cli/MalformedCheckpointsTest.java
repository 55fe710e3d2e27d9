package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.testkit.Golden;
import io.loadlock.testkit.PickleAssembler;
import io.loadlock.testkit.ZipForge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong with a checkpoint is said by name, and nothing is written.
class MalformedCheckpointsTest {
  private static final Path EXPECTED =
      Path.of("src/test/resources/io/loadlock/cli/malformed-checkpoints.txt");

  @TempDir Path folder;

  private final Map<String, byte[]> cases = new LinkedHashMap<>();

  /// A tensor as `torch.save` describes it, each part of which may be wrong.
  private record Tensor(
      String rebuild,
      String tag,
      String module,
      String type,
      String key,
      long elements,
      long offset,
      List<Long> shape,
      List<Long> strides) {
    static final Tensor GOOD =
        new Tensor(
            "_rebuild_tensor_v2",
            "storage",
            "torch",
            "FloatStorage",
            "0",
            6,
            0,
            List.of(2L, 3L),
            List.of(3L, 1L));

    Tensor shaped(List<Long> sizes, List<Long> steps) {
      return new Tensor(rebuild, tag, module, type, key, elements, offset, sizes, steps);
    }

    Tensor at(long start) {
      return new Tensor(rebuild, tag, module, type, key, elements, start, shape, strides);
    }

    Tensor of(long count) {
      return new Tensor(rebuild, tag, module, type, key, count, offset, shape, strides);
    }

    Tensor in(String storage) {
      return new Tensor(rebuild, tag, module, type, storage, elements, offset, shape, strides);
    }

    Tensor typed(String from, String name) {
      return new Tensor(rebuild, tag, from, name, key, elements, offset, shape, strides);
    }

    Tensor made(String by, String as) {
      return new Tensor(by, as, module, type, key, elements, offset, shape, strides);
    }

    PickleAssembler write(PickleAssembler out) {
      out.global("torch._utils", rebuild).mark();
      out.mark().text(tag).global(module, type).text(key).text("cpu");
      number(out, elements).tuple();
      number(out.binPersid(), offset);
      numbers(out, shape);
      numbers(out, strides);
      return out.no().global("collections", "OrderedDict").emptyTuple().reduce().tuple().reduce();
    }

    /// LONG1 of eight bytes.
    private static PickleAssembler number(PickleAssembler out, long value) {
      return out.raw(0x8A, 8).int8(value);
    }

    private static void numbers(PickleAssembler out, List<Long> values) {
      out.mark();
      values.forEach(value -> number(out, value));
      out.tuple();
    }
  }

  private static byte[] pickle(Tensor... tensors) {
    PickleAssembler out = PickleAssembler.protocol(2).emptyDict();
    for (int i = 0; i < tensors.length; i++) {
      tensors[i].write(out.text("w" + i)).setItem();
    }
    return out.stop();
  }

  private static byte[] archive(byte[] pickle, UnaryOperator<ZipForge> more) {
    ZipForge zip = new ZipForge().stored("a/data.pkl", pickle);
    return more.apply(zip).stored("a/version", "3\n".getBytes(StandardCharsets.US_ASCII)).bytes();
  }

  private static byte[] archive(byte[] pickle, int storage) {
    return archive(pickle, zip -> zip.stored("a/data/0", new byte[storage]));
  }

  private void tensor(String what, Tensor tensor) {
    cases.put(what, archive(pickle(tensor), 24));
  }

  private void bytes(String what, byte[] content) {
    cases.put(what, content);
  }

  private static PickleAssembler begun() {
    return PickleAssembler.protocol(2);
  }

  private void shapes() {
    Tensor good = Tensor.GOOD;
    tensor("negative stride", good.shaped(List.of(2L, 3L), List.of(-3L, 1L)));
    tensor("negative inner stride", good.shaped(List.of(2L, 3L), List.of(3L, -1L)));
    tensor("negative size", good.shaped(List.of(-2L, 3L), List.of(3L, 1L)));
    tensor("negative sizes that cancel out", good.shaped(List.of(-2L, -3L), List.of(3L, 1L)));
    tensor("negative offset", good.at(-1));
    tensor("lowest offset", good.at(Long.MIN_VALUE));
    tensor("highest offset", good.at(Long.MAX_VALUE));
    tensor("offset one too far", good.at(1));
    tensor("one row too many", good.shaped(List.of(3L, 3L), List.of(3L, 1L)));
    tensor("stride that leaves the storage", good.shaped(List.of(2L, 3L), List.of(4L, 1L)));
    tensor("stride of 2^62", good.shaped(List.of(2L, 3L), List.of(1L << 62, 1L)));
    tensor("stride of 2^63 - 1", good.shaped(List.of(3L, 3L), List.of(Long.MAX_VALUE, 1L)));
    tensor("2^62 elements", good.shaped(List.of(1L << 62), List.of(1L)));
    tensor("2^63 - 1 elements", good.shaped(List.of(Long.MAX_VALUE), List.of(1L)));
    tensor("2^64 elements by product", good.shaped(List.of(1L << 32, 1L << 32), List.of(0L, 0L)));
    tensor("2^62 repeated elements", good.shaped(List.of(1L << 31, 1L << 31), List.of(0L, 0L)));
    tensor("sizes that overflow to 0", good.shaped(List.of(1L << 62, 4L), List.of(0L, 0L)));
    tensor("fewer strides than sizes", good.shaped(List.of(2L, 3L), List.of(1L)));
    tensor("more strides than sizes", good.shaped(List.of(6L), List.of(3L, 1L)));
    tensor("a number beyond the storage", good.shaped(List.of(), List.of()).at(6));
  }

  private void storages() {
    Tensor good = Tensor.GOOD;
    byte[] fine = pickle(good);
    tensor("storage that is missing", good.in("1"));
    tensor("storage that climbs out", good.in("../0"));
    tensor("storage called the pickle", good.in("../data.pkl"));
    tensor("storage without a name", good.in(""));
    tensor("storage larger than its bytes", good.of(7).shaped(List.of(7L), List.of(1L)));
    tensor("storage of 2^62 elements", good.of(1L << 62));
    tensor("storage of 2^63 - 1 elements", good.of(Long.MAX_VALUE));
    tensor("storage of -1 elements", good.of(-1));
    tensor("storage of no elements", good.of(0));
    tensor("doubles in bytes of floats", good.typed("torch", "DoubleStorage"));
    tensor("complex numbers in bytes of floats", good.typed("torch", "ComplexDoubleStorage"));
    tensor("storage of an unknown type", good.typed("torch", "NoStorage"));
    tensor("storage of a class of one's own", good.typed("mine", "FloatStorage"));
    tensor("storage of a quantized type", good.typed("torch", "QInt8Storage"));
    tensor("persistent id of another kind", good.made("_rebuild_tensor_v2", "module"));
    tensor("rebuilt by an unknown function", good.made("_rebuild_tensor_v9", "storage"));
    tensor("rebuilt as a sparse tensor", good.made("_rebuild_sparse_tensor", "storage"));
    tensor("rebuilt as a quantized tensor", good.made("_rebuild_qtensor", "storage"));
    for (int size : new int[] {0, 1, 4, 23}) {
      bytes("storage of " + size + " bytes for 24", archive(fine, size));
    }
    bytes("no storages at all", archive(fine, zip -> zip));
    bytes(
        "storage that claims to be larger than the file",
        archive(
            fine,
            zip ->
                zip.stored(
                    "a/data/0",
                    new byte[24],
                    member -> {
                      member.centralSize = 1 << 30;
                      member.centralPacked = 1 << 30;
                    })));
    bytes(
        "storage that reaches into the directory",
        archive(
            pickle(good.of(64).shaped(List.of(64L), List.of(1L))),
            zip ->
                zip.stored(
                    "a/data/0",
                    new byte[24],
                    member -> {
                      member.centralSize = 256;
                      member.centralPacked = 256;
                    })));
    bytes(
        "storage deflated to garbage",
        archive(
            fine,
            zip ->
                zip.stored(
                    "a/data/0",
                    new byte[24],
                    member -> {
                      member.centralMethod = 8;
                      member.localMethod = 8;
                    })));
    bytes(
        "storage that inflates to less",
        archive(
            fine,
            zip -> zip.deflated("a/data/0", new byte[20], member -> member.centralSize = 24)));
    bytes(
        "storage by an unknown method",
        archive(
            fine,
            zip ->
                zip.stored(
                    "a/data/0",
                    new byte[24],
                    member -> {
                      member.centralMethod = 77;
                      member.localMethod = 77;
                    })));
    bytes(
        "encrypted storage",
        archive(
            fine,
            zip ->
                zip.stored(
                    "a/data/0",
                    new byte[24],
                    member -> {
                      member.centralFlags |= 1;
                      member.localFlags |= 1;
                    })));
    bytes(
        "encrypted pickle",
        new ZipForge()
            .stored(
                "a/data.pkl",
                fine,
                member -> {
                  member.centralFlags |= 1;
                  member.localFlags |= 1;
                })
            .stored("a/data/0", new byte[24])
            .bytes());
  }

  private void tar(String what, byte[] object, byte[] storages, byte[] tensors) {
    bytes(
        what,
        TarCheckpoints.tar(Map.of("pickle", object, "storages", storages, "tensors", tensors)));
  }

  private void tars() {
    byte[] object = TarCheckpoints.object();
    byte[] storages = TarCheckpoints.storages(24);
    byte[] tensors = TarCheckpoints.tensors(1, 6);
    byte[] none = begun().integer(0).stop();
    bytes("tar without an object", TarCheckpoints.tar(Map.of("storages", storages)));
    tar("tar without tensors", object, storages, none);
    tar("tar without storages", object, none, tensors);
    tar("tar whose object breaks", Arrays.copyOf(object, 9), storages, tensors);
    tar("tar whose storage is cut", object, TarCheckpoints.storages(20), tensors);
    tar("tar whose tensors are cut", object, storages, Arrays.copyOf(tensors, tensors.length - 1));
    tar("tar whose tensor has another storage", object, storages, TarCheckpoints.tensors(2, 6));
    tar("tar whose tensor leaves its storage", object, storages, TarCheckpoints.tensors(1, 7));
    tar("tar of 2^62 elements", object, storages, TarCheckpoints.tensors(1, 1L << 62));
    tar("tar of -1 elements", object, storages, TarCheckpoints.tensors(1, -1));
  }

  private void pickles() {
    byte[] fine = pickle(Tensor.GOOD);
    bytes("empty pickle", archive(new byte[0], 24));
    bytes("pickle without STOP", archive(Arrays.copyOf(fine, fine.length - 1), 24));
    bytes("pickle cut in half", archive(Arrays.copyOf(fine, fine.length / 2), 24));
    bytes("pickle of protocol 9", archive(PickleAssembler.protocol(9).emptyDict().stop(), 24));
    bytes("pickle that pops too much", archive(begun().pop().pop().stop(), 24));
    bytes("pickle that gets what it has not put", archive(begun().get(5).stop(), 24));
    bytes("pickle with an unknown opcode", archive(begun().raw(0xFF).stop(), 24));
    bytes("pickle of a number", archive(begun().integer(5).stop(), 24));
    bytes("pickle of nothing", archive(begun().none().stop(), 24));
    bytes("pickle of an empty dict", archive(begun().emptyDict().stop(), 24));
    bytes("pickle of texts", archive(begun().emptyDict().text("a").text("b").setItem().stop(), 24));
    bytes(
        "two tensors of one name",
        archive(
            Tensor.GOOD
                .write(
                    Tensor.GOOD
                        .write(begun().emptyDict().text("a.b"))
                        .setItem()
                        .text("a")
                        .emptyDict()
                        .text("b"))
                .setItem()
                .setItem()
                .stop(),
            24));
    bytes(
        "tensor called __metadata__",
        archive(Tensor.GOOD.write(begun().emptyDict().text("__metadata__")).setItem().stop(), 24));
    bytes("archive without a pickle", new ZipForge().stored("a/data/0", new byte[24]).bytes());
    bytes("archive of nothing", new ZipForge().bytes());
    bytes("archive cut off", Arrays.copyOf(archive(fine, 24), 200));
    bytes("nothing", new byte[0]);
    bytes("text", "no checkpoint\n".getBytes(StandardCharsets.US_ASCII));
    bytes("zeros", new byte[512]);
    bytes("bare pickle", begun().emptyDict().stop());
  }

  @Test
  void eachIsRefusedByNameAndNothingIsWritten() throws IOException {
    shapes();
    storages();
    pickles();
    tars();
    assertTrue(cases.size() >= 60, "there are " + cases.size());
    StringBuilder said = new StringBuilder();
    Path file = folder.resolve("bad.pt");
    for (Map.Entry<String, byte[]> one : cases.entrySet()) {
      Files.write(file, one.getValue());
      Invocation run = Invocation.of(folder, "convert", "--flatten", "--verify", "bad.pt");
      assertEquals(1, run.code(), one.getKey() + ": " + run.out() + run.err());
      assertEquals("", run.out(), one.getKey());
      String refusal =
          run.err().lines().filter(it -> it.contains(" is not converted: ")).findFirst().orElse("");
      assertTrue(
          refusal.startsWith("loadlock: bad.pt is not converted: "), one.getKey() + run.err());
      said.append(one.getKey()).append(": ").append(refusal.substring(35)).append('\n');
      try (Stream<Path> files = Files.list(folder)) {
        assertEquals(List.of(file), files.toList(), one.getKey());
      }
    }
    Golden.check(EXPECTED, said.toString());
  }

  @Test
  void theGoodOneThatTheyAreMadeFromIsConverted() throws IOException {
    Files.write(folder.resolve("good.pt"), archive(pickle(Tensor.GOOD), 24));
    assertEquals(0, Invocation.of(folder, "convert", "--verify", "good.pt").code());
    byte[] plain = Files.readAllBytes(folder.resolve("good.safetensors"));
    Files.write(
        folder.resolve("deflated.pt"),
        archive(pickle(Tensor.GOOD), zip -> zip.deflated("a/data/0", new byte[24], _ -> {})));
    assertEquals(0, Invocation.of(folder, "convert", "--verify", "deflated.pt").code());
    assertArrayEquals(plain, Files.readAllBytes(folder.resolve("deflated.safetensors")));
    Map<String, byte[]> parts =
        Map.of(
            "pickle", TarCheckpoints.object(),
            "storages", TarCheckpoints.storages(24),
            "tensors", TarCheckpoints.tensors(1, 6));
    Files.write(folder.resolve("old.tar"), TarCheckpoints.tar(parts));
    Invocation old = Invocation.of(folder, "convert", "--verify", "old.tar");
    assertEquals("wrote old.safetensors: 1 tensor, 88 B\n", old.out(), old.err());
  }

  /// {"model": {"w": …}, "optimizer": {"m": …}}, whose storage 1 is not there.
  private static byte[] damagedOptimizer() {
    PickleAssembler out = begun().emptyDict().text("model").emptyDict().text("w");
    Tensor.GOOD.write(out).setItem().setItem().text("optimizer").emptyDict().text("m");
    return archive(Tensor.GOOD.in("1").write(out).setItem().setItem().stop(), 24);
  }

  @Test
  void damageElsewhereIsSaidAndNoReasonToRefuse() throws IOException {
    Files.write(folder.resolve("half.pt"), damagedOptimizer());
    Invocation run = Invocation.of(folder, "convert", "half.pt", "--key", "model", "--verify");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("1 tensor"), run.out());
    assertTrue(
        run.err().contains("half.pt is damaged where no copied tensor is: storage '1' is missing"),
        run.err());
    Invocation whole = Invocation.of(folder, "convert", "half.pt", "--flatten", "--force");
    assertEquals(1, whole.code());
    assertTrue(whole.err().contains("optimizer.m: storage '1' is missing"), whole.err());
  }

  @Test
  void aTensorOfAnUnknownKindIsNotLeftOutSilently() throws IOException {
    byte[] pickle = pickle(Tensor.GOOD, Tensor.GOOD.made("_rebuild_tensor_v9", "storage"));
    Files.write(folder.resolve("new.pt"), archive(pickle, 24));
    Invocation run = Invocation.of(folder, "convert", "new.pt");
    assertEquals(1, run.code(), run.out());
    assertTrue(run.err().contains("w1 is a tensor that torch makes in a way"), run.err());
  }
}
