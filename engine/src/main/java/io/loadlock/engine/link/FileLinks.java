package io.loadlock.engine.link;

import io.loadlock.engine.project.Projects;
import io.loadlock.engine.walk.Globs;
import io.loadlock.engine.walk.ModelNames;
import io.loadlock.python.site.LoadSite;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Looks for the files in the tree. A relative path is tried from the folder of the run, from the
/// root of the project and from the folder of the source, for nobody knows where the program is
/// started; each file that is there counts as one that it may be.
public final class FileLinks implements Links {
  /// Files that one pattern may lead to, and entries of a folder that are looked at for it.
  private static final int MOST = 64;

  /// Folders that `**` is looked for in.
  private static final int FOLDERS = 512;

  private final Path base;
  private final List<Path> tops;
  private final Projects projects;
  private final ModelFiles models;
  private final HubCache hub;
  private final Locks locks;
  private final Configurations configurations = new Configurations();
  private final Map<String, Set<String>> loadedBy = new TreeMap<>();

  /// Whether some folder was not looked at for the load in hand.
  private boolean cut;

  public FileLinks(
      Path base,
      List<Path> tops,
      Projects projects,
      ModelFiles models,
      Map<String, String> environment) {
    this.base = base;
    this.tops = tops.stream().map(top -> base.resolve(top).normalize()).toList();
    this.projects = projects;
    this.models = models;
    this.hub = new HubCache(environment);
    this.locks = new Locks(base);
  }

  @Override
  public Link of(LoadSite site) {
    Optional<HubCache.Answer> cached = hub.find(site.subject());
    if (cached.isPresent()) {
      return switch (cached.get()) {
        case HubCache.Answer.Cached file ->
            linked(site, Map.of(file.name(), file.file()), file.fixed());
        case HubCache.Answer.Missing missing -> new Link.Nothing(missing.reason());
      };
    }
    String source = site.location().path();
    Place place = new Resolver(base, (file, key) -> settings(file, key, source)).of(site.subject());
    if (!place.known()) {
      return new Link.Nothing(place.reason());
    }
    Map<String, Path> found = new TreeMap<>();
    cut = false;
    // Whoever gets the function may call it with something else.
    boolean all = !place.others() && site.form() != LoadSite.Form.REFERENCE;
    for (String text : place.texts()) {
      Map<String, Path> files = files(text, place.globs(), source);
      if (isOpen(text, place.globs())) {
        // What only a pattern leads to may be anything, such as the source that stands beside it.
        files
            .entrySet()
            .removeIf(
                file ->
                    !ModelNames.isModel(file.getKey())
                        && !models.isModel(file.getKey(), file.getValue()));
      }
      // One value without a file is a value of which nothing is known.
      all &= !files.isEmpty() && text.indexOf(Place.UNKNOWN) < 0;
      found.putAll(files);
    }
    if (found.isEmpty()) {
      return missing(place);
    }
    if (found.size() > MOST) {
      return new Link.Nothing("it can be one of " + found.size() + " files");
    }
    return linked(site, found, all && !cut);
  }

  /// The commit of a repository of the hub that its main branch is in the cache of this machine.
  public Optional<String> commit(String repository) {
    return hub.commit(repository);
  }

  /// The loads that lead to each file, as `path:line`, by the file's path.
  public Map<String, Set<String>> loadedBy() {
    return loadedBy;
  }

  private Link linked(LoadSite site, Map<String, Path> files, boolean all) {
    List<Linked> linked = new ArrayList<>();
    for (Map.Entry<String, Path> file : files.entrySet()) {
      Model model = models.read(file.getKey(), file.getValue());
      boolean locked = locks.holds(file.getValue());
      linked.add(Summaries.linked(model, projects.of(site.location().path(), "torch"), locked));
      loadedBy
          .computeIfAbsent(file.getKey(), _ -> new TreeSet<>())
          .add(site.location().path() + ":" + site.location().start().line());
    }
    return new Link.Files(linked, all);
  }

  private Set<String> settings(Place place, String key, String source) {
    Set<String> values = new LinkedHashSet<>();
    for (String text : place.texts()) {
      for (Path file : files(text, place.globs(), source).values()) {
        values.addAll(configurations.values(file, key));
      }
    }
    return values;
  }

