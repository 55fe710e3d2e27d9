package io.loadlock.python.flow;

import io.loadlock.python.parse.SourceText;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.python.value.ModuleModel;
import io.loadlock.python.value.Routine;
import io.loadlock.python.value.Unit;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where a unit mentions a name of another library: values do not keep where they were read.
///
/// @param start offset of the first byte of the expression, with what is read of it at once
record Mention(int start, int end) {
  private static final int LONGEST = 60;

  /// The first expression that ends as `dotted` does and may stand for it; null where there is
  /// none.
  static @Nullable Mention of(Unit unit, String dotted) {
    int dot = dotted.lastIndexOf('.');
    String last = dotted.substring(dot + 1);
    String owner = dot < 0 ? "" : dotted.substring(dotted.lastIndexOf('.', dot - 1) + 1, dot);
    Node root =
        switch (unit) {
          case ModuleModel module -> module.parsed().module();
          case Routine routine -> routine.node();
        };
    Search search = new Search(owner, last);
    search.visit(root);
    return search.best == null ? search.second : search.best;
  }

  /// The source between two offsets on one line, shortened.
  static String text(SourceText source, int start, int end) {
    byte[] bytes = source.text();
    int to = Math.min(Math.min(end, bytes.length), start + 4 * LONGEST);
    String text = new String(bytes, start, Math.max(0, to - start), StandardCharsets.UTF_8);
    String line = text.replaceAll("\\s+", " ").replace("`", "'");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
  }

  private static final class Search {
    private final String owner;
    private final String last;

    /// One whose owner is the same as well.
    private @Nullable Mention best;

    private @Nullable Mention second;

    Search(String owner, String last) {
      this.owner = owner;
      this.last = last;
    }

    void visit(Node node) {
      if (best != null) {
        return;
      }
      if (node instanceof Expression expression && mentions(expression)) {
        return;
      }
      Children.each(node, this::visit);
    }

    /// Looks at a chain of attributes, elements and calls from its end.
    private boolean mentions(Expression outermost) {
      Expression at = outermost;
      while (true) {
        switch (at) {
          case Expression.Attribute attribute -> {
            if (attribute.name().equals(last)) {
              Mention mention = new Mention(outermost.start(), outermost.end());
              if (ownerOf(attribute.value()).equals(owner)) {
                best = mention;
                return true;
              }
              second = second == null ? mention : second;
            }
            at = attribute.value();
          }
          case Expression.Subscript subscript -> at = subscript.value();
          case Expression.Await await -> at = await.value();
          case Expression.Call call when call.function() instanceof Expression.Attribute -> {
            at = call.function();
          }
          case Expression.Name name -> {
            if (name.id().equals(last) && second == null) {
              second = new Mention(outermost.start(), outermost.end());
            }
            return false;
          }
          default -> {
            return false;
          }
        }
      }
    }

    private static String ownerOf(Expression expression) {
      return switch (expression) {
        case Expression.Name name -> name.id();
        case Expression.Attribute attribute -> attribute.name();
        default -> "";
      };
    }
  }
}
