package io.loadlock.engine.judge;

import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import io.loadlock.core.Evidence;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.engine.judge.Judge.Pending;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.LoadSite.Safety;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.site.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/// What switches protection off: environment variables, patched functions, dangerous names allowed
/// under `weights_only=True`. Each is a finding, and the first two take the safe default from the
/// calls they touch.
final class Settings {
  /// torch 2.6 torch/serialization.py, `_is_env_set`-like reading of the variable: these and no
  /// other values count.
  private static final Set<String> YES = Set.of("1", "y", "yes", "true");

  private static final String FORCE_NO = "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD";

  /// Which function an environment variable makes unsafe.
  private static final Map<String, String> VARIABLES = Map.of(FORCE_NO, "torch.load");

  private static final String UNSET =
      "Do not set it; pass weights_only=False at the one call that needs it and is trusted.";

  private final Supplier<Policy> policy;
  private final List<EnvironmentSetting> environment;

  Settings(Supplier<Policy> policy, List<EnvironmentSetting> environment) {
    this.policy = policy;
    this.environment = environment;
  }

  static List<String> variables() {
    return List.copyOf(VARIABLES.keySet());
  }

  Voids voids(List<FileFacts> facts) {
    List<Voids.Voiding> all = new ArrayList<>();
    for (EnvironmentSetting setting : environment) {
      if (isSet(setting)) {
        all.add(
            new Voids.Voiding(
                setting.folder(),
                VARIABLES.getOrDefault(setting.variable(), ""),
                setting.location(),
                clause(setting.variable(), setting.location()),
                false));
      }
    }
    for (FileFacts file : facts) {
      for (Setting setting : file.settings()) {
        voided(setting).ifPresent(all::add);
      }
      for (LoadSite site : file.sites()) {
        for (String function : site.sink().voids()) {
          all.add(
              new Voids.Voiding(
                  folder(site.location().path()),
                  function,
                  site.location(),
                  site.callee() + " is called in " + place(site.location()),
                  false));
        }
      }
    }
    return new Voids(all);
  }

  private static Optional<Voids.Voiding> voided(Setting setting) {
    String path = setting.location().path();
    String folder = folder(path);
    return switch (setting) {
      case Setting.Environment variable when isSet(variable) ->
          Optional.of(
              new Voids.Voiding(
                  folder,
                  VARIABLES.getOrDefault(variable.variable(), ""),
                  variable.location(),
                  clause(variable.variable(), variable.location()),
                  false));
      case Setting.Patched patched when patched.safety() instanceof Safety.Unsafe ->
          Optional.of(
              new Voids.Voiding(
                  folder,
                  patched.function(),
                  patched.location(),
                  patched.function() + " is replaced in " + place(patched.location()),
                  true));
      case Setting.Environment _, Setting.Patched _, Setting.Allowed _, Setting.Imported _ ->
          Optional.empty();
    };
  }

  private static String folder(String path) {
    return path.indexOf('/') < 0 ? "" : path.substring(0, path.lastIndexOf('/'));
  }

  private static boolean isSet(EnvironmentSetting setting) {
    return VARIABLES.containsKey(setting.variable()) && YES.contains(setting.value());
  }

  private static boolean isSet(Setting.Environment setting) {
    return VARIABLES.containsKey(setting.variable())
        && setting.value() instanceof PathValue.Text text
        && YES.contains(text.value());
  }

  private static String clause(String variable, Location.Source where) {
    return variable + " is set in " + place(where);
  }

  private static String place(Location.Source where) {
    return where.path() + ":" + where.start().line();
  }

  /// Findings in files that are no Python.
  List<Finding> outside() {
    return environment.stream()
        .filter(Settings::isSet)
        .map(
            setting ->
                finding(
                    Rules.VOIDED_DEFAULT,
                    "environment",
                    setting.location(),
                    "`"
                        + setting.variable()
                        + "` takes the safe default from every `torch.load` that does not say"
                        + " weights_only.",
                    UNSET,
                    List.of()))
        .toList();
  }

  List<Pending> findings(FileFacts file) {
    List<Pending> findings = new ArrayList<>();
    for (Setting setting : file.settings()) {
      finding(setting)
          .ifPresent(
              finding -> {
                Location.Source at = setting.location();
                findings.add(
                    new Pending(
                        finding,
                        new LoadSite.Lines(at.start().line(), at.end().line()),
                        codes(setting)));
              });
    }
    return findings;
  }

  private static List<String> codes(Setting setting) {
    return setting instanceof Setting.Imported ? List.of("B403", "S403") : List.of("B614", "S614");
  }

  private Optional<Finding> finding(Setting setting) {
    return switch (setting) {
      case Setting.Environment variable ->
          isSet(variable)
              ? Optional.of(
                  finding(
                      Rules.VOIDED_DEFAULT,
                      "environment",
                      variable.location(),
                      "`"
                          + variable.variable()
                          + "` takes the safe default from every `torch.load` that does not"
                          + " say weights_only.",
                      UNSET,
                      List.of()))
              : Optional.empty();
      case Setting.Patched patched ->
          patched.safety() instanceof Safety.Unsafe unsafe
              ? Optional.of(
                  finding(
                      Rules.VOIDED_DEFAULT,
                      "patched-load",
                      patched.location(),
                      "`"
                          + patched.function()
                          + "` is replaced by one that loads with "
                          + unsafe.value()
                          + " for the deciding argument, for the whole program.",
                      "Leave the function as it is, and pass the argument at the one call that"
                          + " needs it.",
                      List.of()))
              : Optional.empty();
      case Setting.Allowed allowed -> allowed(allowed);
      case Setting.Imported imported ->
          Optional.of(
              finding(
                  Rules.IMPORT,
                  "import",
                  imported.location(),
                  "`" + imported.module() + "` is imported, a module whose purpose is to unpickle.",
                  "",
                  List.of()));
    };
  }

  private Optional<Finding> allowed(Setting.Allowed allowed) {
    List<String> dangerous = new ArrayList<>();
    List<Evidence> evidence = new ArrayList<>();
    for (String name : allowed.names()) {
      int dot = name.lastIndexOf('.');
      Ruling ruling =
          policy
              .get()
              .ruling(dot < 0 ? "builtins" : name.substring(0, dot), name.substring(dot + 1));
      boolean harmful =
          ruling instanceof Ruling.Harmful
              || ruling instanceof Ruling.Unlisted unlisted
                  && unlisted.kind() != Ruling.Unlisted.Kind.CLASS;
      if (harmful) {
        dangerous.add("`" + name + "`");
        evidence.add(new Evidence(allowed.location(), name + ": " + ruling.why()));
      }
    }
    if (dangerous.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        finding(
            Rules.VOIDED_DEFAULT,
            "safe-globals",
            allowed.location(),
            String.join(", ", dangerous)
                + (dangerous.size() == 1 ? " is" : " are")
                + " allowed under weights_only=True, so that a checkpoint can call "
                + (dangerous.size() == 1 ? "it." : "them."),
            "Allow only classes that hold data.",
            evidence));
  }

  private static Finding finding(
      Rule rule,
      String kind,
      Location.Source location,
      String message,
      String advice,
      List<Evidence> evidence) {
    TreeMap<String, String> properties = new TreeMap<>(Map.of("kind", kind));
    return new Finding(
        rule.id(),
        kind,
        rule.severity(),
        50,
        location,
        message,
        advice,
        evidence,
        List.of(),
        List.of(),
        Optional.empty(),
        properties);
  }
}
