package io.loadlock.engine.scan;

import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.git.Changes;
import io.loadlock.python.project.Options.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a run is to do.
///
/// @param version loadlock's own, for the report
/// @param base the folder that relative paths and the names in reports start from, absolute
/// @param paths files and folders, as the user wrote them
/// @param input source that comes from standard input in place of a file
/// @param configuration of the project
/// @param ignoreFiles whether `.gitignore` and its kin are obeyed
/// @param thorough parses every source, also those that a look at their words rules out
/// @param jobs how many threads may work
/// @param changes when present, only findings that touch these files are wanted; what is staged is
///   read in place of the working copy
/// @param environment of the process: where the user's home and model caches are
/// @param progress is told how far the run is, and may stop it
/// @param fixes whether findings are to carry their fixes, which costs parsing their files once
///   more
/// @param overlay what stands in the place of the content of files, by the name that reports give
///   them
public record ScanRequest(
    String version,
    Path base,
    List<Path> paths,
    Optional<Input> input,
    Configuration configuration,
    boolean ignoreFiles,
    boolean thorough,
    int jobs,
    Optional<Changes> changes,
    Map<String, String> environment,
    Progress progress,
    boolean fixes,
    Map<String, byte[]> overlay) {
  public ScanRequest {
    overlay = Map.copyOf(overlay);
    paths = List.copyOf(paths);
    environment = Map.copyOf(environment);
  }

  /// A scan of these paths as they are, by one thread, without fixes.
  public static ScanRequest of(
      String version, Path base, List<Path> paths, Configuration configuration, Progress progress) {
    return new ScanRequest(
        version,
        base,
        paths,
        Optional.empty(),
        configuration,
        true,
        false,
        1,
        Optional.empty(),
        Map.of(),
        progress,
        false,
        Map.of());
  }

  /// The same with fixes, and with other content in the place of some files.
  public ScanRequest withFixes(Map<String, byte[]> content) {
    return new ScanRequest(
        version,
        base,
        paths,
        input,
        configuration,
        ignoreFiles,
        thorough,
        jobs,
        changes,
        environment,
        progress,
        true,
        content);
  }

  /// Source without a file.
  ///
  /// @param name as reports are to name it; its ending tells a notebook from Python
  @SuppressWarnings("ArrayRecordComponent") // nobody compares inputs
  public record Input(String name, byte[] content) {}

  /// The user's home, for git's own ignore file.
  Optional<Path> home() {
    return Optional.ofNullable(environment.get("HOME"))
        .filter(home -> !home.isEmpty())
        .map(Path::of);
  }
}
