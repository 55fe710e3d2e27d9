package io.loadlock.artifact.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.ByteSource;
import io.loadlock.testkit.PickleAssembler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is printed against what pickletools prints (`./dev oracle pickle dis`).
@SuppressWarnings("StringSplitter") // rows of a test
class DisassemblerTest {
  @Test
  void printsWhatPickletoolsPrints() throws IOException, NoSuchAlgorithmException {
    List<String> rows = Expected.lines("disassembly.tsv");
    StringBuilder wrong = new StringBuilder();
    for (String row : rows) {
      String[] columns = row.split("\t");
      byte[] pickle = Base64.getDecoder().decode(columns[0]);
      String ours = Disassembler.render(ByteSource.of(pickle), 0, List.of(), Integer.MAX_VALUE);
      if (!columns[1].equals(digest(comparable(ours)))) {
        wrong.append(columns[0]).append('\n').append(ours);
      }
    }
    assertEquals("", wrong.toString());
    assertTrue(rows.size() > 250, "as many as were committed");
  }

  /// Where pickletools raises, the wording is its own: the script writes `error` instead.
  private static String comparable(String text) {
    int last = text.lastIndexOf('\n', text.length() - 2) + 1;
    boolean whole = text.startsWith("highest protocol", last);
    return whole ? text : text.substring(0, last) + "error\n";
  }

  private static String digest(String text) throws NoSuchAlgorithmException {
    byte[] bytes = new byte[text.length() * 4];
    int count = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      byte[] one = Character.toString(point).getBytes(StandardCharsets.UTF_8);
      System.arraycopy(one, 0, bytes, count, one.length);
      count += one.length;
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes, 0, count);
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void annotationsStandBehindTheInstruction() throws IOException {
    byte[] pickle = PickleAssembler.protocol(2).call("os", "system", "echo hi").stop();
    String text =
        Disassembler.render(ByteSource.of(pickle), 0, Judged.of(pickle).machine().effects(), 100);
    assertTrue(text.contains("REDUCE  # runs-code: os.system('echo hi')"), text);
  }

  @Test
  void noMoreLinesThanAskedFor() throws IOException {
    byte[] pickle = PickleAssembler.protocol(2).none().pop().none().pop().none().stop();
    assertEquals(4, Disassembler.render(ByteSource.of(pickle), 0, List.of(), 3).lines().count());
  }
}
