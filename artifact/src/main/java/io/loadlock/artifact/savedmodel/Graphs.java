package io.loadlock.artifact.savedmodel;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.keras.KerasConfig;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.named.Paths;
import io.loadlock.artifact.tree.JsonText;
import io.loadlock.artifact.tree.Node;
import io.loadlock.artifact.tree.Tree;
import io.loadlock.artifact.wire.Wire;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Goes through TensorFlow's messages. Field numbers are those of `saved_model.proto`,
/// `meta_graph.proto`, `graph.proto`, `function.proto`, `node_def.proto`, `attr_value.proto`,
/// `tensor.proto` and `saved_object_graph.proto`.
final class Graphs {
  private static final int TEXT = 4096;

  /// A node whose judgement needs the constants of its graph.
  private record Waiting(String operator, Operators.Row row, List<String> inputs, long at) {}

  private final Draft draft;
  private final Limits limits;
  private final Map<String, Long> operators = new TreeMap<>();
  private final Set<String> assets = new HashSet<>();
  private final Map<String, Long> unknown = new TreeMap<>();
  private final Set<String> functions = new HashSet<>();

  Graphs(Draft draft, Limits limits) {
    this.draft = draft;
    this.limits = limits;
  }

  void savedModel(Wire model) throws IOException, MalformedException {
    while (model.next()) {
      if (model.field() == 2) {
        metaGraph(model.message());
      }
    }
  }

  void metaGraph(Wire meta) throws IOException, MalformedException {
    List<Wire> late = new ArrayList<>();
    while (meta.next()) {
      switch (meta.field()) {
        case 1 -> info(meta.message());
        case 2 -> late.add(meta.message());
        case 6 -> asset(meta.message());
        case 7 -> objects(meta.message());
        default -> {}
      }
    }
    // Assets stand behind the graph, and say which of its constants are files of the model.
    for (Wire one : late) {
      graph(one);
    }
  }

  private void info(Wire info) throws IOException, MalformedException {
    while (info.next()) {
      if (info.field() == 5) {
        draft.detail("tensorflow version", info.text(100));
      }
    }
  }

  /// `{tensor_info: {name}, filename}`
  private void asset(Wire asset) throws IOException, MalformedException {
    while (asset.next()) {
      if (asset.field() == 1) {
        Wire tensor = asset.message();
        while (tensor.next()) {
          if (tensor.field() == 1) {
            String name = tensor.text(TEXT);
            int colon = name.lastIndexOf(':');
            assets.add(colon < 0 ? name : name.substring(0, colon));
          }
        }
      } else if (asset.field() == 2) {
        String path = asset.text(TEXT);
        long at = asset.offset();
        Paths.escape(path).ifPresent(why -> escape("asset " + path, path, why, at));
      }
    }
  }

  private void escape(String text, String path, String why, long at) {
    draft.effect(at, text, Verdict.RUNS_CODE, "a path that " + why);
    draft.notice("path-traversal", Severity.HIGH, at, "The path '" + path + "' " + why + ".");
  }

  void graph(Wire graph) throws IOException, MalformedException {
    Map<String, String> constants = new HashMap<>();
    List<Waiting> waiting = new ArrayList<>();
    while (graph.next()) {
      if (graph.field() == 1) {
        node(graph.message(), constants, waiting);
      } else if (graph.field() == 2) {
        library(graph.message());
      }
    }
    waiting.forEach(one -> path(one, constants));
  }

  private void library(Wire library) throws IOException, MalformedException {
    while (library.next()) {
      if (library.field() == 1) {
        function(library.message());
      }
    }
  }

  private void function(Wire function) throws IOException, MalformedException {
    Map<String, String> constants = new HashMap<>();
    List<Waiting> waiting = new ArrayList<>();
    while (function.next()) {
      if (function.field() == 1) {
        Wire signature = function.message();
        while (signature.next()) {
          if (signature.field() == 1) {
            functions.add(signature.text(TEXT));
          }
        }
      } else if (function.field() == 3) {
        node(function.message(), constants, waiting);
      }
    }
    waiting.forEach(one -> path(one, constants));
  }

  private void node(Wire node, Map<String, String> constants, List<Waiting> waiting)
      throws IOException, MalformedException {
    String name = "";
    String operator = "";
    long at = node.offset();
    List<String> inputs = new ArrayList<>();
    Map<String, List<String>> texts = new HashMap<>();
    while (node.next()) {
      switch (node.field()) {
        case 1 -> name = node.text(TEXT);
        case 2 -> {
          operator = node.text(TEXT);
          at = node.offset();
        }
        case 3 -> {
          if (inputs.size() < 64) {
            inputs.add(node.text(TEXT));
          }
        }
        case 5 -> attribute(node.message(), texts);
        default -> {}
      }
    }
    if (operator.equals("Const") && texts.containsKey("value") && !assets.contains(name)) {
      constants.put(name, texts.get("value").getFirst());
    }
    judge(operator, at, inputs, texts, waiting);
  }

