package io.loadlock.artifact.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Format.Claim;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is taken for a pickle, where no magic number tells.
class PickleFormatTest {
  private static Claim claim(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new PickleFormat(Judged.POLICY).claims(ByteSource.of(bytes), "");
  }

  /// `i`, then two lines: an INST of the module `nclude` and the name `-------`.
  @Test
  void aTextWithAnUnderlinedTitleIsNone() throws IOException {
    assertEquals(Claim.NO, claim("include\n-------\n\nLoad and run CMake code.\n"));
    assertEquals(Claim.NO, claim("cos\n--\n\nThe cosine.\n"));
  }

  @Test
  void anOldCallIsOne() throws IOException {
    assertNotEquals(Claim.NO, claim("(S'echo hi'\nios\nsystem\n."));
    assertNotEquals(Claim.NO, claim("cos\nsystem\n(S'echo hi'\ntR."));
  }

  /// However long the operand in front of the call is.
  @Test
  void aCallBehindALongTextIsOne() throws IOException {
    String call = "0cos\nsystem\n(S'echo hi'\ntR.";
    assertNotEquals(Claim.NO, claim("V" + "a".repeat(20_000) + "\n" + call));
    assertNotEquals(Claim.NO, claim("S'" + "a".repeat(20_000) + "'\n" + call));
    assertNotEquals(Claim.NO, claim("X N\0\0" + "a".repeat(20_000) + call));
    assertEquals(Claim.NO, claim("V" + "a".repeat(20_000) + "\nand so on, a text\n"));
  }

  private static Reading read(String text) throws IOException, MalformedException {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return new PickleFormat(Judged.POLICY).read(ByteSource.of(bytes), "a.pkl", Limits.DEFAULT);
  }

  private static List<String> kinds(Reading reading) {
    return reading.notices().stream().map(Notice::kind).toList();
  }

  /// Nobody's `load` gets there; a program that knows the place does.
  @Test
  void picklesBehindZerosAreHandedOn() throws IOException, MalformedException {
    String zeros = "\0".repeat(500);
    Reading reading = read("N." + zeros + "cos\nsystem\n(S'echo hi'\ntR." + zeros + "I1\n.");
    assertEquals(
        List.of("(byte 502)", "(byte 1028)"), reading.nested().stream().map(Nested::name).toList());
    assertEquals(List.of(), read("N." + zeros).nested());
    assertEquals(List.of(), read("N." + zeros + "no pickle").nested());
  }

  @Test
  void whatOnlyOneUnpicklerReadsIsNoticed() throws IOException, MalformedException {
    assertEquals(List.of("pickle-octal"), kinds(read("I010\n.")));
    assertEquals(List.of("pickle-octal"), kinds(read("I-07\n.")));
    for (String both : List.of("I10\n.", "I0\n.", "I00\n.", "I01\n.", "I0x10\n.", "I0o17\n.")) {
      assertEquals(List.of(), kinds(read(both)), both);
    }
  }

  /// `pickle.py` imports what stands there, without its last byte; the C unpickler stops.
  @Test
  void aNameThatTheEndCutsOffIsNamed() throws IOException, MalformedException {
    for (String opcode : List.of("c", "(i")) {
      Reading reading = read("N0" + opcode + "os\nsystem?");
      assertEquals("os.system", reading.globals().get(0).full());
      assertEquals(Verdict.UNKNOWN_CODE, reading.verdict());
      assertEquals(List.of("pickle-cut-name"), kinds(reading));
      assertTrue(reading.outcome() instanceof Outcome.Partial);
    }
    assertEquals(List.of(), read("N0cos").globals());
  }
}
