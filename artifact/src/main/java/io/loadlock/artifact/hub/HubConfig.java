package io.loadlock.artifact.hub;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.jinja.ChatTemplates;
import io.loadlock.artifact.named.NamedObject;
import io.loadlock.artifact.named.NamedObjects;
import io.loadlock.artifact.named.Paths;
import io.loadlock.artifact.tree.Lens;
import io.loadlock.artifact.tree.Node;
import io.loadlock.core.Severity;
import java.util.List;

/// Configurations of transformers, diffusers, PEFT and sentence-transformers: `config.json`,
/// `tokenizer_config.json`, `adapter_config.json`, `model_index.json`, `modules.json` and their
/// like.
///
/// - `auto_map` and `custom_pipelines` name classes of Python files in the repository, or in
///   another one (`repo--module.Class`), which are imported with `trust_remote_code=True`.
/// - `chat_template` is a Jinja program.
/// - `weight_map` of a shard index names the files to open.
/// - PEFT's `auto_mapping` and sentence-transformers' `modules.json` name a module to import.
/// - diffusers' `model_index.json` names a library, or a Python file of the repository, for each
///   part.
public final class HubConfig implements Lens {
  private static final List<String> LIBRARIES =
      List.of(
          "diffusers",
          "transformers",
          "onnxruntime",
          "optimum",
          "peft",
          "k_diffusion",
          "stable_audio_tools",
          "flax",
          "sentencepiece",
          "diffusers_modules",
          "nunchaku");

  private final NamedObjects names;

  public HubConfig(NamedObjects names) {
    this.names = names;
  }

  @Override
  public String format() {
    return "hub-config";
  }

  @Override
  public List<String> needles() {
    return List.of(
        "\"auto_map\"",
        "\"custom_pipelines\"",
        "\"chat_template\"",
        "\"weight_map\"",
        "\"peft_type\"",
        "\"auto_mapping\"",
        "\"_class_name\"",
        "\"model_type\"",
        "\"architectures\"",
        "\"tokenizer_class\"",
        "\"sentence_transformers",
        "\"image_processor_type\"",
        "\"processor_class\"",
        "\"added_tokens\"",
        "\"type\"",
        "\"megatron_core\"",
        "\"transformers_version\"");
  }

  @Override
  public boolean applies(Node root, String name) {
    if (root instanceof Node.Sequence sequence) {
      return !sequence.items().isEmpty() && sequence.items().stream().allMatch(HubConfig::module);
    }
    if (!(root instanceof Node.Mapping mapping)) {
      return false;
    }
    for (String key :
        List.of(
            "auto_map",
            "custom_pipelines",
            "chat_template",
            "weight_map",
            "peft_type",
            "auto_mapping",
            "_class_name",
            "_diffusers_version",
            "architectures",
            "tokenizer_class",
            "image_processor_type",
            "feature_extractor_type",
            "processor_class",
            "transformers_version")) {
      if (mapping.has(key)) {
        return true;
      }
    }
    return mapping.has("model_type") && name.endsWith("config.json")
        || mapping.has("added_tokens") && mapping.has("model");
  }

  private static boolean module(Node node) {
    return node instanceof Node.Mapping mapping
        && mapping.has("idx")
        && mapping.has("type")
        && mapping.has("path");
  }

  @Override
  public void look(Node root, Draft draft) {
    if (root instanceof Node.Sequence sequence) {
      sequence.items().forEach(item -> sentenceModule((Node.Mapping) item, draft));
      return;
    }
    root.walk(
        node -> {
          if (node instanceof Node.Mapping mapping) {
            mapping.entries().forEach(entry -> entry(entry.key().asText(), entry.value(), draft));
          }
        });
    Node.Mapping top = (Node.Mapping) root;
    for (String key :
        List.of(
            "model_type",
            "transformers_version",
            "peft_type",
            "_class_name",
            "_diffusers_version")) {
      if (!top.text(key).isEmpty()) {
        draft.detail(key.replace('_', ' ').strip(), top.text(key));
      }
    }
    if (top.has("_class_name") && top.has("_diffusers_version")) {
      parts(top, draft);
    }
    if (top.has("peft_type")) {
      adapter(top, draft);
    }
  }

  private void entry(String key, Node value, Draft draft) {
    switch (key) {
      case "auto_map" -> remote(value, draft);
      case "custom_pipelines" -> pipelines(value, draft);
      case "chat_template" -> template(value, draft);
      case "weight_map" -> shards(value, draft);
      case "attn_implementation", "_attn_implementation", "_attn_implementation_internal" -> {
        if (value.asText().contains("/")) {
          draft.effect(
              value.offset(),
              "kernel of " + value.asText(),
              Verdict.UNKNOWN_CODE,
              "fetches code of a repository");
        }
      }
      default -> ChatTemplates.suspect(value.asText(), value.offset(), key, draft);
    }
  }

  /// Classes of files in the repository.
  private static void remote(Node value, Draft draft) {
    value.walk(
        node -> {
          String text = node.asText();
          boolean names = node instanceof Node.Scalar && text.indexOf('.') > 0;
          if (names) {
            int other = text.indexOf("--");
            String module = text.substring(other < 0 ? 0 : other + 2);
            String file =
                module.substring(
                    0, module.lastIndexOf('.') < 0 ? module.length() : module.lastIndexOf('.'));
            draft.effect(
                node.offset(),
                "import "
                    + module
                    + (other < 0 ? "" : " of the repository " + text.substring(0, other)),
                Verdict.UNKNOWN_CODE,
                "runs " + file + ".py with trust_remote_code=True");
          }
        });
  }

