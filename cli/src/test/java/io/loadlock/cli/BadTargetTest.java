package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Where a conversion cannot be written, or not there: nothing of the user's is lost, and nothing
/// stays behind. `./dev fuzz kill` kills it as well.
class BadTargetTest {
  @TempDir Path folder;

  @BeforeEach
  void checkpoint() throws IOException {
    copy("plain.pt", folder);
  }

  private static void copy(String name, Path to) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(BadTargetTest.class.getResourceAsStream("fix/" + name))) {
      Files.copy(in, to.resolve(name));
    }
  }

  private Invocation convert(String line) {
    return Invocation.of(folder, ("convert " + line).split(" "));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void aFullDiskLeavesTheOldFile() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", small.toString()) == 0);
    try {
      Path array = folder.resolve("large.npy");
      Files.write(array, npy(1 << 20));
      Path target = Files.writeString(small.resolve("out.safetensors"), "old");
      Invocation full = convert("large.npy small/out.safetensors --force");
      assertTrue(full.err().contains("No space left on device"), full.err());
      assertEquals(2, full.code());
      assertEquals("old", Files.readString(target));
      Invocation shards = convert("large.npy small/new.safetensors --shard-size 64kB");
      assertEquals(2, shards.code());
      assertEquals(List.of("out.safetensors"), names(small));
    } finally {
      run("umount", small.toString());
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return -1;
    }
  }

  private static byte[] npy(int count) {
    String header = "{'descr': '|u1', 'fortran_order': False, 'shape': (%d,), }".formatted(count);
    byte[] file =
        Arrays.copyOf(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 128 + count);
    file[8] = 118;
    Arrays.fill(file, 10, 128, (byte) ' ');
    System.arraycopy(
        header.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, file, 10, header.length());
    file[127] = '\n';
    return file;
  }

  @Test
  void aFolderThatCannotBeWrittenIsSaidByName() throws IOException {
    Path shut = Files.createDirectory(folder.resolve("shut"));
    Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("r-xr-xr-x"));
    assumeTrue(!Files.isWritable(shut), "root writes everywhere");
    Invocation refused = convert("plain.pt shut/out.safetensors");
    assertTrue(refused.err().contains("shut/"), refused.err());
    assertEquals(2, refused.code());
    assertEquals(List.of(), names(shut));
  }

  @Test
  void aReadOnlyTargetIsNotReplaced() throws IOException {
    Path target = Files.writeString(folder.resolve("out.safetensors"), "old");
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--r--r--"));
    Invocation refused = convert("plain.pt out.safetensors --force");
    assertTrue(refused.err().contains("read-only"), refused.err());
    assertEquals("old", Files.readString(target));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain.pt plain.pt --force                 | plain.pt is what is to be converted",
        "plain.pt ./x/../plain.pt --force          | plain.pt is what is to be converted",
        "plain.pt link.pt --force                  | link.pt is what is to be converted",
        "plain.pt hard.pt --force                  | hard.pt is what is to be converted",
        "link.pt plain.pt --force                  | plain.pt is what is to be converted",
        "plain.pt o.safetensors --sidecar plain.pt --force | plain.pt is what is to be converted",
        "plain.pt o.safetensors --sidecar o.safetensors    | --sidecar names the file that the"
            + " tensors",
        "plain.pt o.safetensors --sidecar notes.json       | notes.json is there already",
      })
  void theSourceAndWhatIsThereStay(String line, String message) throws IOException {
    byte[] before = Files.readAllBytes(folder.resolve("plain.pt"));
    Files.createDirectory(folder.resolve("x"));
    Files.createSymbolicLink(folder.resolve("link.pt"), Path.of("plain.pt"));
    Files.createLink(folder.resolve("hard.pt"), folder.resolve("plain.pt"));
    Files.writeString(folder.resolve("notes.json"), "mine");
    Invocation refused = convert(line);
    assertTrue(refused.err().contains(message), refused.err());
    assertEquals(2, refused.code());
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("plain.pt")));
    assertEquals("mine", Files.readString(folder.resolve("notes.json")));
    assertEquals(List.of("hard.pt", "link.pt", "notes.json", "plain.pt", "x"), names(folder));
  }

  @Test
  void aLinkToAnotherFileIsWrittenThrough() throws IOException {
    Files.createSymbolicLink(folder.resolve("out.safetensors"), Path.of("real"));
    assertEquals(0, convert("plain.pt out.safetensors").code());
    assertTrue(Files.isSymbolicLink(folder.resolve("out.safetensors")));
    assertEquals(72, Files.size(folder.resolve("real")));
    Files.writeString(folder.resolve("real"), "old");
    assertEquals(2, convert("plain.pt out.safetensors").code());
    assertEquals("old", Files.readString(folder.resolve("real")));
    assertEquals(0, convert("plain.pt out.safetensors --force").code());
    assertEquals(72, Files.size(folder.resolve("real")));
  }

  @Test
  void manyRunsAtOnceGiveOneWholeFile() throws IOException {
    assertEquals(0, convert("plain.pt good.safetensors").code());
    List<CompletableFuture<Invocation>> runs =
        IntStream.range(0, 16)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> convert("plain.pt out.safetensors --force")))
            .toList();
    runs.forEach(run -> assertEquals(0, run.join().code(), run.join().err()));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("good.safetensors")),
        Files.readAllBytes(folder.resolve("out.safetensors")));
    assertEquals(List.of("good.safetensors", "out.safetensors", "plain.pt"), names(folder));
  }

  @Test
  void twoFilesThatWouldBecomeOneAreRefused() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    copy("plain.pt", models);
    Files.copy(models.resolve("plain.pt"), models.resolve("plain.bin"));
    Invocation refused = convert("models");
    assertTrue(
        refused.err().contains("plain.bin and plain.pt would both become plain.safetensors"),
        refused.err());
    assertEquals(1, refused.code());
    assertEquals(List.of("plain.bin", "plain.pt"), names(models));
  }

  @Test
  void aDryRunMakesNoFolder() throws IOException {
    Path models = Files.createDirectory(folder.resolve("models"));
    copy("plain.pt", models);
    Invocation dry = convert("models new/place --dry-run");
    assertEquals(0, dry.code(), dry.err());
    assertTrue(Files.notExists(folder.resolve("new")));
    assertEquals(0, convert("models new/place").code());
    assertEquals(List.of("plain.safetensors"), names(folder.resolve("new/place")));
  }
}
