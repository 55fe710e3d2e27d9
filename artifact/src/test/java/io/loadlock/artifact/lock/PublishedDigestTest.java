package io.loadlock.artifact.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishedDigestTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @Test
  void readsTheFormsOfSha256sum() throws MalformedException {
    String list =
        "# digests\n"
            + HEX
            + "  a.pt\n"
            + HEX
            + " *dir/b c.pt\r\n"
            + HEX.toUpperCase(Locale.ROOT)
            + "  ./d.pt\n"
            + "SHA256 (e (1).pt) = "
            + HEX
            + "\n";
    assertEquals(
        List.of("a.pt", "dir/b c.pt", "d.pt", "e (1).pt"),
        parse(list).stream().map(PublishedDigest::path).toList());
    assertTrue(parse(list).stream().allMatch(digest -> digest.sha256().equals(HEX)));
  }

  @Test
  void aDigestAloneIsThatOfTheFileBeside() throws MalformedException {
    assertEquals("model.pt", parse(HEX + "\n").getFirst().path());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xyz  a.pt", "HEX  ../a.pt", "HEX  /a.pt", "HEX a.pt", "SHA256 (a.pt) = 00"})
  void refusesLinesThatAreNone(String row) {
    assertThrows(MalformedException.class, () -> parse(row.replace("HEX", HEX)));
  }

  @Test
  void readsLfsPointers() {
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + HEX + "\nsize 12345\n";
    PublishedDigest digest = PublishedDigest.parsePointer(bytes(pointer), "a.pt").orElseThrow();
    assertEquals(HEX, digest.sha256());
    assertEquals(12345, digest.size().orElseThrow());
    assertTrue(
        PublishedDigest.parsePointer(bytes(pointer.replace("sha256", "md5")), "a.pt").isEmpty());
    assertTrue(PublishedDigest.parsePointer(bytes(pointer + " ".repeat(2000)), "a.pt").isEmpty());
    assertTrue(PublishedDigest.parsePointer(bytes("not one"), "a.pt").isEmpty());
  }

  private static List<PublishedDigest> parse(String list) throws MalformedException {
    return PublishedDigest.parseSums(bytes(list), "model.pt");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
