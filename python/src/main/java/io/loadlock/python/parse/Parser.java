package io.loadlock.python.parse;

import io.loadlock.python.tree.Module;
import io.loadlock.python.tree.Statement;
import java.util.ArrayList;
import java.util.List;

/// Python of any version from 2.7 to 3.14, in any state, to a tree.
public final class Parser {
  private Parser() {}

  /// Parses a file. Any bytes give a tree; what could not be understood is listed beside it.
  public static ParsedSource parse(byte[] bytes) {
    Problems problems = new Problems();
    FileText source = Encodings.decode(bytes, problems);
    int length = source.text().length;
    return parse(source, new int[] {source.first(), length}, false, problems);
  }

  /// Parses stretches of a text one by one into one module: no bracket, string or block leaves its
  /// stretch.
  ///
  /// @param sections offsets of each stretch's first byte and the byte behind its last one, in turn
  /// @param ipython whether magics and shell lines belong to the language
  public static ParsedSource parse(SourceText source, int[] sections, boolean ipython) {
    return parse(source, sections, ipython, new Problems());
  }

  private static ParsedSource parse(
      SourceText source, int[] sections, boolean ipython, Problems problems) {
    byte[] text = source.text();
    Scanner scanner = new Scanner(text, problems, ipython);
    StatementParser statements = new StatementParser(text, scanner);
    List<Statement> body = new ArrayList<>();
    for (int i = 0; i + 1 < sections.length; i += 2) {
      body.addAll(statements.section(sections[i], sections[i + 1]));
    }
    Module module = new Module(0, text.length, body);
    return new ParsedSource(source, module, scanner.comments.over(source), problems.toList());
  }
}