  private Link.Nothing missing(Place place) {
    List<String> texts =
        place.texts().stream()
            .filter(text -> !text.isEmpty() && !text.contains("://"))
            .map(text -> relative(text.replace(Place.UNKNOWN, '*')))
            .toList();
    if (texts.isEmpty()) {
      return new Link.Nothing("it is an address, not a file");
    }
    String reason =
        texts.size() == 1
            ? "`" + texts.getFirst() + "` is not here"
            : "none of the " + texts.size() + " files it can be is here";
    return new Link.Nothing(reason, String.join(", ", texts));
  }

  private Map<String, Path> files(String written, boolean globs, String source) {
    Map<String, Path> found = new TreeMap<>();
    if (written.isEmpty() || written.contains("://")) {
      return found;
    }
    // As Windows writes it; no file of other systems has such a name.
    String text = written.replace('\\', '/');
    try {
      for (Path start : starts(text, source)) {
        for (Path file : at(start, text, globs)) {
          if (isInside(file) && Files.isRegularFile(file)) {
            found.put(shown(file), file);
          }
        }
      }
    } catch (InvalidPathException e) {
      return found; // no file has such a name
    }
    return found;
  }

  private Set<Path> starts(String text, String source) {
    if (text.startsWith("/")) {
      return Set.of(base);
    }
    Set<Path> starts = new LinkedHashSet<>();
    starts.add(base);
    starts.add(base.resolve(projects.root(source)).normalize());
    Path folder = base.resolve(source).normalize().getParent();
    while (folder != null) {
      starts.add(folder);
      // The folder that a package is imported from, for what is named by the package.
      folder = Files.exists(folder.resolve("__init__.py")) ? folder.getParent() : null;
    }
    return starts;
  }

  private List<Path> at(Path start, String text, boolean globs) {
    if (!isOpen(text, globs)) {
      return List.of(start.resolve(text).normalize());
    }
    List<Path> places = List.of(text.startsWith("/") ? Path.of("/") : start);
    for (String part : text.split("/", -1)) {
      if (part.isEmpty() || part.equals(".")) {
        continue;
      }
      List<Path> next = new ArrayList<>();
      for (Path place : places) {
        if (globs && part.equals("**")) {
          next.addAll(below(place));
        } else if (part.indexOf(Place.UNKNOWN) < 0 && !(globs && hasPattern(part))) {
          next.add(place.resolve(part));
        } else if (next.size() <= MOST) {
          next.addAll(matching(place, part.replace(Place.UNKNOWN, '*')));
        }
      }
      places = next;
    }
    return places;
  }

  private static boolean isOpen(String text, boolean globs) {
    return text.indexOf(Place.UNKNOWN) >= 0 || globs && hasPattern(text);
  }

  /// A folder and all folders below it, but no hidden ones.
  private List<Path> below(Path folder) {
    List<Path> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      found.add(folder);
    }
    for (int i = 0; i < found.size(); i++) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(found.get(i))) {
        for (Path entry : entries) {
          if (found.size() > FOLDERS) {
            cut = true;
            return found;
          }
          if (!String.valueOf(entry.getFileName()).startsWith(".")
              && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            found.add(entry);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        cut = true;
      }
    }
    return found;
  }

  private static boolean hasPattern(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
  }

  private static List<Path> matching(Path folder, String pattern) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(
            folder, entry -> Globs.matchPart(pattern, String.valueOf(entry.getFileName())))) {
      for (Path entry : entries) {
        found.add(entry);
        if (found.size() > MOST) {
          break;
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    found.sort(Path::compareTo);
    return found;
  }

  /// Nothing outside of what the user named, or runs in, is opened on a source's word.
  private boolean isInside(Path file) {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    return file.startsWith(base) || tops.stream().anyMatch(file::startsWith);
  }

  /// What is put together from the place of a source names the machine; reports do not.
  private String relative(String text) {
    String folder = base + "/";
    return text.startsWith(folder) ? text.substring(folder.length()) : text;
  }

  private String shown(Path file) {
    Path shown = file.startsWith(base) ? base.relativize(file) : file;
    return shown.toString().replace(java.io.File.separatorChar, '/');
  }
}
