package io.loadlock.artifact.named;

import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Act;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Judges dotted names by the policy's rows. In a pickle a name comes with exact arguments; a
/// configuration's arguments are keywords of any kind, so a function counts as construction only
/// where its row gives plain data.
public final class NamedObjects {
  /// Packages whose classes configurations of training frameworks instantiate by name. A class of
  /// these is a type that is needed, not code nobody knows, even where no row lists it: they are
  /// released code that the user has installed.
  private static final Set<String> FRAMEWORKS =
      Set.of(
          "accelerate",
          "diffusers",
          "hydra",
          "keras",
          "lightning",
          "lightning_fabric",
          "megatron",
          "monai",
          "nemo",
          "nemo_text_processing",
          "omegaconf",
          "peft",
          "pytorch_lightning",
          "sentence_transformers",
          "speechbrain",
          "tensorflow",
          "timm",
          "tokenizers",
          "torch",
          "torch_geometric",
          "torchaudio",
          "torchmetrics",
          "torchvision",
          "transformers");

  /// Modules of those packages all of whose public functions make a layer, a model or a schedule.
  private static final Set<String> FACTORIES =
      Set.of(
          "torch.nn.functional",
          "torchvision.models",
          "torchvision.models.resnet",
          "torchvision.models.detection",
          "torchvision.models.segmentation",
          "torchvision.transforms.functional",
          "torchmetrics.functional",
          "transformers.optimization");

  private final @Nullable Policy given;

  /// Read when the first name is met.
  private static final class Bundled {
    static final Policy POLICY = Policy.bundled();
  }

  private NamedObjects(@Nullable Policy given) {
    this.given = given;
  }

  /// By the rows that come with loadlock.
  public static NamedObjects bundled() {
    return new NamedObjects(null);
  }

  public static NamedObjects of(Policy policy) {
    return new NamedObjects(policy);
  }

  private Policy policy() {
    return given == null ? Bundled.POLICY : given;
  }

  /// A name that is imported and called with whatever the configuration gives.
  public NamedObject called(String dotted) {
    String module = module(dotted);
    String name = dotted.substring(dotted.lastIndexOf('.') + 1);
    if (name.isEmpty()
        || dotted.startsWith(".")
        || dotted.indexOf('/') >= 0
        || dotted.indexOf(' ') >= 0) {
      return new NamedObject(
          module, name, Verdict.UNKNOWN_CODE, "no name that Python could import");
    }
    return judge(module, name, policy().ruling(module, name), Act.CALL);
  }

  /// A class that is made without its `__init__` and gets a state.
  public NamedObject built(String dotted) {
    String module = module(dotted);
    String name = dotted.substring(dotted.lastIndexOf('.') + 1);
    Ruling ruling = policy().ruling(module, name);
    NamedObject made = judge(module, name, ruling, Act.NEW);
    NamedObject filled = judge(module, name, ruling, Act.BUILD);
    return made.verdict().compareTo(filled.verdict()) >= 0 ? made : filled;
  }

  /// A name that is imported and kept.
  public NamedObject named(String dotted) {
    String module = module(dotted);
    String name = dotted.substring(dotted.lastIndexOf('.') + 1);
    Verdict verdict =
        switch (policy().ruling(module, name)) {
          case Ruling.Harmful ignored -> Verdict.RUNS_CODE;
          case Ruling.Stranger ignored -> Verdict.UNKNOWN_CODE;
          case Ruling.Unlisted unlisted ->
              unlisted.kind() == Ruling.Unlisted.Kind.CLASS && framework(module)
                  ? Verdict.NEEDS_TYPES
                  : Verdict.UNKNOWN_CODE;
          case Ruling.Function function ->
              !function.gives().reaches() ? Verdict.NEEDS_TYPES : Verdict.RUNS_CODE;
          case Ruling.Kept ignored -> Verdict.NEEDS_TYPES;
          case Ruling.Type ignored -> Verdict.NEEDS_TYPES;
          case Ruling.Constant ignored -> Verdict.PLAIN_DATA;
        };
    return new NamedObject(module, name, verdict, policy().ruling(module, name).why());
  }

