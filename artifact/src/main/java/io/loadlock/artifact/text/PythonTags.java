package io.loadlock.artifact.text;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.named.NamedObject;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import java.util.List;
import java.util.Set;

/// Tags with which PyYAML's `Loader`, `UnsafeLoader` and `FullLoader` make Python objects
/// (`constructor.py`):
///
/// ```
/// !!python/name:M.N     imports M, gives N          !!python/object:M.N      N without __init__, then its state
/// !!python/module:M     imports M                   !!python/object/new:M.N  N.__new__(*args), then state, items
///                                                   !!python/object/apply:M.N  N(*args, **kwds)
/// ```
///
/// `ruamel.yaml` and `jsonargparse` know the same tags.
public final class PythonTags implements Lens {
  static final String PREFIX = "tag:yaml.org,2002:python/";

  private static final Set<String> DATA =
      Set.of(
          "none", "bool", "str", "unicode", "bytes", "int", "long", "float", "complex", "list",
          "tuple", "dict");

  private final NamedObjects names;

  public PythonTags(NamedObjects names) {
    this.names = names;
  }

  @Override
  public String format() {
    return "yaml-python";
  }

  @Override
  public List<String> needles() {
    return List.of("python/", "tag:yaml.org");
  }

  @Override
  public boolean applies(Node root, String name) {
    boolean[] found = {false};
    root.walk(node -> found[0] |= node.tag().startsWith(PREFIX));
    return found[0];
  }

  @Override
  public void look(Node root, Draft draft) {
    root.walk(
        node -> {
          if (node.tag().startsWith(PREFIX)) {
            tag(node, node.tag().substring(PREFIX.length()), draft);
          }
        });
  }

  private void tag(Node node, String tag, Draft draft) {
    int colon = tag.indexOf(':');
    String kind = colon < 0 ? tag : tag.substring(0, colon);
    String target = colon < 0 ? "" : tag.substring(colon + 1);
    switch (kind) {
      case "object/apply", "object/new" -> {
        NamedObject callee = names.called(target);
        draft.global(callee.use(node.offset(), GlobalUse.Use.CALLED));
        String how = kind.equals("object/apply") ? "" : ".__new__";
        draft.effect(
            node.offset(), callee.dotted() + how + arguments(node), callee.verdict(), callee.why());
      }
      case "object" -> {
        NamedObject type = names.built(target);
        draft.global(type.use(node.offset(), GlobalUse.Use.BUILT));
        draft.effect(node.offset(), "object of " + type.dotted(), type.verdict(), type.why());
      }
      case "name" -> {
        NamedObject named = names.named(target);
        draft.global(named.use(node.offset(), GlobalUse.Use.NAMED));
      }
      case "module" -> {
        NamedObject module = names.imported(target);
        draft.global(module.use(node.offset(), GlobalUse.Use.NAMED));
        draft.effect(node.offset(), "import " + target, module.verdict(), module.why());
      }
      default -> {
        if (!DATA.contains(kind)) {
          draft.effect(node.offset(), "!!python/" + tag, Verdict.UNKNOWN_CODE, "no tag of PyYAML");
        }
      }
    }
  }

  /// The arguments as a call shows them: a sequence gives them in order, a mapping has `args` and
  /// `kwds`.
  private static String arguments(Node node) {
    Node shown = node;
    if (node instanceof Node.Mapping mapping && mapping.get("args").isPresent()) {
      shown = mapping.get("args").orElseThrow();
    }
    String brief = shown.brief();
    return brief.startsWith("[") && brief.endsWith("]")
        ? "(" + brief.substring(1, brief.length() - 1) + ")"
        : "(" + brief + ")";
  }
}
