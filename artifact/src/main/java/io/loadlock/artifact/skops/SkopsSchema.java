package io.loadlock.artifact.skops;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.named.NamedObject;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// `schema.json` of a skops archive: nodes `{"__class__", "__module__", "__loader__", "content"}`
/// within each other (`skops/io/_general.py`, `_audit.py`). Whoever loads it lists the types to be
/// trusted besides the default ones; what a node makes is judged by the policy's rows, and by the
/// holes of its loader that were published.
public final class SkopsSchema implements Lens {
  private static final Set<String> VALUES =
      Set.of(
          "dict",
          "list",
          "set",
          "frozenset",
          "tuple",
          "str",
          "int",
          "float",
          "bool",
          "bytes",
          "bytearray",
          "slice",
          "NoneType",
          "complex",
          "map",
          "range");

  private static final Set<String> GETTERS = Set.of("attrgetter", "itemgetter", "methodcaller");

  /// Packages that skops trusts, or whose types it handles by a loader of their own.
  private static final Set<String> TRUSTED =
      Set.of("builtins", "numpy", "scipy", "sklearn", "collections", "functools", "operator");

  private final NamedObjects names;

  public SkopsSchema(NamedObjects names) {
    this.names = names;
  }

  @Override
  public String format() {
    return "skops-schema";
  }

  @Override
  public List<String> needles() {
    return List.of("__loader__");
  }

  @Override
  public boolean applies(Node root, String name) {
    return root instanceof Node.Mapping mapping
        && mapping.has("__loader__")
        && mapping.has("__class__");
  }

  @Override
  public void look(Node root, Draft draft) {
    Set<String> asked = new TreeSet<>();
    root.walk(
        node -> {
          if (node instanceof Node.Mapping mapping && mapping.has("__loader__")) {
            node(mapping, draft, asked);
          }
        });
    if (root instanceof Node.Mapping top && !top.text("_skops_version").isEmpty()) {
      draft.detail("skops version", top.text("_skops_version"));
    }
    if (!asked.isEmpty()) {
      draft.detail("asks to trust", String.join(", ", asked.stream().limit(50).toList()));
    }
  }

  private void node(Node.Mapping node, Draft draft, Set<String> asked) {
    String module = node.text("__module__");
    String name = node.text("__class__");
    String dotted = module.isEmpty() ? name : module + "." + name;
    long at = node.offset();
    String loader = node.text("__loader__");
    if (!TRUSTED.contains(module.split("\\.", 2)[0])) {
      asked.add(dotted);
    }
    switch (loader) {
      case "OperatorFuncNode" -> operator(node, module, name, at, draft);
      case "MethodNode" -> method(node, dotted, at, draft);
      case "FunctionNode", "TypeNode" -> {
        draft.global(names.named(dotted).use(at, GlobalUse.Use.NAMED));
        // Protocol 0 had the function in the content.
        node.mapping("content")
            .filter(content -> content.has("module_path") && content.has("function"))
            .map(content -> content.text("module_path") + "." + content.text("function"))
            .ifPresent(old -> draft.global(names.named(old).use(at, GlobalUse.Use.NAMED)));
      }
      case "ConstructorFromReduceNode", "PartialNode" ->
          made(names.called(dotted), GlobalUse.Use.CALLED, at, draft);
      default -> {
        if (!(module.equals("builtins") && VALUES.contains(name))) {
          made(names.built(dotted), GlobalUse.Use.BUILT, at, draft);
        }
      }
    }
  }

  private static void made(NamedObject type, GlobalUse.Use use, long at, Draft draft) {
    draft.global(type.use(at, use));
    if (type.verdict().compareTo(Verdict.NEEDS_TYPES) > 0) {
      draft.effect(at, type.dotted() + "(…)", type.verdict(), type.why());
    }
  }

  /// `getattr(operator, class)(*attrs)`, whatever the module says (CVE-2025-54412).
  private static void operator(
      Node.Mapping node, String module, String name, long at, Draft draft) {
    String arguments = node.get("attrs").map(Node::brief).orElse("");
    if (!GETTERS.contains(name)) {
      draft.effect(
          at, "operator." + name + "(…)", Verdict.RUNS_CODE, "calls any function of operator");
    } else if (!module.equals("operator")) {
      draft.effect(
          at,
          module + "." + name,
          Verdict.RUNS_CODE,
          "the module lies: the function is taken from operator");
    } else if (arguments.contains("__")
        && node.get("attrs").filter(SkopsSchema::namesSpecial).isPresent()) {
      draft.effect(
          at,
          "operator." + name + "(…)",
          Verdict.RUNS_CODE,
          "reaches Python's objects behind the data");
    }
  }

  private static boolean namesSpecial(Node attributes) {
    boolean[] found = {false};
    attributes.walk(
        node -> {
          if (node instanceof Node.Mapping mapping
              && mapping.text("__loader__").equals("JsonNode")) {
            found[0] |= mapping.text("content").contains("__");
          }
        });
    return found[0];
  }

  /// `getattr(obj, func)` on an object that is made first (CVE-2025-54413).
  private static void method(Node.Mapping node, String dotted, long at, Draft draft) {
    Node.Mapping content = node.mapping("content").orElse(node);
    String function = content.text("func");
    Node.Mapping object = content.mapping("obj").orElse(content);
    String real = object.text("__module__") + "." + object.text("__class__");
    if (function.startsWith("_")) {
      draft.effect(
          at,
          dotted + "." + function,
          Verdict.RUNS_CODE,
          "reaches Python's objects behind the data");
    } else if (!real.equals(dotted)) {
      draft.effect(
          at,
          real + "." + function,
          Verdict.RUNS_CODE,
          "the node says " + dotted + " and holds another type");
    }
  }
}
