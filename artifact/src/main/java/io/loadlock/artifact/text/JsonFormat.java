package io.loadlock.artifact.text;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.hub.HubConfig;
import io.loadlock.artifact.hydra.Targets;
import io.loadlock.artifact.jsonpickle.JsonPickle;
import io.loadlock.artifact.keras.KerasConfig;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.skops.SkopsSchema;
import io.loadlock.artifact.tree.JsonText;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import io.loadlock.artifact.tree.Tree;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// JSON through the conventions that hold for it. JSON that none holds for is plain data.
public final class JsonFormat implements Format {
  /// Tables of tokenizers and trees of boosters: large, and only strings and numbers.
  private static final Set<String> TABLES = Set.of("vocab", "merges", "trees", "oblivious_trees");

  private final List<Lens> lenses;

  private JsonFormat(List<Lens> lenses) {
    this.lenses = List.copyOf(lenses);
  }

  /// With every convention for JSON there is.
  public static JsonFormat standard() {
    NamedObjects names = NamedObjects.bundled();
    return new JsonFormat(
        List.of(
            new JsonPickle(names),
            new KerasConfig(names),
            new SkopsSchema(names),
            new HubConfig(names),
            new Boosters(),
            new Targets(names)));
  }

  @Override
  public String name() {
    return "json";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    String head = Needles.head(content);
    char first = Needles.first(head);
    boolean blank = first == 0 && head.length() > 32;
    if (first != '{' && first != '[' && !blank || Needles.binary(head)) {
      return Claim.NO;
    }
    boolean named = Needles.leaf(name).endsWith(".json");
    String text = Needles.text(content);
    boolean hinted = text.contains("\\u00");
    for (Lens lens : lenses) {
      hinted |= Needles.any(text, lens.needles());
    }
    if (hinted) {
      Tree tree = JsonText.parse(content, Limits.DEFAULT, TABLES);
      if (!applying(tree.root(), name).isEmpty()) {
        return Claim.CERTAIN;
      }
    }
    return named && !blank ? Claim.POSSIBLE : Claim.NO;
  }

  private List<Lens> applying(Node root, String name) {
    List<Lens> applying = new ArrayList<>();
    for (Lens lens : lenses) {
      if (lens.applies(root, Needles.leaf(name))) {
        applying.add(lens);
      }
    }
    return applying;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    Tree tree = JsonText.parse(content, limits, TABLES);
    List<Lens> applying = applying(tree.root(), name);
    Draft draft = new Draft(applying.isEmpty() ? name() : applying.getFirst().format());
    for (Lens lens : applying) {
      lens.look(tree.root(), draft);
    }
    tree.problems().forEach(draft::problem);
    return draft.reading();
  }
}
