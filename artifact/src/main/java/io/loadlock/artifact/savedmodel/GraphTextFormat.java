package io.loadlock.artifact.savedmodel;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Graphs in protocol buffers' text form: `saved_model.pbtxt`, which TensorFlow loads as readily,
/// and `graph.pbtxt`.
public final class GraphTextFormat implements Format {
  private static final int MOST = 256 << 20;

  /// Of an operator's name or an attribute.
  private static final int LONGEST = 1 << 16;

  private static final Pattern META_GRAPH = Pattern.compile("\\bmeta_graphs\\s*:?\\s*[{<]");
  private static final Pattern NODE = Pattern.compile("\\bnode\\s*:?\\s*[{<]");

  @Override
  public String name() {
    return "tf-graph-text";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    boolean named = name.toLowerCase(Locale.ROOT).endsWith(".pbtxt");
    String head = new String(Head.of(content, 4096), StandardCharsets.ISO_8859_1);
    if (head.indexOf('\0') >= 0 || head.indexOf('{') < 0 && head.indexOf('<') < 0) {
      return Claim.NO;
    }
    boolean graph =
        head.contains("saved_model_schema_version")
            || META_GRAPH.matcher(head).find()
            || NODE.matcher(head).find() && field(head, "op", 0) >= 0;
    return graph ? Claim.CERTAIN : named ? Claim.POSSIBLE : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    Draft draft = new Draft(name());
    Graphs graphs = new Graphs(draft, limits);
    int length = (int) Math.min(content.size(), Math.min(MOST, limits.read()));
    String text = new String(content.bytes(0, length), StandardCharsets.ISO_8859_1);
    if (length < content.size()) {
      draft.problem("only the first " + length + " bytes of the text were read", length);
    }
    int at = field(text, "op", 0);
    while (at >= 0) {
      String operator = value(text, at);
      int next = field(text, "op", at + 1);
      graphs.textNode(
          operator, at, attributes(text.substring(at, next < 0 ? text.length() : next)));
      at = next;
    }
    graphs.finish();
    return draft.reading();
  }

  /// Where the quoted value of the next field `name: "…"` begins, behind its quote; -1 where there
  /// is none.
  private static int field(String text, String name, int from) {
    for (int at = text.indexOf(name, from); at >= 0; at = text.indexOf(name, at + 1)) {
      int i = at + name.length();
      boolean word =
          at > 0 && (Character.isLetterOrDigit(text.charAt(at - 1)) || text.charAt(at - 1) == '_');
      i = blank(text, i);
      i = i < text.length() && text.charAt(i) == ':' ? blank(text, i + 1) : i;
      if (!word
          && i > at + name.length()
          && i < text.length()
          && (text.charAt(i) == '"' || text.charAt(i) == '\'')) {
        return i + 1;
      }
    }
    return -1;
  }

  /// The text that begins behind a quote: escapes as in C, and pieces one after another.
  private static String value(String text, int from) {
    StringBuilder value = new StringBuilder();
    int at = from;
    while (at < text.length() && value.length() < LONGEST) {
      char quote = text.charAt(at - 1);
      while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
        at = text.charAt(at) == '\\' ? escape(text, at + 1, value) : plain(text, at, value);
      }
      at = blank(text, at + 1);
      if (at >= text.length() || text.charAt(at) != '"' && text.charAt(at) != '\'') {
        break;
      }
      at++;
    }
    return value.toString();
  }

  private static int plain(String text, int at, StringBuilder value) {
    value.append(text.charAt(at));
    return at + 1;
  }

  /// @return where it goes on
  private static int escape(String text, int from, StringBuilder value) {
    boolean hexadecimal = from < text.length() && (text.charAt(from) | 0x20) == 'x';
    int radix = hexadecimal ? 16 : 8;
    int at = hexadecimal ? from + 1 : from;
    int end = at;
    while (end < text.length()
        && end < at + (hexadecimal ? 2 : 3)
        && Character.digit(text.charAt(end), radix) >= 0) {
      end++;
    }
    if (end == at) {
      return at < text.length() ? plain(text, at, value) : at;
    }
    value.append((char) (Integer.parseInt(text.substring(at, end), radix) & 0xFF));
    return end;
  }

  /// Past blanks and comments.
  private static int blank(String text, int from) {
    int at = from;
    while (at < text.length()
        && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == '#')) {
      if (text.charAt(at) == '#') {
        int line = text.indexOf('\n', at);
        at = line < 0 ? text.length() : line;
      } else {
        at++;
      }
    }
    return at;
  }

  private static Map<String, List<String>> attributes(String node) {
    Map<String, List<String>> texts = new HashMap<>();
    for (String key : List.of("output_stream", "debug_urls", "descriptor_source")) {
      int at = node.indexOf('"' + key + '"');
      int value = at < 0 ? -1 : field(node, "s", at + key.length() + 2);
      if (value >= 0) {
        texts.put(key, List.of(value(node, value)));
      }
    }
    return texts;
  }
}
