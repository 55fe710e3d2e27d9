package io.loadlock.artifact.hydra;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.named.NamedObject;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Values that name what is to be called with the other entries beside them: `_target_` of Hydra,
/// which NeMo, MONAI and Lightning projects use; `class_path` of jsonargparse; `target` of NeMo 1
/// and of latent diffusion (CVE-2025-23304).
public final class Targets implements Lens {
  /// Callees of Hydra that resolve another name, which the entry `path` holds.
  private static final List<String> RESOLVERS =
      List.of(
          "hydra.utils.get_class",
          "hydra.utils.get_method",
          "hydra.utils.get_object",
          "hydra.utils.get_static_method");

  private final NamedObjects names;

  public Targets(NamedObjects names) {
    this.names = names;
  }

  @Override
  public String format() {
    return "hydra";
  }

  @Override
  public List<String> needles() {
    return List.of("_target_", "class_path", "target:", "\"target\"");
  }

  @Override
  public boolean applies(Node root, String name) {
    boolean[] found = {false};
    root.walk(
        node ->
            found[0] |= node instanceof Node.Mapping mapping && target(mapping, root).isPresent());
    return found[0];
  }

  @Override
  public void look(Node root, Draft draft) {
    root.walk(
        node -> {
          if (node instanceof Node.Mapping mapping) {
            all(mapping, root).forEach(target -> judge(mapping, target, root, draft));
          }
        });
    if (root instanceof Node.Mapping mapping && !mapping.text("nemo_version").isEmpty()) {
      draft.detail("nemo version", mapping.text("nemo_version"));
    }
  }

  private static Optional<Node.Scalar> target(Node.Mapping mapping, Node root) {
    List<Node.Scalar> all = all(mapping, root);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getFirst());
  }

  /// Repeated keys are all looked at: which one counts is the loader's choice.
  private static List<Node.Scalar> all(Node.Mapping mapping, Node root) {
    return mapping.entries().stream()
        .filter(entry -> names(entry, mapping, root))
        .map(entry -> (Node.Scalar) entry.value())
        .toList();
  }

  private static boolean names(Node.Entry entry, Node.Mapping mapping, Node root) {
    if (!(entry.value() instanceof Node.Scalar value) || value.kind() != Node.Kind.TEXT) {
      return false;
    }
    return switch (entry.key().asText()) {
      case "_target_" -> true;
      case "class_path" ->
          value.text().indexOf('.') > 0
              && (mapping.has("init_args") || mapping.entries().size() == 1);
      case "target" ->
          value.text().matches("[A-Za-z_][\\w]*(\\.[A-Za-z_][\\w]*)+")
              && (mapping.has("params")
                  || value.text().startsWith("nemo.")
                  || root instanceof Node.Mapping top && top.has("nemo_version"));
      default -> false;
    };
  }

  private void judge(Node.Mapping mapping, Node.Scalar target, Node root, Draft draft) {
    String dotted = resolve(target.text(), root);
    if (dotted.contains("${")) {
      draft.effect(
          target.offset(),
          "instantiate " + dotted,
          Verdict.UNKNOWN_CODE,
          "the name is computed when it is loaded");
      return;
    }
    NamedObject callee = names.called(dotted);
    draft.global(callee.use(target.offset(), GlobalUse.Use.CALLED));
    draft.effect(
        target.offset(),
        callee.dotted() + "(" + arguments(mapping) + ")",
        verdict(dotted, mapping, callee),
        callee.why());
  }

  private Verdict verdict(String dotted, Node.Mapping mapping, NamedObject callee) {
    if (RESOLVERS.contains(dotted) && !mapping.text("path").isEmpty()) {
      return names.called(mapping.text("path")).verdict();
    }
    return callee.verdict();
  }

  /// `${a.b}` looked up from the root, as OmegaConf does; what cannot be found stays.
  private static String resolve(String text, Node root) {
    String out = text;
    for (int round = 0; round < 10; round++) {
      int open = out.lastIndexOf("${");
      int close = open < 0 ? -1 : out.indexOf('}', open);
      if (close < 0) {
        return out;
      }
      @Nullable Node at = root;
      for (String key : out.substring(open + 2, close).strip().split("\\.", -1)) {
        at = child(at, key);
        if (at == null) {
          return out;
        }
      }
      if (at.asText().isEmpty()) {
        return out;
      }
      out = out.substring(0, open) + at.asText() + out.substring(close + 1);
      if (out.length() > 10_000) {
        return out;
      }
    }
    return out;
  }

  private static @Nullable Node child(Node node, String key) {
    return node instanceof Node.Mapping mapping ? mapping.get(key).orElse(null) : null;
  }

  private static String arguments(Node.Mapping mapping) {
    StringBuilder out = new StringBuilder();
    String comma = "";
    for (Node.Entry entry : mapping.entries()) {
      String key = entry.key().asText();
      if (key.equals("_target_") || key.equals("class_path") || key.equals("target")) {
        continue;
      }
      out.append(comma)
          .append(key.equals("_args_") ? "*" : key + "=")
          .append(entry.value().brief());
      comma = ", ";
      if (out.length() > 160) {
        return out.append(", ...").toString();
      }
    }
    return out.toString();
  }
}
