package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.testkit.ZipForge;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  private static final byte[] PAYLOAD =
      "cos\nsystem\n(S'echo hi'\ntR.".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PLAIN = {(byte) 0x80, 2, '}', 'q', 0, '.'};

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    Files.write(folder.resolve("plain.pkl"), PLAIN);
    Files.write(
        folder.resolve("payload.pt"), new ZipForge().stored("archive/data.pkl", PAYLOAD).bytes());
    Files.write(folder.resolve("cut.pkl"), new byte[] {(byte) 0x80, 2, '}', 'q'});
    Files.writeString(folder.resolve("notes.txt"), "nothing to see\n");
  }

  @Test
  void showsWhatLoadingWouldDo() {
    Invocation run = Invocation.of(folder, "inspect", "payload.pt");
    assertEquals(1, run.code(), run.err());
    assertTrue(
        run.out().startsWith("payload.pt: runs-code: loading runs code that the file chooses\n"),
        run.out());
    assertTrue(
        run.out().contains("os.system('echo hi')    # runs-code, archive/data.pkl byte "),
        run.out());
    assertTrue(
        run.out().contains("os.system  called, runs-code, archive/data.pkl byte 0"), run.out());
  }

  @Test
  void exitCodesTellCleanFromPartialFromPayload() {
    assertEquals(0, Invocation.of(folder, "inspect", "plain.pkl").code());
    assertEquals(3, Invocation.of(folder, "inspect", "cut.pkl").code());
    assertEquals(3, Invocation.of(folder, "inspect", "absent.pkl").code());
    assertEquals(1, Invocation.of(folder, "inspect", "cut.pkl", "payload.pt").code());
    assertEquals(0, Invocation.of(folder, "inspect", "--fail-on", "never", "payload.pt").code());
    assertEquals(2, Invocation.of(folder, "inspect").code());
    assertEquals(2, Invocation.of(folder, "inspect", "--format", "xml", "plain.pkl").code());
  }

  @Test
  void linesCoverFilesThatCannotBeRead() {
    Invocation run = Invocation.of(folder, "inspect", "--format", "jsonl", ".", "absent.pkl");
    String[] lines = run.out().split("\n");
    assertEquals(5, lines.length, run.out());
    assertTrue(
        lines[0].contains("\"path\":\"cut.pkl\"") && lines[0].contains("\"outcome\":\"partial\""),
        lines[0]);
    assertTrue(
        lines[1].contains("\"path\":\"notes.txt\"") && lines[1].contains("\"outcome\":\"skipped\""),
        lines[1]);
    assertTrue(
        lines[2].contains("\"verdict\":\"runs-code\"")
            && lines[2].contains("\"member\":\"archive/data.pkl\""),
        lines[2]);
    assertTrue(
        lines[3].contains("\"verdict\":\"plain-data\"")
            && lines[3].contains("\"outcome\":\"complete\""),
        lines[3]);
    assertTrue(
        lines[4].contains("\"verdict\":null") && lines[4].contains("\"outcome\":\"failed\""),
        lines[4]);
  }

  @Test
  void orderDoesNotDependOnThreads() {
    String one = Invocation.of(folder, "inspect", "--format", "json", "--jobs", "1", ".").out();
    String many = Invocation.of(folder, "inspect", "--format", "json", "--jobs", "8", ".").out();
    assertEquals(one, many);
  }

  @Test
  void readsStandardInputAndOneMember() {
    Invocation input = Invocation.reading("cos\nsystem\n(S'echo hi'\ntR.", folder, "inspect", "-");
    assertEquals(1, input.code(), input.out());
    Invocation member =
        Invocation.of(folder, "inspect", "--member", "archive/data.pkl", "payload.pt");
    assertTrue(member.out().startsWith("archive/data.pkl: runs-code"), member.out());
    Invocation none = Invocation.of(folder, "inspect", "--member", "x", "payload.pt");
    assertEquals(3, none.code(), none.out());
  }

  @Test
  void namesFromFilesCannotMoveTheCursor() throws IOException {
    String name = "a\u001b[2Jb\u202e.pkl";
    Files.write(folder.resolve("names.zip"), new ZipForge().stored(name, PAYLOAD).bytes());
    Invocation run = Invocation.of(folder, "inspect", "names.zip");
    assertFalse(run.out().contains("\u001b") || run.out().contains("\u202e"), run.out());
    assertTrue(run.out().contains("a\\x1b[2Jb\\u202e.pkl"), run.out());
  }
}
