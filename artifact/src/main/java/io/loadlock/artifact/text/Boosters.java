package io.loadlock.artifact.text;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import java.util.List;

/// Models of XGBoost and CatBoost in JSON: numbers only.
final class Boosters implements Lens {
  @Override
  public String format() {
    return "booster-json";
  }

  @Override
  public List<String> needles() {
    return List.of("\"learner\"", "\"oblivious_trees\"", "\"model_info\"", "\"tree_info\"");
  }

  @Override
  public boolean applies(Node root, String name) {
    return root instanceof Node.Mapping top
        && (top.mapping("learner").filter(learner -> learner.has("gradient_booster")).isPresent()
            || top.has("oblivious_trees")
            || top.has("model_info") && top.has("features_info")
            || top.has("tree_info") && top.has("num_class"));
  }

  @Override
  public void look(Node root, Draft draft) {
    ((Node.Mapping) root)
        .mapping("learner")
        .flatMap(learner -> learner.mapping("gradient_booster"))
        .ifPresent(booster -> draft.detail("booster", booster.text("name")));
  }
}
