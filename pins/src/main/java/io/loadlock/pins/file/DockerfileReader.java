package io.loadlock.pins.file;

import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Specifiers;
import io.loadlock.pins.Version;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dockerfiles: base images whose tag is a version (`FROM pytorch/pytorch:2.4.0-cuda12.1-…`) and
/// the `pip install` commands of `RUN`. Source: Dockerfile reference, "Format" and "FROM".
final class DockerfileReader {
  private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?[\"']?(\\w+)");

  private DockerfileReader() {}

  static PinFile read(String path, byte[] content) {
    Lines lines = new Lines(path, PinFormat.DOCKERFILE);
    String[] physical = Lines.decode(content).split("\\r\\n|\\r|\\n", -1);
    StringBuilder logical = new StringBuilder();
    int start = 0;
    for (int i = 0; i < physical.length; i++) {
      String line = physical[i];
      if (line.stripLeading().startsWith("#")) {
        continue; // also between continued lines
      }
      start = logical.isEmpty() ? i : start;
      String right = line.stripTrailing();
      boolean continued = right.endsWith("\\") || right.endsWith("`");
      logical.append(continued ? right.substring(0, right.length() - 1) + " " : line);
      if (!continued || i == physical.length - 1) {
        String text = logical.toString().strip();
        logical.setLength(0);
        instruction(text, start + 1, lines);
        i = hereDocuments(text, physical, i, lines);
      }
    }
    return lines.file();
  }

  /// The lines between `RUN <<EOF` and `EOF` are commands.
  ///
  /// @return the last line that was read
  private static int hereDocuments(String text, String[] physical, int from, Lines lines) {
    int at = from;
    boolean runs = text.regionMatches(true, 0, "RUN ", 0, 4);
    Matcher opening = HERE_DOCUMENT.matcher(text);
    while (opening.find()) {
      String end = opening.group(1);
      for (at++; at < physical.length && !physical[at].strip().equals(end); at++) {
        if (runs) {
          PipCommand.read(physical[at], at + 1, lines);
        }
      }
    }
    return Math.min(at, physical.length - 1);
  }

  private static void instruction(String text, int line, Lines lines) {
    int blank = text.indexOf(' ');
    if (blank < 0) {
      return;
    }
    String arguments = text.substring(blank + 1).strip();
    switch (text.substring(0, blank).toUpperCase(Locale.ROOT)) {
      case "FROM" -> image(arguments, line, lines);
      case "RUN" -> PipCommand.read(shellForm(arguments), line, lines);
      default -> {
        // Nothing else installs.
      }
    }
  }

  /// `["pip", "install", "torch==2.1"]` as one command line.
  private static String shellForm(String arguments) {
    return arguments.startsWith("[") ? arguments.replaceAll("[\\[\\],]", " ") : arguments;
  }

  private static void image(String arguments, int line, Lines lines) {
    String image = arguments;
    while (image.startsWith("--") && image.indexOf(' ') > 0) {
      image = image.substring(image.indexOf(' ')).strip();
    }
    image = image.split("\\s", 2)[0];
    int colon = image.lastIndexOf(':');
    if (colon < 0 || image.indexOf('/', colon) >= 0) {
      return;
    }
    String name = image.substring(0, colon);
    String tag = image.substring(colon + 1);
    int dash = tag.indexOf('-');
    Optional<Version> version = Version.parse(dash < 0 ? tag : tag.substring(0, dash));
    // Under a tag such as `latest` or `${TAG}` may be any version.
    Bounds bounds = version.map(Bounds::exactly).orElse(Bounds.ANY);
    if (name.equals("pytorch/pytorch") || name.endsWith("/pytorch/pytorch")) {
      lines.add("torch", bounds, "", Scope.RUNTIME, line, image);
    } else if (name.equals("tensorflow/tensorflow") || name.endsWith("/tensorflow/tensorflow")) {
      lines.add("tensorflow", bounds, "", Scope.RUNTIME, line, image);
    } else if (version.isPresent() && (name.equals("python") || name.endsWith("/library/python"))) {
      lines.python(Specifiers.parse("==" + version.get() + ".*"));
    }
  }
}
