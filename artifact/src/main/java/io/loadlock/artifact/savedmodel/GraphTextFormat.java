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

/// Graphs in protocol buffers' text form: `saved_model.pbtxt`, which TensorFlow loads as readily,
/// and `graph.pbtxt`.
public final class GraphTextFormat implements Format {
  private static final int MOST = 256 << 20;

  @Override
  public String name() {
    return "tf-graph-text";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    boolean named = name.toLowerCase(Locale.ROOT).endsWith(".pbtxt");
    String head = new String(Head.of(content, 4096), StandardCharsets.ISO_8859_1);
    if (head.indexOf('\0') >= 0 || head.indexOf('{') < 0) {
      return Claim.NO;
    }
    boolean graph =
        head.contains("saved_model_schema_version")
            || head.contains("meta_graphs {")
            || head.contains("node {") && head.contains("op: \"");
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
      while (i < text.length()
          && (text.charAt(i) == ':' || Character.isWhitespace(text.charAt(i)))) {
        i++;
      }
      if (!word
          && i > at + name.length()
          && i < text.length()
          && (text.charAt(i) == '"' || text.charAt(i) == '\'')) {
        return i + 1;
      }
    }
    return -1;
  }

  private static String value(String text, int from) {
    int end = from;
    while (end < text.length()
        && text.charAt(end) != text.charAt(from - 1)
        && text.charAt(end) != '\n') {
      end++;
    }
    return text.substring(from, end);
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
