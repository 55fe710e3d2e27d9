package io.loadlock.pins.file;

import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.Version;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// conda's `environment.yml` (with its `pip:` list), `conda-lock.yml` and `pixi.lock`. YAML is
/// taken as a stream of events: nothing is built, so an anchor that names itself a million times
/// costs nothing; what it repeats is declared where it stands first.
final class CondaReader {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(64 << 20).setLabel("yaml").build();

  /// For every token the scanner goes through all open brackets.
  private static final int MAX_NESTING = 1000;

  /// `name[version='>=1.2', build=…]`.
  private static final Pattern VERSION_KEY = Pattern.compile("version\\s*=\\s*['\"]?([^'\"\\]]+)");

  /// The `=` in front of a build string is part of no operator.
  private static final Pattern BUILD = Pattern.compile("(?<![=<>!~])=(?!=)");

  private final Lines lines;
  private final PinFormat format;
  private final Siblings siblings;

  private CondaReader(Lines lines, PinFormat format, Siblings siblings) {
    this.lines = lines;
    this.format = format;
    this.siblings = siblings;
  }

  static PinFile read(String path, PinFormat format, byte[] content, Siblings siblings) {
    Lines lines = new Lines(path, format);
    CondaReader reader = new CondaReader(lines, format, siblings);
    String text = Lines.decode(content);
    if (Lines.nesting(text) > MAX_NESTING) {
      lines.problem("not read: nested deeper than " + MAX_NESTING, 1);
      return lines.file();
    }
    try {
      reader.events(new Parse(SETTINGS).parseString(text).iterator());
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      lines.problem("not YAML: " + Lines.shortened(e.getProblem()), line);
    } catch (YamlEngineException e) {
      lines.problem("not YAML: " + Lines.shortened(String.valueOf(e.getMessage())), 1);
    }
    return lines.file();
  }

