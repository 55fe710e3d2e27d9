package io.loadlock.python.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is stepped over stands between `‹` and `›`.
class CodeOnlyTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1 ‹# load 'it›\ny = '# no comment'",
        "‹# a licence›\r\nx",
        "‹\"\"\"Loads \"a\" model.\n# x\n\"\"\"›\nload(p)",
        "def f():\n  ‹'load'›\n  return load",
        "def f():\n\tr‹'''\\d'''›  ‹# why›\n\treturn load",
        "‹'it\\'s'›\nload",
        "‹'''it\\\\'''›\nload",
        "‹'''a\n''b'''›\nload",
        "x = 'a\nload ‹# it›\n",
        "x = '''a\nload # it\n'''",
        "x = 'a' \\\n'load'",
        "exec(\n'''import pickle\npickle.load(f)'''\n)",
        "[\n'load',\n'loads'\n]",
        "‹'doc'›\nx = {‹# of names›\n'load': 1}\n‹'doc'›",
        "'load'.join(x)",
        "'%s' % load",
        "'lo' 'ad'",
        "f'{x}'\nload",
        "b'load'\nx",
        "x = f\"{d['#']}\" ‹# load›\n",
        "x = f'''{d['#']}\n# load'''\n",
        "if'a'in x: ‹# load›\n  y",
        "x = '\\\\' ‹# load›",
        "x = '\\\r\n# load' ‹# it›\r\n",
        "x) ‹# one too many›\n‹'doc'›\nload",
      })
  void stepsOverWhatNothingExecutes(String text) {
    assertEquals(text, marked(text), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"\"\nload(p)\n",
        "x = '''\nload(p)\n",
        "x = f'{d['#']}'; load(p)\n",
        "x = f\"{d[\"#\"]}\"; load(p)\n",
        "x = rf\"{d[\"#\"]}\"; load(p)\n",
        "x = t'{'\nload(p)",
      })
  void isUnsureWhereWhatItSteppedOverMayBeCode(String text) {
    assertTrue(walk(text, new StringBuilder()).unsure(), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x = f'{d[\"#\"]:{w}}'", "x = f'''{\n1}'''", "x = '{'"})
  void isElseSure(String text) {
    assertFalse(walk(text, new StringBuilder()).unsure(), text);
  }

  private static String marked(String text) {
    StringBuilder marked = new StringBuilder();
    walk(text.replace("‹", "").replace("›", ""), marked);
    return marked.toString();
  }

  private static CodeOnly walk(String text, StringBuilder marked) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    CodeOnly code = new CodeOnly(bytes, bytes.length);
    boolean afterWord = false;
    for (int i = 0; i < bytes.length; i++) {
      int last = CodeOnly.steers(bytes[i]) ? code.pass(i, afterWord) : i;
      String passed = text.substring(i, last + 1);
      boolean over =
          last > i && !passed.startsWith("\\") && !passed.equals("'''") && !passed.equals("\"\"\"");
      marked.append(over ? "‹" : "").append(passed).append(over ? "›" : "");
      afterWord = NeedleFilter.isWord(bytes[i]);
      i = last;
    }
    return code;
  }
}
