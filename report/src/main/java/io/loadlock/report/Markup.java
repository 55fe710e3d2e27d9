package io.loadlock.report;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayDeque;
import java.util.Deque;

/// Writes elements of XML or HTML. All text and every attribute value is escaped here, so that no
/// caller can forget it, and made printable first.
final class Markup {
  /// Characters of a sentence that are shown.
  private static final int PROSE = 2_000;

  private final Writer out;
  private final Deque<String> open = new ArrayDeque<>();

  Markup(Writer out) {
    this.out = out;
  }

  /// Opens `<name …>`, to be closed by [#close].
  ///
  /// @param attributes names and values in turn
  Markup open(String name, String... attributes) throws IOException {
    start(name, attributes);
    out.write('>');
    open.push(name);
    return this;
  }

  /// Closes the element that was opened last.
  Markup close() throws IOException {
    out.write("</");
    out.write(open.pop());
    out.write('>');
    return this;
  }

  /// An element with nothing but text.
  Markup element(String name, String text, String... attributes) throws IOException {
    return open(name, attributes).text(text).close();
  }

  /// An element without content, `<name …/>`.
  Markup empty(String name, String... attributes) throws IOException {
    start(name, attributes);
    out.write("/>");
    return this;
  }

  /// Text on one line.
  Markup text(String text) throws IOException {
    escape(Printable.of(text));
    return this;
  }

  /// A sentence on one line, in which what stands between backticks is code.
  Markup prose(String text) throws IOException {
    String[] parts = Printable.of(text, PROSE).split("`", -1);
    if (parts.length % 2 == 0) {
      return text(String.join("`", parts));
    }
    for (int part = 0; part < parts.length; part++) {
      if (part % 2 == 1) {
        element("code", parts[part]);
      } else {
        text(parts[part]);
      }
    }
    return this;
  }

  /// A line end, which only makes the source readable unless it is in a `pre`.
  Markup line() throws IOException {
    out.write('\n');
    return this;
  }

  /// Something that the caller has written itself, such as a style sheet.
  Markup raw(String markup) throws IOException {
    out.write(markup);
    return this;
  }

  private void start(String name, String[] attributes) throws IOException {
    out.write('<');
    out.write(name);
    for (int at = 0; at < attributes.length; at += 2) {
      out.write(' ');
      out.write(attributes[at]);
      out.write("=\"");
      escape(Printable.of(attributes[at + 1]));
      out.write('"');
    }
  }

  private void escape(String text) throws IOException {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      switch (c) {
        case '<' -> out.write("&lt;");
        case '>' -> out.write("&gt;");
        case '&' -> out.write("&amp;");
        case '"' -> out.write("&quot;");
        case '\'' -> out.write("&#39;");
        default -> out.write(c);
      }
    }
  }
}
