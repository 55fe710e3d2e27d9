package io.loadlock.pins.file;

import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Requirement;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// pip's requirements file format: requirements, `-r` and `-c` includes, options, hashes, continued
/// lines. Source: pip's documentation, "Requirements File Format".
final class RequirementsReader {
  private static final List<String> OPTIONAL_WORDS =
      List.of(
          "dev",
          "test",
          "doc",
          "lint",
          "ci",
          "build",
          "optional",
          "extra",
          "typing",
          "bench",
          "example");
  private static final int MAX_INCLUDES = 64;

  private final Lines lines;
  private final Siblings siblings;
  private final Set<String> visited = new HashSet<>();

  private RequirementsReader(Lines lines, Siblings siblings) {
    this.lines = lines;
    this.siblings = siblings;
  }

  static PinFile read(String path, byte[] content, Siblings siblings) {
    Lines lines = new Lines(path, PinFormat.REQUIREMENTS);
    new RequirementsReader(lines, siblings).file(path, Lines.decode(content), scopeOf(path));
    return lines.file();
  }

  /// One line of a requirements file that stands in `lines`' own file, such as an entry of `pip:`
  /// in an environment.
  static void line(Lines lines, Siblings siblings, String text, int line) {
    new RequirementsReader(lines, siblings)
        .line(lines.path(), withoutComment(text), Scope.RUNTIME, line);
  }

  /// A requirements file that `lines`' own file names.
  static void include(Lines lines, Siblings siblings, String target, Scope scope, int line) {
    new RequirementsReader(lines, siblings).include(lines.path(), target, scope, line);
  }

  /// `requirements-dev.txt` and `requirements/test.txt` are for who works on the project; a file of
  /// constraints installs nothing by itself.
  static Scope scopeOf(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    int name = lower.lastIndexOf('/') + 1;
    String last = lower.substring(name);
    if (last.startsWith("constraints")) {
      return Scope.OPTIONAL;
    }
    for (String part : last.split("[^a-z]+", -1)) {
      for (String word : OPTIONAL_WORDS) {
        if (part.equals(word) || part.equals(word + "s") || part.equals("testing")) {
          return Scope.OPTIONAL;
        }
      }
    }
    return Scope.RUNTIME;
  }

  private void file(String path, String text, Scope scope) {
    visited.add(path);
    String[] physical = text.split("\\r\\n|\\r|\\n", -1);
    StringBuilder logical = new StringBuilder();
    int start = 1;
    for (int i = 0; i < physical.length; i++) {
      if (logical.isEmpty()) {
        start = i + 1;
      }
      String line = physical[i];
      boolean continued = line.endsWith("\\") && !line.stripLeading().startsWith("#");
      logical.append(continued ? line.substring(0, line.length() - 1) : line);
      if (!continued || i == physical.length - 1) {
        line(path, withoutComment(logical.toString()), scope, start);
        logical.setLength(0);
      }
    }
  }

  private void line(String path, String text, Scope scope, int line) {
    if (text.isEmpty()) {
      return;
    }
    Optional<String> included = option(text, "-r", "--requirement");
    if (included.isPresent()) {
      include(path, included.get(), scope, line);
      return;
    }
    Optional<String> constraint = option(text, "-c", "--constraint");
    if (constraint.isPresent()) {
      include(path, constraint.get(), scope, line);
      return;
    }
    Optional<String> editable = option(text, "-e", "--editable");
    if (text.startsWith("-") && editable.isEmpty()) {
      return; // an option such as --index-url: it declares no version
    }
    String requirement = withoutOptions(editable.orElse(text));
    boolean reference = editable.isPresent() || isPathOrUrl(requirement);
    Optional<Requirement> parsed =
        reference ? Requirement.ofReference(requirement) : Requirement.parse(requirement);
    if (parsed.isPresent()) {
      lines.add(parsed.get(), scope, path, line, requirement);
    } else if (!reference && scope == Scope.RUNTIME) {
      lines.problem("not a requirement: " + Lines.shortened(requirement), path, line);
    }
  }

  private void include(String path, String target, Scope scope, int line) {
    String resolved = Paths.resolve(path, target);
    if (visited.contains(resolved)) {
      return;
    }
    if (visited.size() >= MAX_INCLUDES) {
      lines.problem("more than " + MAX_INCLUDES + " included files", path, line);
      return;
    }
    Optional<byte[]> content = siblings.content(resolved);
    if (content.isEmpty()) {
      if (scope == Scope.RUNTIME) {
        lines.problem("included file " + target + " is not here", path, line);
      }
      return;
    }
    file(resolved, Lines.decode(content.get()), scope);
  }

  private static Optional<String> option(String text, String shortName, String longName) {
    for (String name : List.of(longName, shortName)) {
      if (text.startsWith(name)) {
        String rest = text.substring(name.length());
        if (rest.startsWith("=")
            || rest.startsWith(" ")
            || rest.startsWith("\t")
            || name.equals(shortName) && !rest.startsWith("-")) {
          return Optional.of(rest.substring(rest.startsWith("=") ? 1 : 0).strip());
        }
      }
    }
    return Optional.empty();
  }

  /// A `#` begins a comment at the start of the line or behind a blank.
  static String withoutComment(String line) {
    for (int at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
      if (at == 0 || line.charAt(at - 1) == ' ' || line.charAt(at - 1) == '\t') {
        return line.substring(0, at).strip();
      }
    }
    return line.strip();
  }

  private static String withoutOptions(String text) {
    int at = text.indexOf(" --");
    return (at < 0 ? text : text.substring(0, at)).strip();
  }

  private static boolean isPathOrUrl(String text) {
    int at = text.indexOf('@');
    int scheme = text.indexOf("://");
    boolean url = scheme >= 0 && (at < 0 || scheme < at); // not `name @ url`
    return url || text.startsWith(".") || text.startsWith("/") || at < 0 && text.endsWith(".whl");
  }
}