  /// Keeps the way of keys from the root; a sequence adds the key `-`.
  private void events(Iterator<Event> events) {
    List<String> way = new ArrayList<>();
    List<Boolean> mapping = new ArrayList<>();
    String key = "";
    boolean keyNext = false;
    Row row = new Row();
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case MappingStart -> {
          way.add(key.isEmpty() ? "-" : key);
          mapping.add(true);
          key = "";
          keyNext = true;
        }
        case SequenceStart -> {
          way.add(key.isEmpty() ? "-" : key);
          mapping.add(false);
          key = "";
          keyNext = false;
        }
        case MappingEnd, SequenceEnd -> {
          if (event.getEventId() == Event.ID.MappingEnd) {
            row.end(way.size());
          }
          way.removeLast();
          mapping.removeLast();
          key = "";
          keyNext = !mapping.isEmpty() && mapping.getLast();
        }
        case Scalar -> {
          ScalarEvent scalar = (ScalarEvent) event;
          int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
          if (keyNext) {
            key = scalar.getValue();
            keyNext = false;
          } else {
            scalar(way, key, scalar.getValue(), line, row);
            key = "";
            keyNext = !mapping.isEmpty() && mapping.getLast();
          }
        }
        case Alias -> {
          if (format == PinFormat.CONDA_ENVIRONMENT && declares(way, key)) {
            int line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
            lines.problem("an alias stands for dependencies", line);
          }
          key = "";
          keyNext = !mapping.isEmpty() && mapping.getLast();
        }
        default -> {
          // Stream and document marks.
        }
      }
    }
  }

  /// True where a value is a list of dependencies, one of them, or (a merge, `<<`) may hold the
  /// list.
  private static boolean declares(List<String> way, String key) {
    boolean root = way.size() == 1 && (key.equals("dependencies") || key.equals("<<"));
    return root || way.size() > 1 && way.get(1).equals("dependencies");
  }

  private void scalar(List<String> way, String key, String value, int line, Row row) {
    if (format == PinFormat.CONDA_ENVIRONMENT) {
      if (way.size() == 2 && way.get(1).equals("dependencies")) {
        matchSpecification(lines, value, line);
      } else if (way.size() == 4 && way.get(1).equals("dependencies") && way.get(3).equals("pip")) {
        RequirementsReader.line(lines, siblings, value, line);
      }
    } else if (way.size() == 3 && (way.get(1).equals("package") || way.get(1).equals("packages"))) {
      row.put(way.size(), key, value, line);
    }
  }

  /// PyPI's name of what conda calls so.
  static String pypiName(String name) {
    return name.equals("pytorch") ? "torch" : name;
  }

  /// `channel::name=1.2=build`, `name>=1.2,<2`, `name 1.2.*`.
  static void matchSpecification(Lines lines, String text, int line) {
    String specification = RequirementsReader.withoutComment(text);
    int channel = specification.indexOf("::");
    specification = channel < 0 ? specification : specification.substring(channel + 2);
    int end = 0;
    while (end < specification.length() && "=<>!~ [".indexOf(specification.charAt(end)) < 0) {
      end++;
    }
    String name = specification.substring(0, end);
    String constraint = specification.substring(end).strip();
    int bracket = constraint.indexOf('[');
    if (bracket >= 0) {
      Matcher version = VERSION_KEY.matcher(constraint);
      constraint = version.find() ? version.group(1) : constraint.substring(0, bracket).strip();
    }
    Optional<Bounds> bounds = condaBounds(constraint);
    if (name.isEmpty() || bounds.isEmpty()) {
      lines.problem("not a match specification: " + Lines.shortened(text), line);
    } else if (name.equals("python")) {
      lines.python(bounds);
    } else {
      lines.add(pypiName(name), bounds.get(), "", Scope.RUNTIME, line, text.strip());
    }
  }

  /// `=1.2` is fuzzy (`1.2.*`), `==1.2` exact; a build string may follow behind another `=` or a
  /// blank.
  private static Optional<Bounds> condaBounds(String constraint) {
    if (constraint.isEmpty()) {
      return Optional.of(Bounds.ANY);
    }
    if (constraint.startsWith("=") && !constraint.startsWith("==")) {
      String version = constraint.substring(1).split("[= ]", 2)[0];
      boolean exact = constraint.indexOf('=', 1) > 0;
      return PoetryConstraint.parse(exact || version.endsWith("*") ? version : version + ".*");
    }
    Matcher exactBuild = BUILD.matcher(constraint);
    if (exactBuild.find() && exactBuild.start() > 0) {
      return PoetryConstraint.parse(constraint.substring(0, exactBuild.start()));
    }
    int build = constraint.indexOf(' ');
    boolean buildFollows = build > 0 && Character.isDigit(constraint.charAt(0));
    return PoetryConstraint.parse(buildFollows ? constraint.substring(0, build) : constraint);
  }

  /// One package of a lock: its keys come in any order.
  private final class Row {
    private String name = "";
    private String version = "";
    private int depth = -1;
    private int line;

    void put(int at, String key, String value, int where) {
      depth = at;
      switch (key) {
        case "name" -> name = value;
        case "version" -> {
          version = value;
          line = where;
        }
        case "conda", "pypi" -> fileName(value);
        default -> {
          // Hashes, channels and the like.
        }
      }
    }

    /// pixi.lock names a conda package by its file only: `…/pytorch-2.5.1-cuda126_py311h….conda`.
    private void fileName(String url) {
      String file = url.substring(url.lastIndexOf('/') + 1);
      int build = file.lastIndexOf('-');
      int number = build < 0 ? -1 : file.lastIndexOf('-', build - 1);
      if (name.isEmpty() && number > 0 && (file.endsWith(".conda") || file.endsWith(".tar.bz2"))) {
        name = file.substring(0, number);
        version = file.substring(number + 1, build);
      }
    }

    void end(int at) {
      if (at != depth) {
        return;
      }
      if (!name.isEmpty() && !version.isEmpty()) {
        // conda has versions that PEP 440 has not: they may be any.
        Bounds bounds = Version.parse(version).map(Bounds::exactly).orElse(Bounds.ANY);
        String text = name + " " + Lines.shortened(version);
        lines.add(pypiName(name), bounds, "", Scope.RUNTIME, Math.max(line, 1), text);
      }
      name = "";
      version = "";
      depth = -1;
      line = 0;
    }
  }
}
