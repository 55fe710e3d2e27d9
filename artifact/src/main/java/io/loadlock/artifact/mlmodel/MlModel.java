package io.loadlock.artifact.mlmodel;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.named.NamedObject;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.named.Paths;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import io.loadlock.core.Severity;
import java.util.List;
import java.util.Set;

/// `MLmodel`, the description beside a model of MLflow. `mlflow.pyfunc.load_model` puts `code` on
/// the path, imports `loader_module` and calls its `_load_pyfunc` (`mlflow/pyfunc/__init__.py`).
public final class MlModel implements Lens {
  private static final Set<String> PATHS =
      Set.of(
          "data",
          "code",
          "env",
          "model_path",
          "model_data",
          "pickled_model",
          "python_model",
          "path",
          "uri",
          "model_code_path",
          "artifact_path",
          "model_config_path",
          "saved_model_dir",
          "meta_graph_path",
          "conda",
          "virtualenv",
          "loader_module",
          "model_uri",
          "state_dict",
          "transformer_tokenizer",
          "key_path");

  private final NamedObjects names;

  public MlModel(NamedObjects names) {
    this.names = names;
  }

  @Override
  public String format() {
    return "mlmodel";
  }

  @Override
  public List<String> needles() {
    return List.of("flavors");
  }

  @Override
  public boolean applies(Node root, String name) {
    return root instanceof Node.Mapping mapping
        && mapping.mapping("flavors").isPresent()
        && (name.equals("mlmodel")
            || root.brief().contains("loader_module")
            || mapping.has("mlflow_version")
            || mapping.has("model_uuid")
            || mapping.has("artifact_path")
            || mapping.has("run_id"));
  }

  @Override
  public void look(Node root, Draft draft) {
    if (!(root instanceof Node.Mapping top)) {
      return;
    }
    if (!top.text("mlflow_version").isEmpty()) {
      draft.detail("mlflow version", top.text("mlflow_version"));
    }
    top.mapping("flavors")
        .ifPresent(
            flavors ->
                flavors.walk(
                    node -> {
                      if (node instanceof Node.Mapping mapping) {
                        mapping
                            .entries()
                            .forEach(entry -> entry(entry.key().asText(), entry.value(), draft));
                      }
                    }));
  }

  private void entry(String key, Node value, Draft draft) {
    String text = value.asText();
    if (text.isEmpty()) {
      return;
    }
    if (PATHS.contains(key) && !key.equals("uri") || key.equals("uri") && text.startsWith("..")) {
      Paths.escape(text)
          .ifPresent(
              why -> {
                draft.effect(
                    value.offset(),
                    key + ": " + text,
                    Verdict.RUNS_CODE,
                    "reads a path that " + why);
                draft.notice(
                    "path-traversal",
                    Severity.HIGH,
                    value.offset(),
                    "The path '" + text + "' " + why + ".");
              });
    }
    switch (key) {
      case "loader_module" -> loader(text, value.offset(), draft);
      case "code" ->
          draft.effect(
              value.offset(),
              "import from " + text,
              Verdict.UNKNOWN_CODE,
              "Python files beside the model are put on the path");
      case "model_code_path" ->
          draft.effect(
              value.offset(), "run " + text, Verdict.UNKNOWN_CODE, "the model is a Python file");
      default -> {}
    }
  }

  private void loader(String module, long at, Draft draft) {
    boolean own = module.startsWith("mlflow.") && module.matches("[\\w.]+");
    NamedObject called = names.called(module + "._load_pyfunc");
    Verdict verdict = own ? Verdict.NEEDS_TYPES : called.verdict();
    String why = own ? "a flavor of MLflow itself" : called.why();
    draft.global(new GlobalUse(module, "_load_pyfunc", at, GlobalUse.Use.CALLED, verdict, why));
    draft.effect(at, module + "._load_pyfunc(…)", verdict, why);
  }
}