  private void judge(
      String operator,
      long at,
      List<String> inputs,
      Map<String, List<String>> texts,
      List<Waiting> waiting) {
    operators.merge(operator, 1L, Long::sum);
    Operators.Row row = Operators.row(operator).orElse(null);
    if (row == null) {
      if (!Operators.isKnown(operator)) {
        unknown.putIfAbsent(operator, at);
      }
      return;
    }
    switch (row.rule()) {
      case RUNS ->
          draft.effect(
              at, operator + "(" + String.join(", ", inputs) + ")", Verdict.RUNS_CODE, row.what());
      case PATH -> waiting.add(new Waiting(operator, row, inputs, at));
      case STREAM ->
          addresses(operator, row, texts.getOrDefault("output_stream", List.of()), at, "file://");
      case URLS -> addresses(operator, row, texts.getOrDefault("debug_urls", List.of()), at, "");
      case SOURCE -> {
        List<String> sources = texts.getOrDefault("descriptor_source", List.of());
        addresses(
            operator,
            row,
            sources.stream()
                .filter(s -> !s.startsWith("local://") && !s.startsWith("bytes://"))
                .toList(),
            at,
            "");
      }
    }
  }

  private void addresses(
      String operator, Operators.Row row, List<String> values, long at, String prefix) {
    for (String value : values) {
      if (!value.isEmpty() && value.startsWith(prefix)) {
        draft.effect(at, operator + "('" + value + "')", Verdict.RUNS_CODE, row.what());
      }
    }
  }

  private void path(Waiting node, Map<String, String> constants) {
    for (String input : node.inputs()) {
      String name = input.startsWith("^") ? input.substring(1) : input;
      int colon = name.indexOf(':');
      String value = constants.get(colon < 0 ? name : name.substring(0, colon));
      if (value != null) {
        Paths.escape(value)
            .ifPresent(why -> escape(node.operator() + "('" + value + "')", value, why, node.at()));
      }
    }
  }

  /// `{key, value: {s | list {s} | tensor {string_val} | func …}}`: the texts in it.
  private static void attribute(Wire entry, Map<String, List<String>> texts)
      throws IOException, MalformedException {
    String key = "";
    List<String> found = new ArrayList<>();
    while (entry.next()) {
      if (entry.field() == 1) {
        key = entry.text(TEXT);
      } else if (entry.field() == 2 && wanted(key)) {
        Wire value = entry.message();
        while (value.next()) {
          switch (value.field()) {
            case 1 -> strings(value.message(), 2, found);
            case 2 -> found.add(value.text(TEXT));
            case 8 -> strings(value.message(), 8, found);
            default -> {}
          }
        }
      }
    }
    if (!found.isEmpty()) {
      texts.put(key, found);
    }
  }

  private static boolean wanted(String key) {
    return switch (key) {
      case "value", "output_stream", "debug_urls", "descriptor_source" -> true;
      default -> false;
    };
  }

  private static void strings(Wire message, int field, List<String> found)
      throws IOException, MalformedException {
    while (message.next() && found.size() < 64) {
      if (message.field() == field && message.isBytes()) {
        found.add(message.text(TEXT));
      }
    }
  }

  // --- Keras' metadata
  // -----------------------------------------------------------------------------

  /// `SavedObjectGraph`: TensorFlow 2.2 to 2.4 kept Keras' metadata in its user objects.
  private void objects(Wire graph) throws IOException, MalformedException {
    while (graph.next()) {
      if (graph.field() != 1) {
        continue;
      }
      Wire object = graph.message();
      while (object.next()) {
        if (object.field() == 4) {
          Wire user = object.message();
          while (user.next()) {
            if (user.field() == 3) {
              metadata(user);
            }
          }
        }
      }
    }
  }

  /// `keras_metadata.pb`: `SavedMetadata {nodes: {node_id, node_path, identifier, metadata}}`.
  void kerasMetadata(Wire file) throws IOException, MalformedException {
    while (file.next()) {
      if (file.field() == 1) {
        Wire node = file.message();
        while (node.next()) {
          if (node.field() == 5) {
            metadata(node);
          }
        }
      }
    }
  }

  private void metadata(Wire text) throws IOException {
    if (text.number() < 2) {
      return;
    }
    Tree tree = JsonText.parse(text.slice(), limits);
    if (tree.root() instanceof Node.Mapping mapping && mapping.has("class_name")) {
      new KerasConfig(NamedObjects.bundled()).look(mapping, draft);
    }
  }

  /// Says what is known only at the end: operators that neither TensorFlow nor the model's
  /// functions have.
  void finish() {
    long nodes = 0;
    for (long count : operators.values()) {
      nodes += count;
    }
    draft.detail("nodes", Long.toString(nodes));
    unknown.forEach(
        (operator, at) -> {
          if (!functions.contains(operator)) {
            draft.effect(
                at,
                operator,
                Verdict.UNKNOWN_CODE,
                "an operator that a library of the loader's own has to provide");
          }
        });
  }

  /// A node of a graph in text form.
  void textNode(String operator, long at, Map<String, List<String>> texts) {
    judge(operator, at, List.of(), texts, new ArrayList<>());
  }
}
