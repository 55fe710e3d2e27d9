package io.loadlock.pins.file;

import io.loadlock.core.Problem;
import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Requirement;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a reader collects from one file while it goes through it.
final class Lines {
  private final String path;
  private final PinFormat format;
  private final List<Declaration> declarations = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private Optional<Bounds> python = Optional.empty();

  Lines(String path, PinFormat format) {
    this.path = path;
    this.format = format;
  }

  String path() {
    return path;
  }

  void add(Requirement requirement, Scope scope, int line, String text) {
    add(requirement, scope, path, line, text);
  }

  /// A declaration that stands in another file, which this one includes.
  void add(Requirement requirement, Scope scope, String file, int line, String text) {
    declarations.add(
        new Declaration(
            requirement.distribution(),
            requirement.bounds(),
            requirement.marker(),
            scope,
            file,
            line,
            text));
  }

  void add(String distribution, Bounds bounds, String marker, Scope scope, int line, String text) {
    declarations.add(
        new Declaration(
            Requirement.normalize(distribution), bounds, marker, scope, path, line, text));
  }

  /// A requirement as text; one that cannot be read becomes a problem, unless only who asks would
  /// get it.
  void addText(String text, Scope scope, int line) {
    Optional<Requirement> requirement = Requirement.parse(text.strip());
    if (requirement.isPresent()) {
      add(requirement.get(), scope, line, text.strip());
    } else if (scope == Scope.RUNTIME) {
      problem("not a requirement: " + shortened(text), line);
    }
  }

  /// True when a line of this distribution was found already.
  boolean declares(String distribution) {
    return declarations.stream().anyMatch(line -> line.distribution().equals(distribution));
  }

  void python(Optional<Bounds> bounds) {
    python = bounds;
  }

  void problem(String reason, int line) {
    problem(reason, path, line);
  }

  /// A problem in another file, which this one includes.
  void problem(String reason, String file, int line) {
    problems.add(new Problem(reason, file + ", line " + line));
  }

  PinFile file() {
    return new PinFile(path, format, declarations, python, problems);
  }

  static String shortened(String text) {
    String line = text.strip().replace('\n', ' ');
    return line.length() <= 60 ? line : line.substring(0, 57) + "...";
  }

  /// Decodes as the tools do: a BOM decides, else UTF-8, else the Windows code page that old files
  /// are written in.
  static String decode(byte[] content) {
    if (startsWith(content, 0xFF, 0xFE)) {
      return new String(content, 2, content.length - 2, StandardCharsets.UTF_16LE);
    }
    if (startsWith(content, 0xFE, 0xFF)) {
      return new String(content, 2, content.length - 2, StandardCharsets.UTF_16BE);
    }
    int from = startsWith(content, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(content, from, content.length - from))
          .toString();
    } catch (CharacterCodingException e) {
      return new String(content, from, content.length - from, Charset.forName("windows-1252"));
    }
  }

  /// How deep brackets may be nested at most: those in texts and comments count, which errs to the
  /// safe side.
  static int nesting(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '[' || c == '{') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ']' || c == '}') {
        depth = Math.max(0, depth - 1);
      }
    }
    return deepest;
  }

  /// True where a byte order mark says so.
  static boolean isUtf16(byte[] content) {
    return startsWith(content, 0xFF, 0xFE) || startsWith(content, 0xFE, 0xFF);
  }

  private static boolean startsWith(byte[] content, int... prefix) {
    if (content.length < prefix.length) {
      return false;
    }
    for (int i = 0; i < prefix.length; i++) {
      if ((content[i] & 0xFF) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