  /// A module that is imported, which runs it.
  public NamedObject imported(String module) {
    int dot = module.lastIndexOf('.');
    boolean known = policy().knows(module) || framework(module);
    return new NamedObject(
        dot < 0 ? "" : module.substring(0, dot),
        module.substring(dot + 1),
        known ? Verdict.NEEDS_TYPES : Verdict.UNKNOWN_CODE,
        known ? "a module of a known package" : "nothing is known of this module");
  }

  /// Whether the package has rows or is one of the known frameworks.
  public boolean knows(String module) {
    return policy().knows(module) || framework(module);
  }

  /// Whether Python has a builtin of this name that does harm.
  public boolean isHarmfulBuiltin(String name) {
    return policy().ruling("builtins", name) instanceof Ruling.Harmful;
  }

  private NamedObject judge(String module, String name, Ruling ruling, Act act) {
    return switch (ruling) {
      case Ruling.Harmful harm -> new NamedObject(module, name, Verdict.RUNS_CODE, harm.why());
      case Ruling.Function function ->
          !function.gives().reaches()
              ? new NamedObject(module, name, Verdict.NEEDS_TYPES, function.why())
              : new NamedObject(
                  module, name, Verdict.RUNS_CODE, "hands on to code that its arguments name");
      case Ruling.Kept kept -> new NamedObject(module, name, Verdict.NEEDS_TYPES, kept.why());
      case Ruling.Constant constant ->
          new NamedObject(module, name, Verdict.NEEDS_TYPES, constant.why());
      case Ruling.Type type -> type(module, name, type, act);
      case Ruling.Unlisted unlisted -> unlisted(module, name, unlisted);
      case Ruling.Stranger stranger ->
          framework(module) && spelledLikeClass(name)
              ? new NamedObject(module, name, Verdict.NEEDS_TYPES, "a class of " + top(module))
              : new NamedObject(module, name, Verdict.UNKNOWN_CODE, stranger.why());
    };
  }

  private static NamedObject type(String module, String name, Ruling.Type type, Act act) {
    return type.objection(act)
        .filter(open -> !framework(module))
        .map(
            open ->
                new NamedObject(
                    module,
                    name,
                    open.harmful() ? Verdict.RUNS_CODE : Verdict.UNKNOWN_CODE,
                    open.why()))
        .orElseGet(() -> new NamedObject(module, name, Verdict.NEEDS_TYPES, type.why()));
  }

  private static NamedObject unlisted(String module, String name, Ruling.Unlisted unlisted) {
    boolean made =
        framework(module) && spelledLikeClass(name)
            || FACTORIES.contains(module) && !name.startsWith("_")
            || module.equals("timm") && name.equals("create_model");
    if (made) {
      return new NamedObject(
          module, name, Verdict.NEEDS_TYPES, "makes a part of a model of " + top(module));
    }
    boolean type = unlisted.kind() == Ruling.Unlisted.Kind.CLASS;
    return new NamedObject(
        module, name, type ? Verdict.UNKNOWN_CODE : Verdict.RUNS_CODE, unlisted.why());
  }

  private static boolean framework(String module) {
    return FRAMEWORKS.contains(top(module));
  }

  /// `LSTM` too: whoever knows the package's classes only by their spelling cannot ask for more.
  private static boolean spelledLikeClass(String name) {
    return !name.isEmpty() && Character.isUpperCase(name.charAt(0));
  }

  private static String module(String dotted) {
    int dot = dotted.lastIndexOf('.');
    return dot < 0 ? "builtins" : dotted.substring(0, dot);
  }

  private static String top(String module) {
    int dot = module.indexOf('.');
    return dot < 0 ? module : module.substring(0, dot);
  }
}