  private static void pipelines(Node value, Draft draft) {
    value.walk(
        node -> {
          if (node instanceof Node.Mapping mapping && !mapping.text("impl").isEmpty()) {
            Node impl = mapping.get("impl").orElse(node);
            draft.effect(
                impl.offset(),
                "import " + impl.asText(),
                Verdict.UNKNOWN_CODE,
                "a pipeline in a Python file of the repository");
          }
        });
  }

  /// One template, or a list of `{name, template}`, or a mapping by name.
  private static void template(Node value, Draft draft) {
    value.walk(
        node -> {
          if (node.asText().contains("{")) {
            ChatTemplates.judge(node.asText(), node.offset(), "chat_template", draft);
          }
        });
  }

  private static void shards(Node value, Draft draft) {
    if (!(value instanceof Node.Mapping map)) {
      return;
    }
    draft.detail(
        "shards",
        Long.toString(
            map.entries().stream().map(entry -> entry.value().asText()).distinct().count()));
    for (Node.Entry entry : map.entries()) {
      String path = entry.value().asText();
      Paths.escape(path)
          .ifPresent(
              why -> {
                draft.effect(
                    entry.value().offset(),
                    "open(" + Node.quoted(path) + ")",
                    Verdict.RUNS_CODE,
                    "a shard's path " + why);
                draft.notice(
                    "path-traversal",
                    Severity.HIGH,
                    entry.value().offset(),
                    "The path '" + path + "' " + why + ".");
              });
    }
  }

  private void sentenceModule(Node.Mapping module, Draft draft) {
    String type = module.text("type");
    Node at = module.get("type").orElse(module);
    if (type.startsWith("sentence_transformers.")) {
      return;
    }
    NamedObject named = names.called(type);
    Verdict verdict = named.verdict().worse(Verdict.UNKNOWN_CODE);
    draft.global(
        new GlobalUse(
            named.module(), named.name(), at.offset(), GlobalUse.Use.CALLED, verdict, named.why()));
    draft.effect(at.offset(), type + "(…)", verdict, "a module outside of sentence-transformers");
  }

  /// `"unet": ["diffusers", "UNet2DConditionModel"]`
  private static void parts(Node.Mapping index, Draft draft) {
    for (Node.Entry entry : index.entries()) {
      String key = entry.key().asText();
      if (!(entry.value() instanceof Node.Sequence part)
          || part.items().size() != 2
          || key.startsWith("_") && !key.equals("_class_name")) {
        continue;
      }
      String library = part.items().getFirst().asText();
      String name = part.items().get(1).asText();
      if (library.isEmpty() || name.isEmpty() || LIBRARIES.contains(library.split("\\.", 2)[0])) {
        continue;
      }
      boolean own =
          library.matches("[a-z_0-9]+")
              && name.matches("[A-Z]\\w*")
              && !key.equals("_class_name")
              && OWN_PIPELINES.contains(library);
      if (!own) {
        draft.effect(
            part.offset(),
            "import " + library + "." + name,
            Verdict.UNKNOWN_CODE,
            "a Python file of the repository, or a library that is not known");
      }
    }
  }

  /// Modules of `diffusers.pipelines`, which parts name without the package.
  private static final List<String> OWN_PIPELINES =
      List.of(
          "stable_diffusion",
          "deprecated",
          "latent_diffusion",
          "paint_by_example",
          "alt_diffusion",
          "versatile_diffusion",
          "unclip",
          "kandinsky",
          "deepfloyd_if",
          "audioldm2",
          "unidiffuser",
          "wuerstchen",
          "stable_cascade",
          "shap_e",
          "blip_diffusion",
          "spectrogram_diffusion",
          "ltx2",
          "ltx",
          "flux",
          "marigold",
          "stable_audio",
          "bria",
          "amused",
          "controlnet",
          "aura_flow",
          "hunyuandit",
          "kolors",
          "lumina",
          "pixart_alpha",
          "sana",
          "cogvideo",
          "mochi",
          "omnigen",
          "hidream_image",
          "cosmos",
          "wan",
          "qwenimage",
          "skyreels_v2");

  private void adapter(Node.Mapping top, Draft draft) {
    top.mapping("auto_mapping")
        .ifPresent(
            mapping -> {
              String library = mapping.text("parent_library");
              String type = mapping.text("base_model_class");
              if (!library.isEmpty()) {
                NamedObject named = names.called(library + "." + (type.isEmpty() ? "Model" : type));
                long at = mapping.offset();
                draft.global(named.use(at, GlobalUse.Use.NAMED));
                draft.effect(
                    at,
                    "import " + named.dotted(),
                    named.verdict(),
                    "PEFT imports the class of its base model");
              }
            });
    String megatron = top.text("megatron_core");
    if (!megatron.isEmpty() && !megatron.startsWith("megatron.")) {
      NamedObject module = names.imported(megatron);
      draft.effect(
          top.offset(),
          "import " + megatron,
          module.verdict().worse(Verdict.UNKNOWN_CODE),
          "PEFT imports megatron_core");
    }
  }
}
