package io.loadlock.pins.file;

import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Specifiers;
import io.loadlock.pins.Version;
import java.util.Locale;
import java.util.Optional;

/// Dockerfiles: base images whose tag is a version (`FROM pytorch/pytorch:2.4.0-cuda12.1-…`) and the `pip install`
/// commands of `RUN`. Source: Dockerfile reference, "Format" and "FROM".
final class DockerfileReader {
  private DockerfileReader() {}

  static PinFile read(String path, byte[] content) {
    Lines lines = new Lines(path, PinFormat.DOCKERFILE);
    String[] physical = Lines.decode(content).split("\\r\\n|\\r|\\n", -1);
    StringBuilder logical = new StringBuilder();
    int start = 1;
    for (int i = 0; i < physical.length; i++) {
      String line = physical[i];
      if (line.stripLeading().startsWith("#")) {
        continue; // also between continued lines
      }
      if (logical.isEmpty()) {
        start = i + 1;
      }
      String right = line.stripTrailing();
      boolean continued = right.endsWith("\\") || right.endsWith("`");
      logical.append(continued ? right.substring(0, right.length() - 1) + " " : line);
      if (!continued || i == physical.length - 1) {
        instruction(logical.toString().strip(), start, lines);
        logical.setLength(0);
      }
    }
    return lines.file();
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
    if (version.isEmpty()) {
      return;
    }
    Bounds bounds = Bounds.exactly(version.get());
    if (name.equals("pytorch/pytorch") || name.endsWith("/pytorch/pytorch")) {
      lines.add("torch", bounds, "", Scope.RUNTIME, line, image);
    } else if (name.equals("tensorflow/tensorflow") || name.endsWith("/tensorflow/tensorflow")) {
      lines.add("tensorflow", bounds, "", Scope.RUNTIME, line, image);
    } else if (name.equals("python") || name.endsWith("/library/python")) {
      lines.python(Specifiers.parse("==" + version.get() + ".*"));
    }
  }
}
