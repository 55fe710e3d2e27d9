package io.loadlock.artifact.text;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.hydra.Targets;
import io.loadlock.artifact.keras.KerasConfig;
import io.loadlock.artifact.mlmodel.MlModel;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import io.loadlock.artifact.tree.Tree;
import io.loadlock.artifact.tree.YamlText;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// YAML through the conventions that hold for it. A text with none of their words in it is plain
/// data for every loader of YAML, and is not parsed.
public final class YamlFormat implements Format {
  private final List<Lens> lenses;

  private YamlFormat(List<Lens> lenses) {
    this.lenses = List.copyOf(lenses);
  }

  /// With every convention for YAML there is. Keras 1 and 2 wrote their configurations as YAML too.
  public static YamlFormat standard() {
    NamedObjects names = NamedObjects.bundled();
    return new YamlFormat(
        List.of(
            new PythonTags(names), new MlModel(names), new Targets(names), new KerasConfig(names)));
  }

  @Override
  public String name() {
    return "yaml";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    String head = Needles.head(content);
    if (head.isEmpty() || Needles.binary(head)) {
      return Claim.NO;
    }
    boolean named = named(name);
    String text = Needles.text(content);
    if (!hinted(text)) {
      return named ? Claim.POSSIBLE : Claim.NO;
    }
    if (!named && !text.contains("python/")) {
      return Claim.NO;
    }
    Tree tree = YamlText.parse(content, Limits.DEFAULT);
    boolean whole = tree.problems().isEmpty();
    if (!applying(tree, name).isEmpty() && (named || whole)) {
      return Claim.CERTAIN;
    }
    return named ? Claim.POSSIBLE : Claim.NO;
  }

  private static boolean named(String name) {
    String leaf = Needles.leaf(name);
    return leaf.endsWith(".yaml") || leaf.endsWith(".yml") || leaf.equals("mlmodel");
  }

  /// A tag can be written with percent escapes and handles of its own, so that any tag on a value
  /// is looked at.
  private boolean hinted(String text) {
    if (text.contains("!") || text.contains("\\x") || text.contains("\\u")) {
      return true;
    }
    for (Lens lens : lenses) {
      if (Needles.any(text, lens.needles())) {
        return true;
      }
    }
    return false;
  }

  private List<Lens> applying(Tree tree, String name) {
    List<Lens> applying = new ArrayList<>();
    for (Lens lens : lenses) {
      for (Node document : tree.documents()) {
        if (lens.applies(document, Needles.leaf(name))) {
          applying.add(lens);
          break;
        }
      }
    }
    return applying;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    if (!hinted(Needles.text(content))) {
      return new Draft(name()).reading();
    }
    Tree tree = YamlText.parse(content, limits);
    List<Lens> applying = applying(tree, name);
    Draft draft = new Draft(applying.isEmpty() ? name() : applying.getFirst().format());
    for (Lens lens : applying) {
      for (Node document : tree.documents()) {
        if (lens.applies(document, Needles.leaf(name))) {
          lens.look(document, draft);
        }
      }
    }
    tree.problems().forEach(draft::problem);
    return draft.reading();
  }
}
