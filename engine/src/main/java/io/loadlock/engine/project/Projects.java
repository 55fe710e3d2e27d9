package io.loadlock.engine.project;

import io.loadlock.core.Problem;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.PinProject;
import io.loadlock.pins.PinProject.Knowledge;
import io.loadlock.pins.Requirement;
import io.loadlock.pins.file.PinFiles;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pins that hold for a file: those of the nearest folder, at or above its own, whose files
/// declare the distribution at all, or may do so where they cannot be read. Nothing is read before
/// somebody asks. Not safe for several threads.
public final class Projects {
  /// A lock file of a large monorepo has 20 MB; whatever is larger proves nothing.
  private static final long LARGEST = 64 << 20;

  private final Path base;
  private final List<Path> tops;
  private final Map<Path, PinProject> byFolder = new HashMap<>();
  private final Map<Path, Optional<Path>> repositories = new HashMap<>();

  /// @param base the folder that names in reports start from, absolute
  /// @param tops folders that the user named; no pins above them count, unless they are in a
  ///   repository or below `base`
  public Projects(Path base, List<Path> tops) {
    this.base = base;
    this.tops = tops.stream().map(top -> base.resolve(top).normalize()).toList();
  }

  /// What is known of a distribution's version where the file at `path`, as reports name it, runs.
  public Knowledge of(String path, String distribution) {
    String name = Requirement.normalize(distribution);
    Path folder = folder(path);
    Path last = last(folder);
    for (Path at = folder; at != null; at = at.getParent()) {
      PinProject project = byFolder.computeIfAbsent(at, this::read);
      if (project.mayDeclare(name)) {
        return project.of(name);
      }
      if (at.equals(last)) {
        break;
      }
    }
    return new Knowledge.Unknown("no file declares " + name);
  }

  /// The folder that the project of this file starts at: the nearest one with a file that declares
  /// versions, else the last one that is looked at. As reports name it.
  public String root(String path) {
    Path folder = folder(path);
    Path last = last(folder);
    for (Path at = folder; at != null && !at.equals(last); at = at.getParent()) {
      if (!byFolder.computeIfAbsent(at, this::read).files().isEmpty()) {
        return shown(at);
      }
    }
    return shown(last);
  }

  private Path folder(String path) {
    Path parent = base.resolve(path).normalize().getParent();
    return parent == null ? base : parent;
  }

  /// The highest folder whose pins can hold for `folder`.
  private Path last(Path folder) {
    Optional<Path> repository = repositories.computeIfAbsent(folder, Projects::repository);
    if (repository.isPresent()) {
      return repository.get();
    }
    if (folder.startsWith(base)) {
      return base;
    }
    return tops.stream().filter(folder::startsWith).findFirst().orElse(folder);
  }

  private static Optional<Path> repository(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"))) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  private PinProject read(Path folder) {
    List<PinFile> files = new ArrayList<>();
    for (Path file : candidates(folder)) {
      PinFormat.ofName(String.valueOf(file.getFileName()))
          .or(() -> inRequirementsFolder(file))
          .ifPresent(format -> files.add(read(file, format)));
    }
    return new PinProject(files);
  }

  /// `requirements/base.txt` and its kin.
  private static Optional<PinFormat> inRequirementsFolder(Path file) {
    boolean inside =
        file.getParent() != null
            && file.getParent().endsWith("requirements")
            && file.toString().endsWith(".txt");
    return inside ? Optional.of(PinFormat.REQUIREMENTS) : Optional.empty();
  }

  private static List<Path> candidates(Path folder) {
    List<Path> found = new ArrayList<>();
    for (Path place : List.of(folder, folder.resolve("requirements"))) {
      try (DirectoryStream<Path> stream = Files.newDirectoryStream(place, Projects::isCandidate)) {
        stream.forEach(found::add);
      } catch (IOException | DirectoryIteratorException e) {
        // Not there, or not to be listed: no pins from it.
      }
    }
    found.sort(Path::compareTo);
    return found;
  }

  private static boolean isCandidate(Path file) {
    String name = String.valueOf(file.getFileName());
    boolean known = PinFormat.ofName(name).isPresent() || inRequirementsFolder(file).isPresent();
    return known && Files.isRegularFile(file);
  }

  private PinFile read(Path file, PinFormat format) {
    String path = shown(file);
    try {
      if (Files.size(file) > LARGEST) {
        return unread(path, format, "it is larger than " + (LARGEST >> 20) + " MiB");
      }
      byte[] content = Files.readAllBytes(file);
      if (format == PinFormat.SETUP_PY) {
        return SetupPy.read(path, content);
      }
      return PinFiles.read(path, format, content, this::sibling);
    } catch (IOException e) {
      return unread(path, format, "it cannot be read");
    }
  }

  /// A file that another one includes; none outside of what the user named and its repository, for
  /// its lines may end up in a report.
  private Optional<byte[]> sibling(String path) {
    Path file = base.resolve(path).normalize();
    Path parent = file.getParent();
    boolean inside =
        parent != null
            && (parent.startsWith(last(base)) || tops.stream().anyMatch(parent::startsWith));
    try {
      return inside && Files.isRegularFile(file) && Files.size(file) <= LARGEST
          ? Optional.of(Files.readAllBytes(file))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static PinFile unread(String path, PinFormat format, String reason) {
    return new PinFile(
        path, format, List.of(), Optional.empty(), List.of(new Problem(reason, path)));
  }

  private String shown(Path path) {
    Path shown = path.startsWith(base) ? base.relativize(path) : path;
    return shown.toString().replace(java.io.File.separatorChar, '/');
  }
}
