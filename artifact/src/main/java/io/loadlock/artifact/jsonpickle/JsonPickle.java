package io.loadlock.artifact.jsonpickle;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.named.NamedObject;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import java.util.List;

/// Tags of jsonpickle 0.3 to 4 (`tags.py`, `unpickler.py`): `decode` imports and makes what they
/// name. `py/repr` is evaluated.
public final class JsonPickle implements Lens {
  private final NamedObjects names;

  public JsonPickle(NamedObjects names) {
    this.names = names;
  }

  @Override
  public String format() {
    return "jsonpickle";
  }

  @Override
  public List<String> needles() {
    return List.of("\"py/");
  }

  @Override
  public boolean applies(Node root, String name) {
    boolean[] found = {false};
    root.walk(
        node -> {
          if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
              found[0] |= entry.key().asText().startsWith("py/");
            }
          }
        });
    return found[0];
  }

  @Override
  public void look(Node root, Draft draft) {
    root.walk(
        node -> {
          if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
              tag(entry.key().asText(), entry.value(), mapping, draft);
            }
          }
        });
  }

  private void tag(String tag, Node value, Node.Mapping all, Draft draft) {
    long at = value.offset();
    switch (tag) {
      case "py/object" -> {
        boolean arguments =
            all.has("py/newargs") || all.has("py/newargsex") || all.has("py/initargs");
        NamedObject type = arguments ? names.called(value.asText()) : names.built(value.asText());
        draft.global(type.use(at, arguments ? GlobalUse.Use.CALLED : GlobalUse.Use.BUILT));
        draft.effect(at, "object of " + type.dotted(), type.verdict(), type.why());
      }
      case "py/type", "py/class", "py/function" -> {
        NamedObject named = names.named(value.asText());
        draft.global(named.use(at, GlobalUse.Use.NAMED));
      }
      case "py/mod", "py/module" -> {
        NamedObject module = names.imported(value.asText());
        draft.global(module.use(at, GlobalUse.Use.NAMED));
      }
      case "py/repr" ->
          draft.effect(
              at,
              "eval(" + Node.quoted(value.asText()) + ")",
              Verdict.RUNS_CODE,
              "py/repr is evaluated");
      case "py/reduce" -> reduce(value, draft);
      default -> {}
    }
  }

  private void reduce(Node value, Draft draft) {
    List<Node> parts = value instanceof Node.Sequence sequence ? sequence.items() : List.of();
    if (parts.isEmpty() && value instanceof Node.Mapping mapping) {
      parts = mapping.items("py/tuple");
    }
    if (parts.isEmpty()) {
      return;
    }
    String callee = "";
    if (parts.getFirst() instanceof Node.Mapping first) {
      for (String tag : List.of("py/function", "py/type", "py/object", "py/class")) {
        callee = callee.isEmpty() ? first.text(tag) : callee;
      }
    }
    if (callee.isEmpty()) {
      draft.effect(
          value.offset(),
          "call of " + parts.getFirst().brief(),
          Verdict.UNKNOWN_CODE,
          "calls what another part of the text made");
      return;
    }
    NamedObject called = names.called(callee);
    draft.global(called.use(value.offset(), GlobalUse.Use.CALLED));
    String arguments = parts.size() > 1 ? parts.get(1).brief() : "";
    draft.effect(
        value.offset(), called.dotted() + "(" + arguments + ")", called.verdict(), called.why());
  }
}
