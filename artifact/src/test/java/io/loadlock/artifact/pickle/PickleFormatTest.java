package io.loadlock.artifact.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.loadlock.artifact.Format.Claim;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
}
