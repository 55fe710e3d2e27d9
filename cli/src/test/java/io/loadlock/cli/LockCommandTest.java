package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.lock.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `lock`, `verify` and `snippet` as a user runs them.
class LockCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void aFolderWithModels() throws IOException {
    Files.createDirectories(folder.resolve("weights"));
    Files.write(folder.resolve("weights/a.safetensors"), safetensors(1));
    Files.write(folder.resolve("weights/b.safetensors"), safetensors(2));
    Files.writeString(folder.resolve("weights/notes.txt"), "no model");
  }

  private static byte[] safetensors(int value) {
    String header = "{\"x\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}   ";
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(header.length());
    file.writeBytes(new byte[7]);
    file.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    file.write(value);
    return file.toByteArray();
  }

  private Invocation run(String... args) {
    return Invocation.of(folder, args);
  }

  @Test
  void whatWasLockedIsVerified() throws IOException {
    Invocation lock = run("lock");
    assertEquals("", lock.err());
    assertEquals(0, lock.code());
    String text = Files.readString(folder.resolve("loadlock.lock"));
    assertTrue(text.contains("path = \"weights/a.safetensors\""), text);
    assertFalse(text.contains("notes.txt"), text);
    Invocation verify = run("verify");
    assertEquals("2 files as locked\n", verify.out());
    assertEquals(0, verify.code());
    assertEquals(text, lockedAgain());
  }

  private String lockedAgain() throws IOException {
    assertEquals(0, run("lock").code());
    return Files.readString(folder.resolve("loadlock.lock"));
  }

  @Test
  void namesWhatWasAddedRemovedAndChanged() throws IOException {
    assertEquals(0, run("lock").code());
    Files.write(folder.resolve("weights/a.safetensors"), safetensors(9));
    Files.delete(folder.resolve("weights/b.safetensors"));
    Files.write(folder.resolve("weights/c.safetensors"), safetensors(3));
    Invocation verify = run("verify");
    assertEquals(
        """
        changed weights/a.safetensors: still plain-data
        removed weights/b.safetensors
        added weights/c.safetensors
        3 differences, 2 locked files
        """,
        verify.out());
    assertEquals(1, verify.code());
    String json = run("verify", "--format", "json").out();
    assertTrue(
        json.startsWith(
            "{\"locked\":2,\"differences\":[{\"kind\":\"changed\",\"path\":\"weights/a.safetensors\""),
        json);
  }

  @Test
  void locksOnlyWhatItIsToldAndKeepsTheRest() throws IOException {
    assertEquals(0, run("lock").code());
    Files.write(folder.resolve("weights/a.safetensors"), safetensors(9));
    Files.write(folder.resolve("weights/b.safetensors"), safetensors(8));
    assertEquals(0, run("lock", "weights/a.safetensors").code());
    assertEquals(
        "changed weights/b.safetensors: still plain-data\n1 difference, 2 locked files\n",
        run("verify").out());
  }

  @Test
  void takesTheAuthorsDigestAndRefusesAnotherFile() throws IOException {
    String a = Sha256.of(folder.resolve("weights/a.safetensors")).hex();
    Files.writeString(folder.resolve("weights/SHA256SUMS"), a + "  a.safetensors\n");
    assertEquals(0, run("lock", "--from", "weights/SHA256SUMS").code());
    String text = Files.readString(folder.resolve("loadlock.lock"));
    assertTrue(text.contains("source = \"sha256sums\""), text);
    Files.writeString(folder.resolve("weights/b.safetensors.sha256"), a + "\n");
    Invocation refused = run("lock", "--from", "weights/b.safetensors.sha256");
    assertTrue(
        refused.err().contains("weights/b.safetensors is not what its author published"),
        refused.err());
    assertEquals(1, refused.code());
    assertEquals(text, Files.readString(folder.resolve("loadlock.lock")));
  }

  @Test
  void anLfsPointerStandsForItsFile() throws IOException {
    byte[] model = safetensors(2);
    assertEquals(0, run("lock").code());
    Files.writeString(
        folder.resolve("weights/b.safetensors"),
        "version https://git-lfs.github.com/spec/v1\noid sha256:"
            + Sha256.of(model)
            + "\nsize "
            + model.length
            + "\n");
    assertEquals("2 files as locked\n", run("verify").out());
    String pointed = lockedAgain();
    assertTrue(pointed.contains("source = \"lfs-pointer\""), pointed);
  }

  @Test
  void readsAHubCache() throws IOException {
    byte[] model = safetensors(5);
    Path repo = folder.resolve("hub/models--a--b");
    Path blob = repo.resolve("blobs").resolve(Sha256.of(model));
    Files.createDirectories(repo.resolve("blobs"));
    Files.createDirectories(repo.resolve("snapshots/0123"));
    Files.write(blob, model);
    Files.createSymbolicLink(
        repo.resolve("snapshots/0123/model.safetensors"),
        Path.of("../../blobs/" + blob.getFileName()));
    assertEquals(0, run("lock", "hub", "--from", "hub").code());
    String text = Files.readString(folder.resolve("loadlock.lock"));
    assertTrue(text.contains("source = \"hub-cache\""), text);
    Files.write(blob, safetensors(6));
    assertEquals(1, run("lock", "hub", "--from", "hub").code());
  }

  @Test
  void aLockIsWrittenThroughALinkAndNeverWhereItIsReadOnly() throws IOException {
    Path real = Files.writeString(folder.resolve("kept.lock"), "version = 1\n");
    Path link = Files.createSymbolicLink(folder.resolve("loadlock.lock"), Path.of("kept.lock"));
    assertEquals(0, run("lock").code());
    assertTrue(Files.isSymbolicLink(link));
    String text = Files.readString(real);
    assertTrue(text.contains("weights/b.safetensors"), text);
    Files.delete(folder.resolve("weights/b.safetensors"));
    Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("r--r--r--"));
    Invocation refused = run("lock");
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("read-only"), refused.err());
    assertEquals(text, Files.readString(real));
  }

  @Test
  void manyRunsAtOnceGiveOneWholeLock() throws IOException {
    String alone = lockedAgain();
    IntStream.range(0, 12).parallel().forEach(_ -> assertEquals(0, run("lock").code()));
    assertEquals(alone, Files.readString(folder.resolve("loadlock.lock")));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  private static final Path SIGNED =
      Path.of("../artifact/src/test/resources/io/loadlock/artifact/lock/signing")
          .toAbsolutePath()
          .normalize();

  private Invocation verifySigned(String bundle) {
    return run(
        "verify", "--signature", SIGNED + "/" + bundle, "--key", SIGNED + "/more.pub", "signed");
  }

  @Test
  void checksShardsAndSaysWhatTheSignerLeftOut() throws IOException {
    Files.createDirectories(folder.resolve("signed/tokenizer"));
    for (String file : new String[] {"model.safetensors", "tokenizer/vocab.txt"}) {
      Files.copy(SIGNED.resolve("model").resolve(file), folder.resolve("signed").resolve(file));
    }
    assertEquals("2 files as locked\n", verifySigned("shards.sig").out());
    assertEquals(
        "not signed tokenizer: the signer left it out\n1 file as locked\n",
        verifySigned("left-out.sig").out());
    Files.writeString(folder.resolve("signed/tokenizer/vocab.txt"), "a\nb\nc\n");
    assertEquals(
        "unreadable tokenizer/vocab.txt: nothing is signed from byte 4 on\n"
            + "1 difference, 2 locked files\n",
        verifySigned("shards.sig").out());
  }

  @Test
  void checksASignedModel() throws IOException {
    Path signed =
        Path.of("../artifact/src/test/resources/io/loadlock/artifact/lock/signing")
            .toAbsolutePath()
            .normalize();
    for (String file : new String[] {"model.safetensors", "tokenizer/vocab.txt"}) {
      Path copy = folder.resolve("signed").resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(signed.resolve("model").resolve(file), copy);
    }
    String[] byKey = {
      "verify", "--signature", signed + "/p256.sig", "--key", signed + "/p256.pub", "signed"
    };
    assertEquals("2 files as locked\n", run(byKey).out());
    String[] byChain = {
      "verify",
      "--signature",
      signed + "/certificate.sig",
      "--certificates",
      signed + "/root.pem",
      "signed"
    };
    assertEquals("2 files as locked\n", run(byChain).out());
    Invocation other =
        run("verify", "--signature", signed + "/p384.sig", "--key", signed + "/p256.pub", "signed");
    assertEquals(
        "loadlock: p384.sig: it was signed with another key",
        other.err().lines().findFirst().orElse(""));
    Files.writeString(folder.resolve("signed/tokenizer/vocab.txt"), "x");
    Files.writeString(folder.resolve("signed/extra.bin"), "x");
    assertEquals(
        "added extra.bin\n"
            + "changed tokenizer/vocab.txt: other bytes\n"
            + "2 differences, 2 locked files\n",
        run(byKey).out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "verify                       | there is no loadlock.lock here",
        "lock ..                      | .. is outside of this folder",
        "lock --from none             | there is no none",
        "lock --from weights/notes.txt| weights/notes.txt: line 1: not a line of sha256sum",
        "verify --format xml          | --format takes text or json, not 'xml'",
        "verify --signature x a b     | a bundle is about one folder, not 2",
        "snippet                      | snippet takes one file",
        "snippet none                 | there is no none",
        "lock --jobs 0                | --jobs takes a number from 1 to 1024",
      })
  void saysWhatIsWrongWithTheCommand(String line, String message) {
    Invocation refused = run(line.split(" "));
    assertTrue(refused.err().contains(message), refused.err());
    assertEquals(2, refused.code());
  }

  @ParameterizedTest
  @CsvSource({"../x", "/etc/x", "a//b"})
  void aLockThatLeadsOutsideIsNoLock(String path) throws IOException {
    Files.writeString(
        folder.resolve("loadlock.lock"),
        "version = 1\n[[model]]\npath = \""
            + path
            + "\"\nsize = 1\nsha256 = \""
            + "a".repeat(64)
            + "\"\nsource = \"local\"\n");
    Invocation refused = run("verify");
    assertEquals(
        "loadlock: loadlock.lock: line 2: not a path inside the locked folder: " + path,
        refused.err().lines().findFirst().orElse(""));
    assertEquals(2, refused.code());
  }

  @Test
  void printsTheLinesThatVerifyBeforeTheyLoad() throws IOException {
    assertEquals(0, run("lock").code());
    Invocation snippet = run("snippet", "weights/a.safetensors");
    String digest = Sha256.of(folder.resolve("weights/a.safetensors")).hex();
    assertEquals(
        """
        import hashlib

        import safetensors.torch

        with open("weights/a.safetensors", "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != (
                "%s"
            ):
                raise ValueError("not the file that was locked: " + file.name)
            file.seek(0)
            model = safetensors.torch.load(file.read())
        """
            .formatted(digest),
        snippet.out());
    String other = run("snippet", "weights/notes.txt").out();
    assertTrue(other.endsWith("\n    model = file.read()\n"), other);
    assertTrue(other.startsWith("import hashlib\n\nwith open("), other);
  }
}
