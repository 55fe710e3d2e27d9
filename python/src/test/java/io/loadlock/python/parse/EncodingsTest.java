package io.loadlock.python.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Location;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Statement;
import io.loadlock.python.tree.TreeText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Cookies (PEP 263), marks and line ends; places are those of the file on disk.
class EncodingsTest {
  private static String reasons(ParsedSource parsed) {
    return String.join(", ", parsed.problems().stream().map(SyntaxProblem::reason).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "latin-1, ISO-8859-1, é",
    "iso-8859-15, ISO-8859-15, €",
    "cp1252, windows-1252, “",
    "windows-1252, windows-1252, €",
    "shift_jis, Shift_JIS, 表",
    "cp932, windows-31j, ソ",
    "gbk, GBK, 模",
    "gb18030, GB18030, 型",
    "euc-kr, EUC-KR, 한",
    "euc_jp, EUC-JP, 語",
    "big5, Big5, 許",
    "koi8-r, KOI8-R, ж",
    "iso2022_jp, ISO-2022-JP, 語",
    "mac-roman, x-MacRoman, ü",
    "utf-8, UTF-8, 🧪",
    "UTF8, UTF-8, é",
    "utf_8_sig, UTF-8, é",
  })
  void readsTheEncodingOfTheCookie(String cookie, String charset, String character) {
    String text =
        "# -*- coding: " + cookie + " -*-\nx = '" + character + "'; f('" + character + "')\n";
    byte[] file = text.getBytes(Charset.forName(charset));
    ParsedSource parsed = Parser.parse(file);
    assertEquals("", reasons(parsed));
    assertEquals(
        TreeText.of(
            Parser.parse(text.replace(cookie, "utf-8").getBytes(StandardCharsets.UTF_8)).module()),
        TreeText.of(parsed.module()));
    Statement call = parsed.module().body().getLast();
    Location.Source place = parsed.source().locate("p", call.start(), call.end());
    int from = (int) place.startByte();
    String onDisk = new String(file, from, (int) place.endByte() - from, Charset.forName(charset));
    assertTrue(onDisk.startsWith("f('") && onDisk.endsWith(")"), onDisk);
    assertEquals(2, place.start().line());
    assertEquals(9 + character.length(), place.start().column());
    assertEquals(9 + character.codePointCount(0, character.length()), place.start().codePoint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE"})
  void readsUtf16BehindItsMark(String charset) {
    String mark = charset.equals("UTF-16") ? "" : "\uFEFF";
    byte[] file = (mark + "é = f('🧪')\r\ng()\r\n").getBytes(Charset.forName(charset));
    ParsedSource parsed = Parser.parse(file);
    assertEquals("(= é (call f \"\\{1f9ea}\")) (expr (call g))", TreeText.of(parsed.module()));
    Statement last = parsed.module().body().getLast();
    Location.Source place = parsed.source().locate("p", last.start(), last.end());
    assertEquals(new Location.Point(2, 1, 1), place.start());
    assertEquals(file.length - 10, place.startByte());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          '# coding: nonsense' | the encoding 'nonsense' is not known
          '# vim: set fileencoding=utf8 :' | ''
          '# -*- coding: utf-8; mode: x' | ''
          '#!/usr/bin/python' | ''
          'x = 1 # coding: nonsense' | ''
          """)
  void onlyCommentsOfTheFirstTwoLinesNameAnEncoding(String line, String problem) {
    byte[] file = (line + "\nf()\n").getBytes(StandardCharsets.UTF_8);
    ParsedSource parsed = Parser.parse(file);
    assertEquals(problem, reasons(parsed));
    assertEquals("(expr (call f))", TreeText.of(parsed.module().body().getLast()));
  }

  @Test
  void utf7SpellsNamesInOtherBytes() {
    byte[] file =
        "# coding: utf-7\nimport +AHAAaQBjAGsAbABl-\n".getBytes(StandardCharsets.US_ASCII);
    ParsedSource parsed = Parser.parse(file);
    boolean read = TreeText.of(parsed.module()).equals("(import [pickle])");
    assertTrue(read || !parsed.problems().isEmpty(), "read or reported, never passed over");
  }

  @Test
  void aLyingCookieIsReportedAndTheRestRead() {
    byte[] file =
        "# coding: shift_jis\nx = '\u00ff\u00fe'\nf()\n".getBytes(StandardCharsets.ISO_8859_1);
    ParsedSource parsed = Parser.parse(file);
    assertEquals("not Shift_JIS all over", reasons(parsed));
    assertEquals("(expr (call f))", TreeText.of(parsed.module().body().getLast()));
  }

  @Test
  void aByteThatIsNotUtf8IsReportedAndTheRestRead() {
    byte[] file = "x = '\u00fc'\nf()\n".getBytes(StandardCharsets.ISO_8859_1);
    ParsedSource parsed = Parser.parse(file);
    assertEquals("a byte that is not UTF-8", reasons(parsed));
    assertEquals(5, parsed.problems().getFirst().start());
    assertEquals("(expr (call f))", TreeText.of(parsed.module().body().getLast()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r", "\f\n", "\t\n", "\\\n\n", "; \n"})
  void linesEndInThreeWays(String end) {
    byte[] file = ("\uFEFFa()" + end + "b()" + end).getBytes(StandardCharsets.UTF_8);
    ParsedSource parsed = Parser.parse(file);
    assertEquals("(expr (call a)) (expr (call b))", TreeText.of(parsed.module()));
    Expression second = ((Statement.Expr) parsed.module().body().getLast()).value();
    Location.Source place = parsed.source().locate("p", second.start(), second.end());
    assertEquals(end.equals("\\\n\n") ? 3 : 2, place.start().line());
    assertEquals(1, place.start().column());
  }

  @Test
  void aNulByteCostsItsLine() {
    ParsedSource parsed = Parser.parse("a(\0)\nb()\n".getBytes(StandardCharsets.US_ASCII));
    assertEquals("(expr (call b))", TreeText.of(parsed.module().body().getLast()));
    assertTrue(!parsed.problems().isEmpty());
  }

  @Test
  void namesAreFoldedAsCPythonFoldsThem() {
    byte[] file = "import ｐickle as 𝓹\n𝓹.ﬁle(ª)\n".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        "(import [pickle as p]) (expr (call (. p file) a))",
        TreeText.of(Parser.parse(file).module()));
  }
}
