package io.loadlock.cli.page;

/// A paragraph whose code and strong words are marked by characters that no page contains, so that
/// it can be measured and wrapped before it is coloured.
record Styled(String text) {
  private static final char CODE = '\uE000';
  private static final char CODE_END = '\uE001';
  private static final char STRONG = '\uE002';
  private static final char STRONG_END = '\uE003';

  /// Reads `code`, `**strong**` and links; a link keeps its text, and its address where that is a
  /// web page.
  static Styled of(String markdown) {
    StringBuilder text = new StringBuilder();
    boolean strong = false;
    int at = 0;
    while (at < markdown.length()) {
      char c = markdown.charAt(at);
      if (c == '`' && markdown.indexOf('`', at + 1) > 0) {
        int end = markdown.indexOf('`', at + 1);
        text.append(CODE).append(markdown, at + 1, end).append(CODE_END);
        at = end + 1;
      } else if (c == '*' && markdown.startsWith("**", at)) {
        text.append(strong ? STRONG_END : STRONG);
        strong = !strong;
        at += 2;
      } else if (c == '[' && markdown.indexOf("](", at) > 0 && markdown.indexOf(')', at) > 0) {
        at = link(markdown, at, text);
      } else {
        text.append(c);
        at++;
      }
    }
    return new Styled(text.toString());
  }

  private static int link(String markdown, int at, StringBuilder text) {
    int middle = markdown.indexOf("](", at);
    int end = markdown.indexOf(')', middle);
    if (end < 0) {
      text.append('[');
      return at + 1;
    }
    String address = markdown.substring(middle + 2, end);
    text.append(of(markdown.substring(at + 1, middle)).text());
    if (address.startsWith("http")) {
      text.append(" <").append(address).append('>');
    }
    return end + 1;
  }

  /// How many columns it takes.
  int length(boolean colour) {
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      length += columns(text.charAt(i), colour);
    }
    return length;
  }

  private static int columns(char c, boolean colour) {
    return switch (c) {
      case CODE, CODE_END -> colour ? 0 : 1;
      case STRONG, STRONG_END -> 0;
      default -> 1;
    };
  }

  /// On one line, marks turned into colour, or into backticks without it.
  String ansi(boolean colour) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case CODE -> line.append(colour ? "\u001b[36m" : "`");
        case CODE_END -> line.append(colour ? "\u001b[39m" : "`");
        case STRONG -> line.append(colour ? "\u001b[1m" : "");
        case STRONG_END -> line.append(colour ? "\u001b[22m" : "");
        default -> line.append(c);
      }
    }
    return line.toString();
  }

  /// On as many lines as it needs, broken at spaces, the second and later ones behind `hanging`.
  String wrap(boolean colour, int width, String hanging) {
    StringBuilder lines = new StringBuilder();
    int column = 0;
    String leading = text.substring(0, text.length() - text.stripLeading().length());
    lines.append(leading);
    column += leading.length();
    boolean first = true;
    for (String word : text.strip().split(" +")) {
      int length = new Styled(word).length(colour);
      if (!first && column + 1 + length > width) {
        lines.append('\n').append(hanging);
        column = hanging.length();
      } else if (!first) {
        lines.append(' ');
        column++;
      }
      lines.append(word);
      column += length;
      first = false;
    }
    return new Styled(lines.toString()).ansi(colour);
  }
}
