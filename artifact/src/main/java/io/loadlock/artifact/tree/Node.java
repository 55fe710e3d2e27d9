package io.loadlock.artifact.tree;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One value of a JSON or YAML text.
public sealed interface Node {
  /// Byte where it begins.
  long offset();

  /// A YAML tag, resolved through `%TAG` directives and percent-decoded, such as
  /// `tag:yaml.org,2002:python/name:os.system`; empty in JSON and where none is written.
  String tag();

  /// Text, number, boolean or null.
  ///
  /// @param text the decoded text; a number or a word as written
  record Scalar(long offset, Kind kind, String text, String tag) implements Node {}

  record Sequence(long offset, List<Node> items, String tag) implements Node {}

  /// Keys may repeat, and all of them are here: Python's readers keep the last.
  record Mapping(long offset, List<Entry> entries, String tag) implements Node {
    /// The value of the last entry with this key.
    public Optional<Node> get(String key) {
      for (int i = entries.size() - 1; i >= 0; i--) {
        if (entries.get(i).key() instanceof Scalar scalar && scalar.text().equals(key)) {
          return Optional.of(entries.get(i).value());
        }
      }
      return Optional.empty();
    }

    public boolean has(String key) {
      return get(key).isPresent();
    }

    /// The text under this key; empty where there is none or it is no text.
    public String text(String key) {
      return get(key).map(Node::asText).orElse("");
    }

    public Optional<Mapping> mapping(String key) {
      return get(key).filter(Mapping.class::isInstance).map(Mapping.class::cast);
    }

    /// The items under this key; empty where it is no sequence.
    public List<Node> items(String key) {
      return get(key).orElse(null) instanceof Sequence sequence ? sequence.items() : List.of();
    }
  }

  record Entry(Node key, Node value) {}

  enum Kind {
    TEXT,
    NUMBER,
    TRUE,
    FALSE,
    NULL
  }

  /// The text of a text; empty for everything else.
  default String asText() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.TEXT ? scalar.text() : "";
  }

  default boolean isTrue() {
    return this instanceof Scalar scalar && scalar.kind() == Kind.TRUE;
  }

  /// This node and all below it, keys before values, in the order of the text.
  default void walk(Consumer<Node> visit) {
    Deque<Node> open = new ArrayDeque<>();
    open.push(this);
    while (!open.isEmpty()) {
      Node node = open.pop();
      visit.accept(node);
      switch (node) {
        case Scalar ignored -> {}
        case Sequence sequence -> {
          for (int i = sequence.items().size() - 1; i >= 0; i--) {
            open.push(sequence.items().get(i));
          }
        }
        case Mapping mapping -> {
          for (int i = mapping.entries().size() - 1; i >= 0; i--) {
            open.push(mapping.entries().get(i).value());
            open.push(mapping.entries().get(i).key());
          }
        }
      }
    }
  }

  /// As Python's `repr` would show it, cut after about 120 characters.
  default String brief() {
    StringBuilder out = new StringBuilder();
    brief(this, out, 6);
    return out.length() > 120 ? out.substring(0, 117) + "..." : out.toString();
  }

  private static void brief(Node node, StringBuilder out, int depth) {
    if (out.length() > 120 || depth == 0) {
      out.append("...");
      return;
    }
    switch (node) {
      case Scalar scalar ->
          out.append(
              switch (scalar.kind()) {
                case TEXT -> quoted(scalar.text());
                case NUMBER -> scalar.text();
                case TRUE -> "True";
                case FALSE -> "False";
                case NULL -> "None";
              });
      case Sequence sequence -> {
        out.append('[');
        String comma = "";
        for (Node item : sequence.items()) {
          out.append(comma);
          if (out.length() > 120) {
            break;
          }
          brief(item, out, depth - 1);
          comma = ", ";
        }
        out.append(']');
      }
      case Mapping mapping -> {
        out.append('{');
        String comma = "";
        for (Entry entry : mapping.entries()) {
          out.append(comma);
          if (out.length() > 120) {
            break;
          }
          brief(entry.key(), out, depth - 1);
          out.append(": ");
          brief(entry.value(), out, depth - 1);
          comma = ", ";
        }
        out.append('}');
      }
    }
  }

  /// A Python string literal of at most 80 characters of `text`, control characters escaped.
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("'");
    int length = Math.min(text.length(), 80);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\'' -> out.append("\\'");
        case '\\' -> out.append("\\\\");
        default -> {
          if (Character.isISOControl(c)) {
            out.append(String.format("\\x%02x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append(length < text.length() ? "...'" : "'").toString();
  }
}
