package io.loadlock.artifact.pickle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The table against the one of pickletools (`./dev oracle pickle opcodes`).
class OpcodeTest {
  @Test
  void rowsAreThoseOfPickletools() {
    List<String> ours =
        List.of(Opcode.values()).stream()
            .map(
                one ->
                    String.join(
                        "\t",
                        one.name(),
                        Integer.toString(one.code()),
                        one.operand().word(),
                        Integer.toString(one.protocol()),
                        String.join(" ", one.before()),
                        String.join(" ", one.after())))
            .toList();
    assertEquals(String.join("\n", Expected.lines("opcodes.tsv")), String.join("\n", ours));
  }

  @Test
  void everyByteFindsItsOpcode() {
    for (Opcode one : Opcode.values()) {
      assertEquals(one, Opcode.of(one.code()));
    }
  }
}
