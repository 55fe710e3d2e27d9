package io.loadlock.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaidTest {
  /// `src/test/resources/columns/make.py` asks Python's `unicodedata`, which knows fewer
  /// characters.
  @Test
  void knowsWhatIsWide() throws IOException {
    BitSet wide = new BitSet();
    List<String> ranges = Files.readAllLines(Path.of("src/test/resources/columns/wide.txt"));
    for (String range : ranges.subList(1, ranges.size())) {
      String[] ends = range.split(" ");
      wide.set(Integer.parseInt(ends[0], 16), Integer.parseInt(ends[1], 16) + 1);
    }
    List<String> missing =
        wide.stream().filter(point -> Laid.width(point) != 2).mapToObj(LaidTest::name).toList();
    assertEquals(List.of(), missing);
    List<String> surplus =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(point -> !Printable.isHarmful(point) && Laid.width(point) == 2)
            .filter(point -> !wide.get(point))
            .mapToObj(LaidTest::name)
            .toList();
    assertEquals(List.of(), surplus.stream().filter(name -> !YOUNGER.contains(name)).toList());
  }

  /// Characters of Unicode 16, which the Python that was asked does not have.
  private static final List<String> YOUNGER =
      List.of(
          "U+2FFC", "U+2FFD", "U+2FFE", "U+2FFF", "U+31E4", "U+31E5", "U+31EF", "U+18CFF",
          "U+1FA89", "U+1FA8F", "U+1FABE", "U+1FAC6", "U+1FADC", "U+1FADF", "U+1FAE9");

  private static String name(int point) {
    return "U+%04X".formatted(point);
  }

  @Test
  void expandsTabsToTheNextStop() {
    Laid laid = Laid.of("\tab\tc");
    assertEquals("    ab  c", laid.text());
    assertEquals(List.of(0, 4, 5, 6, 8, 9), IntStream.of(laid.columns()).boxed().toList());
  }

  @Test
  void countsWideCombiningAndEscapedCharacters() {
    Laid laid = Laid.of("数🙂e\u0301\u001bx");
    assertEquals("数🙂e\u0301\\x1bx", laid.text());
    assertEquals(List.of(0, 2, 2, 4, 5, 5, 9, 10), IntStream.of(laid.columns()).boxed().toList());
  }

  @Test
  void cutsBothEndsOfALongLine() {
    assertEquals("…cdef…", Laid.of("abcdefgh").window(2, 6));
    assertEquals("abcdefgh", Laid.of("abcdefgh").window(0, 8));
    assertEquals("…据…", Laid.of("数据库").window(1, 5));
  }
}
