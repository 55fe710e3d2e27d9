package io.loadlock.engine.link;

import io.loadlock.python.site.GivenArgument;
import io.loadlock.python.site.PathValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The local cache of the Hugging Face hub: what `hf_hub_download` has downloaded before.
///
/// Layout, as huggingface_hub's documentation "Understand caching" has it:
/// `models--ORG--NAME/refs/REVISION` holds a commit, `models--ORG--NAME/snapshots/COMMIT/FILE` is
/// the file.
final class HubCache {
  private static final String DOWNLOAD = "huggingface_hub.hf_hub_download";
  private static final String SNAPSHOT = "huggingface_hub.snapshot_download";

  private final Optional<Path> folder;

  HubCache(Map<String, String> environment) {
    this.folder = folder(environment);
  }

  /// What the cache says of a download.
  sealed interface Answer {
    /// @param name for reports, such as `hub:org/name/file@abc`
    /// @param fixed whether every run gets this very file: a commit is named, or nothing is
    ///   downloaded
    record Cached(String name, Path file, boolean fixed) implements Answer {}

    record Missing(String reason) implements Answer {}
  }

  private static Optional<Path> folder(Map<String, String> environment) {
    try {
      for (String variable : new String[] {"HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"}) {
        String value = environment.getOrDefault(variable, "");
        if (!value.isEmpty()) {
          return Optional.of(Path.of(value));
        }
      }
      String home = environment.getOrDefault("HF_HOME", "");
      if (!home.isEmpty()) {
        return Optional.of(Path.of(home, "hub"));
      }
      String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
      if (!cache.isEmpty()) {
        return Optional.of(Path.of(cache, "huggingface", "hub"));
      }
      String user = environment.getOrDefault("HOME", "");
      return user.isEmpty()
          ? Optional.empty()
          : Optional.of(Path.of(user, ".cache", "huggingface", "hub"));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// Empty where the value is no download from the hub.
  Optional<Answer> find(PathValue value) {
    PathValue inner = value instanceof PathValue.Content content ? content.of() : value;
    if (inner instanceof PathValue.Joined joined
        && joined.parts().getFirst() instanceof PathValue.Result whole
        && whole.function().equals(SNAPSHOT)) {
      return Optional.of(look(whole, below(joined.parts())));
    }
    if (!(inner instanceof PathValue.Result result) || !result.function().equals(DOWNLOAD)) {
      return Optional.empty();
    }
    return Optional.of(look(result, text(result, "filename", 1)));
  }

  /// The path of a file in what was downloaded; empty where a part is not known.
  private static String below(List<PathValue> parts) {
    List<String> names = new ArrayList<>();
    for (PathValue part : parts.subList(1, parts.size())) {
      if (!(part instanceof PathValue.Text text)) {
        return "";
      }
      names.add(text.value());
    }
    return String.join("/", names);
  }

  private Answer look(PathValue.Result result, String file) {
    String repository = text(result, "repo_id", 0);
    if (repository.isEmpty() || file.isEmpty()) {
      return new Answer.Missing("which file of the hub it is is not known");
    }
    String below = text(result, "subfolder", -1);
    String revision = text(result, "revision", -1);
    boolean local = isTrue(result, "local_files_only");
    String path = below.isEmpty() ? file : below + "/" + file;
    return look(repository, path, revision.isEmpty() ? "main" : revision, local);
  }

  /// The commit of a repository's main branch; empty where it is not here.
  Optional<String> commit(String repository) {
    if (folder.isEmpty() || repository.contains("..")) {
      return Optional.empty();
    }
    try {
      Path place = folder.get().resolve("models--" + repository.replace("/", "--"));
      String hash = Files.readString(place.resolve("refs").resolve("main")).strip();
      return hash.matches("[0-9a-f]{40}") ? Optional.of(hash) : Optional.empty();
    } catch (IOException | InvalidPathException e) {
      return Optional.empty();
    }
  }

  private Answer look(String repository, String file, String revision, boolean local) {
    Answer missing =
        new Answer.Missing("`" + repository + "/" + file + "` is not in the local hub cache");
    if (folder.isEmpty()
        || file.contains("..")
        || repository.contains("..")
        || revision.contains("..")) {
      return missing;
    }
    try {
      Path place = folder.get().resolve("models--" + repository.replace("/", "--"));
      boolean commit = revision.matches("[0-9a-f]{40}");
      String hash =
          commit ? revision : Files.readString(place.resolve("refs").resolve(revision)).strip();
      Path found = place.resolve("snapshots").resolve(hash).resolve(file);
      if (!hash.matches("[0-9a-f]{40}") || !Files.isRegularFile(found)) {
        return missing;
      }
      String name = "hub:" + repository + "/" + file + "@" + hash.substring(0, 8);
      return new Answer.Cached(name, found, commit || local);
    } catch (IOException | InvalidPathException e) {
      return missing;
    }
  }

  private static Optional<PathValue> argument(PathValue.Result result, String name, int position) {
    return result.arguments().stream()
        .filter(
            given ->
                given.name().isEmpty() ? given.position() == position : given.name().equals(name))
        .map(GivenArgument::value)
        .findFirst();
  }

  private static String text(PathValue.Result result, String name, int position) {
    return argument(result, name, position)
        .map(value -> value instanceof PathValue.Text text ? text.value() : "")
        .orElse("");
  }

  private static boolean isTrue(PathValue.Result result, String name) {
    return argument(result, name, -1)
        .map(value -> value instanceof PathValue.Literal literal && literal.python().equals("True"))
        .orElse(false);
  }
}
