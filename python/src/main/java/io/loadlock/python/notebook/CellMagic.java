package io.loadlock.python.notebook;

import io.loadlock.python.parse.Parser;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// Which cells are Python. A cell magic (`%%name`) gives its cell to whatever it likes: some run it
/// as the Python that it is, some hand it to another language, and of most nobody knows.
final class CellMagic {
  /// Run their body as Python: here, in another process or on a cluster.
  private static final Set<String> PYTHON =
      Set.of(
          "capture",
          "debug",
          "local",
          "memit",
          "mprun",
          "prun",
          "px",
          "py",
          "pypy",
          "python",
          "python2",
          "python3",
          "scalene",
          "skip",
          "snakeviz",
          "spark",
          "time",
          "timeit",
          "wandb");

  /// Hand their body to something else.
  private static final Set<String> OTHER =
      Set.of(
          "bash",
          "bigquery",
          "cmd",
          "configure",
          "css",
          "html",
          "HTML",
          "java",
          "javascript",
          "js",
          "julia",
          "latex",
          "lua",
          "markdown",
          "perl",
          "pip",
          "powershell",
          "R",
          "ruby",
          "script",
          "sh",
          "shell",
          "sql",
          "svg",
          "SVG",
          "system",
          "sx",
          "uv",
          "yaml");

  /// Write their body to the file they name.
  private static final Set<String> WRITE = Set.of("file", "writefile", "writetemplate");

  /// Words that IPython runs as a magic without `%`, when no variable has that name.
  private static final Set<String> AUTOMATIC =
      Set.of(
          "alias",
          "cat",
          "cd",
          "clear",
          "conda",
          "cp",
          "ldir",
          "less",
          "ll",
          "ls",
          "man",
          "matplotlib",
          "mamba",
          "mkdir",
          "more",
          "mv",
          "pip",
          "pwd",
          "rm",
          "rmdir",
          "run",
          "uv");

  private CellMagic() {}

  /// The cells that are Python, as [Parser] takes them.
  static int[] sections(CellText text) {
    int[] sections = new int[2 * text.cellCount()];
    for (int i = 0; i < text.cellCount(); i++) {
      sections[2 * i] = text.start(i);
      boolean python = isPython(text, text.start(i), text.end(i));
      sections[2 * i + 1] = python ? text.end(i) : text.start(i);
    }
    return sections;
  }

  private static boolean isPython(CellText source, int start, int end) {
    byte[] text = source.text();
    int at = firstCode(text, start, end);
    if (at + 2 >= end || text[at] != '%' || text[at + 1] != '%') {
      return true;
    }
    int behind = endOfWord(text, at + 2, end);
    int line = endOfLine(text, behind, end);
    String name = word(text, at + 2, behind);
    if (WRITE.contains(name)) {
      String file = word(text, behind, line).strip();
      return file.endsWith(".py") || file.endsWith(".py\"") || file.endsWith(".py'");
    }
    if (PYTHON.contains(name)) {
      return true;
    }
    return !name.isEmpty()
        && !OTHER.contains(name)
        && Parser.parse(source, new int[] {line, end}, true).problems().isEmpty();
  }

  /// The first byte that is neither blank nor in a comment; Colab's forms stand above a magic.
  private static int firstCode(byte[] text, int start, int end) {
    int at = start;
    while (at < end && (text[at] <= ' ' && text[at] >= 0 || text[at] == '#')) {
      at = text[at] == '#' ? endOfLine(text, at, end) : at + 1;
    }
    return at;
  }

  /// Whether the line of `offset` begins with a word that IPython runs as a magic, so that it is no
  /// Python and yet nothing is wrong with it.
  static boolean isAutomatic(byte[] text, int offset) {
    int start = Math.min(offset, text.length);
    while (start > 0 && text[start - 1] != '\n' && text[start - 1] != '\r') {
      start--;
    }
    int end = endOfWord(text, start, text.length);
    return end < text.length && text[end] <= ' ' && AUTOMATIC.contains(word(text, start, end));
  }

  private static int endOfWord(byte[] text, int from, int end) {
    int at = from;
    while (at < end && (Character.isLetterOrDigit(text[at]) || text[at] == '_')) {
      at++;
    }
    return at;
  }

  private static int endOfLine(byte[] text, int from, int end) {
    int at = from;
    while (at < end && text[at] != '\n' && text[at] != '\r') {
      at++;
    }
    return at;
  }

  private static String word(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
