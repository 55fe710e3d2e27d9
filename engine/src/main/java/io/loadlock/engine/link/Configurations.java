package io.loadlock.engine.link;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.tree.JsonText;
import io.loadlock.artifact.tree.Node;
import io.loadlock.artifact.tree.YamlText;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;

/// The texts of configuration files, by the last part of their keys: a program reads
/// `cfg.model.weights`, and `weights` is what is left of it when a load is met.
final class Configurations {
  private static final long LARGEST = 1 << 20;
  private static final int FILES = 32;
  private static final int REFERENCES = 4;

  private final Map<Path, Map<String, Set<String>>> read = new HashMap<>();

  /// What the file, and the files of groups that its `defaults` name, say under `key`.
  Set<String> values(Path file, String key) {
    Map<String, Set<String>> settings = read.computeIfAbsent(file, Configurations::settings);
    Set<String> values = new LinkedHashSet<>();
    for (String value : settings.getOrDefault(key, Set.of())) {
      values.add(interpolated(value, settings, 0));
    }
    return values;
  }

  /// With OmegaConf's `${a.b}` replaced by what stands there; by an unknown part where that is not
  /// one text.
  private static String interpolated(String value, Map<String, Set<String>> settings, int depth) {
    int from = value.indexOf("${");
    int to = value.indexOf('}', from + 2);
    if (from < 0 || to < 0) {
      return value;
    }
    String name = value.substring(from + 2, to);
    Set<String> found = settings.getOrDefault(name.substring(name.lastIndexOf('.') + 1), Set.of());
    String text =
        found.size() == 1 && depth < REFERENCES
            ? found.iterator().next()
            : String.valueOf(Place.UNKNOWN);
    return interpolated(
        value.substring(0, from) + text + value.substring(to + 1), settings, depth + 1);
  }

  private static Map<String, Set<String>> settings(Path file) {
    Map<String, Set<String>> settings = new LinkedHashMap<>();
    Set<Path> files = new LinkedHashSet<>(List.of(file));
    collect(file, settings, files);
    files.remove(file);
    for (Path group : files) {
      collect(group, settings, new LinkedHashSet<>());
    }
    return settings;
  }

  private static void collect(Path file, Map<String, Set<String>> settings, Set<Path> groups) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
        return;
      }
      String name = String.valueOf(file.getFileName());
      if (name.endsWith(".toml")) {
        toml(Toml.parse(file), settings);
        return;
      }
      try (ByteSource source = ByteSource.open(file)) {
        Node root =
            (name.endsWith(".json")
                    ? JsonText.parse(source, Limits.DEFAULT)
                    : YamlText.parse(source, Limits.DEFAULT))
                .root();
        root.walk(node -> entries(node, settings));
        groups(root, file, groups);
      }
    } catch (IOException e) {
      // What cannot be read says nothing: its values stay unknown.
    }
  }

  private static void entries(Node node, Map<String, Set<String>> settings) {
    if (node instanceof Node.Mapping mapping) {
      for (Node.Entry entry : mapping.entries()) {
        String value = entry.value().asText();
        if (!value.isEmpty()) {
          settings.computeIfAbsent(entry.key().asText(), _ -> new LinkedHashSet<>()).add(value);
        }
      }
    }
  }

  /// `defaults: [{model: small}]` of Hydra: the file `model/small.yaml` beside this one.
  private static void groups(Node root, Path file, Set<Path> groups) {
    Path folder = file.getParent();
    if (folder == null
        || !(root instanceof Node.Mapping mapping)
        || !(mapping.get("defaults").orElse(root) instanceof Node.Sequence defaults)) {
      return;
    }
    for (Node item : defaults.items()) {
      if (item instanceof Node.Mapping group && groups.size() < FILES) {
        for (Node.Entry entry : group.entries()) {
          String name = entry.key().asText() + "/" + entry.value().asText();
          if (!entry.value().asText().isEmpty() && !name.contains("..")) {
            groups.add(folder.resolve(name + ".yaml"));
          }
        }
      }
    }
  }

  private static void toml(TomlParseResult parsed, Map<String, Set<String>> settings) {
    for (List<String> key : parsed.keyPathSet()) {
      if (parsed.get(key) instanceof String value) {
        settings.computeIfAbsent(key.getLast(), _ -> new LinkedHashSet<>()).add(value);
      }
    }
  }
}
