package io.loadlock.artifact.tree;

import io.loadlock.artifact.Limits;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads YAML as a tree from the events of snakeyaml-engine. No tag is looked up and nothing is
/// constructed. An alias of a scalar is that scalar again; an alias of a container, which is in the
/// tree already, is a null with the tag `*`.
public final class YamlText {
  private static final int DEPTH = 1000;

  private YamlText() {}

  public static Tree parse(ByteSource content, Limits limits) throws IOException {
    List<Problem> problems = new ArrayList<>();
    int length = (int) Math.min(content.size(), Math.min(limits.read(), 32 << 20));
    if (length < content.size()) {
      problems.add(
          new Problem(
              "only the first " + length + " bytes of the text were read", "byte " + length));
    }
    Growing tree = new Growing();
    byte[] bytes = content.bytes(0, length);
    String text = decode(bytes);
    Offsets offsets = new Offsets(text);
    LoadSettings settings =
        LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).setUseMarks(true).build();
    try {
      Parser parser = new ParserImpl(settings, new StreamReader(settings, text));
      String problem = fill(parser, tree, limits.values(), offsets);
      if (problem != null) {
        problems.add(new Problem(problem, "byte " + offsets.last()));
      }
    } catch (MarkedYamlEngineException e) {
      String where =
          e.getProblemMark()
              .map(m -> "line " + (m.getLine() + 1) + ", column " + (m.getColumn() + 1))
              .orElse("");
      problems.add(new Problem("not YAML: " + e.getProblem(), where));
    } catch (YamlEngineException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      problems.add(new Problem("not YAML: " + message, "byte " + offsets.last()));
    }
    return new Tree(tree.finish(), problems);
  }

  /// PyYAML takes UTF-16 by its mark, else UTF-8. Bytes that are no UTF-8 become replacement
  /// characters here.
  private static String decode(byte[] bytes) {
    if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF) {
      return new String(bytes, StandardCharsets.UTF_16);
    }
    if (bytes.length >= 2 && (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE) {
      return new String(bytes, StandardCharsets.UTF_16);
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable String fill(Parser parser, Growing tree, int values, Offsets offsets) {
    Map<String, Node> anchors = new HashMap<>();
    int count = 0;
    while (parser.hasNext()) {
      Event event = parser.next();
      long at = offsets.of(event.getStartMark());
      if (++count > values) {
        return "more than " + values + " values";
      }
      if (tree.depth() > DEPTH) {
        return "nested deeper than " + DEPTH;
      }
      switch (event.getEventId()) {
        case Scalar -> {
          Node node = scalar((ScalarEvent) event, at);
          tree.add(node);
          ((ScalarEvent) event).getAnchor().ifPresent(a -> anchors.put(a.getValue(), node));
        }
        case Alias -> {
          Node target = anchors.get(((AliasEvent) event).getAlias().getValue());
          tree.add(
              target instanceof Node.Scalar
                  ? target
                  : new Node.Scalar(at, Node.Kind.NULL, "", "*"));
        }
        case SequenceStart -> {
          SequenceStartEvent start = (SequenceStartEvent) event;
          tree.begin(at, false, tag(start.getTag()));
        }
        case MappingStart -> {
          MappingStartEvent start = (MappingStartEvent) event;
          tree.begin(at, true, tag(start.getTag()));
        }
        case SequenceEnd, MappingEnd -> tree.end();
        case DocumentStart -> anchors.clear();
        case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
      }
    }
    return null;
  }

  private static Node scalar(ScalarEvent event, long at) {
    String text = event.getValue();
    String tag = tag(event.getTag());
    Node.Kind kind = Node.Kind.TEXT;
    if (tag.isEmpty() && event.getScalarStyle() == ScalarStyle.PLAIN) {
      kind = plain(text);
    }
    return new Node.Scalar(at, kind, text, tag);
  }

  /// YAML 1.1 as PyYAML resolves it, as far as it matters here.
  private static Node.Kind plain(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> Node.Kind.NULL;
      case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> Node.Kind.TRUE;
      case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> Node.Kind.FALSE;
      default -> {
        char first = text.charAt(0);
        boolean digit =
            first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.';
        yield digit && text.matches("[-+]?[0-9._][0-9._eE+:-]*")
            ? Node.Kind.NUMBER
            : Node.Kind.TEXT;
      }
    };
  }

  private static String tag(Optional<String> written) {
    String tag = written.orElse("");
    if (tag.equals("!")) {
      return "";
    }
    if (tag.indexOf('%') >= 0) {
      try {
        return URLDecoder.decode(tag.replace("+", "%2B"), StandardCharsets.UTF_8);
      } catch (IllegalArgumentException notEncoded) {
        return tag;
      }
    }
    return tag;
  }

  /// Turns code points, which come in rising order, into bytes of UTF-8.
  private static final class Offsets {
    private final String text;
    private int codePoints;
    private int chars;
    private long bytes;

    Offsets(String text) {
      this.text = text;
    }

    long last() {
      return bytes;
    }

    long of(Optional<Mark> mark) {
      int target = mark.map(Mark::getIndex).orElse(codePoints);
      while (codePoints < target && chars < text.length()) {
        int c = text.codePointAt(chars);
        chars += Character.charCount(c);
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        codePoints++;
      }
      return bytes;
    }
  }
}
