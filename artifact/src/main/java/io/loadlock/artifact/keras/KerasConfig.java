package io.loadlock.artifact.keras;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.named.NamedObject;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.named.Paths;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Severity;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The configuration of a Keras model: objects `{"module", "class_name", "config",
/// "registered_name"}` within each other, of Keras 1 to 3 (`keras/src/saving/serialization_lib.py`,
/// `legacy/saving/serialization.py`).
///
/// - `module` is imported and `class_name` taken from it: Keras' own classes are data; functions of
///   `keras.utils` and its like, and functions of other known packages, are calls (CVE-2025-1550,
///   2025-8747, 2025-9906).
/// - `Lambda` holds marshalled byte code (CVE-2024-3660); HDF5 and JSON ignore safe mode
///   (CVE-2025-9905).
/// - `TFSMLayer` loads another model, `TorchModuleWrapper` a pickle (CVE-2025-49655), lookup layers
///   a vocabulary from any path or URL (CVE-2025-12058).
public final class KerasConfig implements Lens {
  private static final Set<String> OWN =
      Set.of("keras", "tf_keras", "keras_core", "keras_hub", "keras_nlp", "keras_cv", "keras_rs");

  /// Parts of Keras whose functions only compute on tensors.
  private static final Set<String> COMPUTING =
      Set.of(
          "activations",
          "losses",
          "metrics",
          "initializers",
          "regularizers",
          "constraints",
          "ops",
          "nn",
          "builtins");

  /// Class names that stand for values, not for classes.
  private static final Set<String> VALUES =
      Set.of(
          "__tensor__",
          "__keras_tensor__",
          "__numpy__",
          "__bytes__",
          "__ellipsis__",
          "__tuple__",
          "__slice__",
          "__typespec__",
          "dict",
          "list",
          "tuple",
          "set",
          "bool",
          "int",
          "float",
          "str",
          "NoneType");

  private static final Set<String> LOOKUPS =
      Set.of(
          "StringLookup", "IntegerLookup", "TextVectorization", "IndexLookup", "CategoryCrossing");

  private final NamedObjects names;

  public KerasConfig(NamedObjects names) {
    this.names = names;
  }

  @Override
  public String format() {
    return "keras-json";
  }

  @Override
  public List<String> needles() {
    return List.of("class_name");
  }

  @Override
  public boolean applies(Node root, String name) {
    return object(root)
        || root instanceof Node.Mapping mapping
            && mapping.mapping("model_config").filter(KerasConfig::object).isPresent();
  }

  private static boolean object(Node node) {
    return node instanceof Node.Mapping mapping
        && !mapping.text("class_name").isEmpty()
        && mapping.has("config");
  }

  @Override
  public void look(Node root, Draft draft) {
    if (root instanceof Node.Mapping mapping) {
      for (String key : List.of("keras_version", "backend")) {
        if (!mapping.text(key).isEmpty()) {
          draft.detail(key.replace('_', ' '), mapping.text(key));
        }
      }
    }
    root.walk(
        node -> {
          if (node instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
              if (entry.key().asText().equals("class_name") && !entry.value().asText().isEmpty()) {
                object(mapping, entry.value().asText(), entry.value().offset(), draft);
              }
            }
          }
        });
  }

  private void object(Node.Mapping object, String name, long at, Draft draft) {
    String module = object.text("module");
    String registered = object.text("registered_name");
    Node.Mapping config = object.mapping("config").orElse(new Node.Mapping(at, List.of(), ""));
    switch (name) {
      case "__lambda__" -> code(object.get("config").orElse(object), at, draft);
      case "function" -> function(object, module, at, draft);
      case "Lambda" -> lambda(config, at, draft);
      case "TFSMLayer" ->
          draft.effect(
              at,
              "TFSMLayer(filepath=" + Node.quoted(config.text("filepath")) + ")",
              Verdict.RUNS_CODE,
              "loads and runs another SavedModel");
      case "TorchModuleWrapper" -> torchModule(config, at, draft);
      case "TensorFlowOpLayer", "TFOpLambda", "OperatorLambda" -> operator(name, config, at, draft);
      default -> {
        if (LOOKUPS.contains(name)) {
          lookup(name, config, draft);
        }
        if (!VALUES.contains(name)) {
          type(name, module, registered, at, draft);
        }
      }
    }
  }

  // --- classes -----------------------------------------------------------------------------------

  private void type(String name, String module, String registered, long at, Draft draft) {
    String root = module.isEmpty() ? "" : module.split("\\.", 2)[0];
    boolean custom = registered.contains(">") || name.contains(">");
    if (custom && !OWN.contains(registered.split(">", 2)[0].toLowerCase(Locale.ROOT))) {
      draft.effect(
          at,
          "object of " + (registered.isEmpty() ? name : registered),
          Verdict.UNKNOWN_CODE,
          "what the user's program registered under this name comes first");
    }
    if (OWN.contains(root)
        || module.startsWith("tensorflow.python.keras")
        || module.startsWith("tensorflow.keras")) {
      own(name, module, at, draft);
    } else if (!module.isEmpty() && !module.equals("builtins")) {
      NamedObject named = names.called(module + "." + name);
      Verdict verdict = named.verdict().worse(custom ? Verdict.UNKNOWN_CODE : Verdict.NEEDS_TYPES);
      draft.global(new GlobalUse(module, name, at, GlobalUse.Use.CALLED, verdict, named.why()));
      draft.effect(at, module + "." + name + "(…)", verdict, named.why());
    } else if (module.equals("builtins")) {
      NamedObject named = names.called("builtins." + name);
      draft.effect(at, "builtins." + name + "(…)", named.verdict(), named.why());
    } else if (!KerasNames.isClass(name) && !KerasNames.isFunction(name)) {
      draft.effect(
          at,
          "object of " + name,
          Verdict.UNKNOWN_CODE,
          "a class of the user's own (custom_objects)");
    }
  }

  private static void own(String name, String module, long at, Draft draft) {
    boolean computing = false;
    for (String part : module.split("\\.", -1)) {
      computing |= COMPUTING.contains(part);
    }
    if (name.isEmpty() || name.indexOf('.') >= 0) {
      draft.effect(
          at, module + "." + name, Verdict.RUNS_CODE, "reaches an attribute through a dot");
    } else if (Character.isUpperCase(name.charAt(0)) || KerasNames.isClass(name)) {
      if (!KerasNames.isClass(name) && module.split("\\.", 2)[0].equals("keras")) {
        draft.effect(
            at,
            "object of " + module + "." + name,
            Verdict.UNKNOWN_CODE,
            "no class of the versions of Keras that were read");
      }
    } else if (!computing) {
      draft.global(
          new GlobalUse(
              module,
              name,
              at,
              GlobalUse.Use.CALLED,
              Verdict.RUNS_CODE,
              "a function of Keras that does more than compute"));
      draft.effect(
          at,
          module + "." + name + "(…)",
          Verdict.RUNS_CODE,
          "a function of Keras that does more than compute");
    }
  }

  // --- functions ---------------------------------------------------------------------------------

  private void function(Node.Mapping object, String module, long at, Draft draft) {
    String name = object.text("config");
    if (name.isEmpty()) {
      name = object.mapping("config").map(config -> config.text("name")).orElse("");
    }
    String root = module.isEmpty() ? "" : module.split("\\.", 2)[0];
    if (OWN.contains(root)) {
      own(name, module, at, draft);
    } else if (module.isEmpty() || module.equals("builtins")) {
      if (KerasNames.isFunction(name)) {
        return;
      }
      NamedObject named = names.called("builtins." + name);
      boolean user = !names.isHarmfulBuiltin(name);
      draft.effect(
          at,
          name + "(…)",
          user ? Verdict.UNKNOWN_CODE : Verdict.RUNS_CODE,
          user ? "a function of the user's own (custom_objects)" : named.why());
    } else {
      NamedObject named = names.called(module + "." + name);
      Verdict verdict = named.verdict().worse(Verdict.UNKNOWN_CODE);
      draft.global(new GlobalUse(module, name, at, GlobalUse.Use.CALLED, verdict, named.why()));
      draft.effect(at, module + "." + name + "(…)", verdict, named.why());
    }
  }

  private void lambda(Node.Mapping config, long at, Draft draft) {
    boolean code = false;
    for (String key : List.of("function", "output_shape", "mask")) {
      Node value = config.get(key).orElse(null);
      boolean named = config.text(key + "_type").equals("function");
      if (value instanceof Node.Sequence list
          && !list.items().isEmpty()
          && !list.items().getFirst().asText().isEmpty()
          && !named) {
        code(value, value.offset(), draft);
        code = true;
      } else if (value instanceof Node.Mapping inner
          && inner.text("class_name").equals("__lambda__")) {
        code = true;
      } else if (value instanceof Node.Mapping inner && inner.has("code")) {
        code(inner, inner.offset(), draft);
        code = true;
      } else if (key.equals("function") && value != null && !value.asText().isEmpty()) {
        String module = config.text("module");
        function(
            new Node.Mapping(
                value.offset(),
                List.of(new Node.Entry(new Node.Scalar(at, Node.Kind.TEXT, "config", ""), value)),
                ""),
            module.contains("keras") && !module.startsWith("keras") ? "" : module,
            value.offset(),
            draft);
        code |= !named && config.text("function_type").equals("lambda");
      }
    }
    draft.notice(
        "keras-lambda",
        code ? Severity.CRITICAL : Severity.MEDIUM,
        at,
        code
            ? "A Lambda layer holds byte code, which runs with the model."
            : "A Lambda layer calls a function by its name.");
    if (!config.has("function")) {
      draft.effect(at, "Lambda(…)", Verdict.UNKNOWN_CODE, "a Lambda layer without its function");
    }
  }

  /// Marshalled code: `value: [code, defaults, closure]`, the list itself, or `{code, defaults,
  /// closure}`.
  private static void code(Node where, long at, Draft draft) {
    String[] first = {""};
    where.walk(
        node -> {
          if (first[0].isEmpty() && node.asText().length() > 16) {
            first[0] = node.asText();
          }
        });
    String names = words(first[0]);
    draft.effect(
        at,
        "lambda " + (names.isEmpty() ? "…" : "that uses " + names),
        Verdict.RUNS_CODE,
        "marshalled byte code that runs with the model");
  }

  /// The names and texts in marshalled code, as far as they are ASCII.
  private static String words(String base64) {
    byte[] bytes = decode(base64).orElse(new byte[0]);
    StringBuilder out = new StringBuilder();
    StringBuilder word = new StringBuilder();
    int words = 0;
    for (int i = 0; i <= bytes.length && words < 24; i++) {
      char c = i < bytes.length ? (char) (bytes[i] & 0xFF) : 0;
      if (c > ' ' && c < 0x7F && (Character.isLetterOrDigit(c) || "_./-:<>".indexOf(c) >= 0)) {
        word.append(c);
        continue;
      }
      if (word.length() >= 4) {
        out.append(words++ == 0 ? "" : ", ")
            .append(word.length() > 60 ? word.substring(0, 60) : word);
      }
      word.setLength(0);
    }
    return out.toString();
  }

  private static Optional<byte[]> decode(String base64) {
    try {
      return Optional.of(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  // --- layers with a way of their own ------------------------------------------------------------

  private static void torchModule(Node.Mapping config, long at, Draft draft) {
    draft.effect(
        at,
        "torch.load(BytesIO(…), weights_only=False)",
        Verdict.RUNS_CODE,
        "TorchModuleWrapper unpickles its module");
    Node module = config.get("module").orElse(config);
    String[] text = {""};
    module.walk(
        node -> {
          if (node.asText().length() > text[0].length()) {
            text[0] = node.asText();
          }
        });
    decode(text[0])
        .filter(bytes -> bytes.length > 0)
        .ifPresent(
            bytes ->
                draft.nested(
                    new Nested("TorchModuleWrapper.module", -1, true, ByteSource.of(bytes))));
  }

  private static void lookup(String name, Node.Mapping config, Draft draft) {
    Node vocabulary = config.get("vocabulary").orElse(null);
    if (vocabulary == null || vocabulary.asText().isEmpty()) {
      return;
    }
    String path = vocabulary.asText();
    String why =
        Paths.escape(path)
            .map(reason -> "reads a file whose path " + reason)
            .orElse("reads a file");
    draft.effect(
        vocabulary.offset(),
        name + "(vocabulary=" + Node.quoted(path) + ")",
        Verdict.RUNS_CODE,
        why);
  }

  /// A TensorFlow operation by name: those on files and Python functions are as bad as in a graph.
  private static void operator(String name, Node.Mapping config, long at, Draft draft) {
    String what = config.text("function");
    if (what.isEmpty()) {
      what = config.get("node_def").map(Node::brief).orElse(name);
    }
    String small = what.toLowerCase(Locale.ROOT);
    for (String word :
        List.of(
            "py_func",
            "pyfunc",
            "numpy_function",
            "io.",
            "read_file",
            "readfile",
            "write_file",
            "writefile",
            "load_library",
            "load_op",
            "matching_files",
            "matchingfiles",
            "raw_ops.",
            "print",
            "saved_model",
            "data.",
            "debugging.",
            "py_function")) {
      if (small.contains(word)) {
        draft.effect(
            at,
            name + "(" + what + ")",
            Verdict.RUNS_CODE,
            "an operation on files or Python functions");
        return;
      }
    }
  }
}
