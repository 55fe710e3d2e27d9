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
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/// conda's `environment.yml` (with its `pip:` list), `conda-lock.yml` and `pixi.lock`. YAML is taken as a stream of
/// events: nothing is built, so an anchor that names itself a million times costs nothing; what it repeats is declared
/// where it stands first.
final class CondaReader {
  private static final LoadSettings SETTINGS =
      LoadSettings.builder().setCodePointLimit(64 << 20).setLabel("yaml").build();

  private final Lines lines;
  private final PinFormat format;

  private CondaReader(Lines lines, PinFormat format) {
    this.lines = lines;
    this.format = format;
  }

  static PinFile read(String path, PinFormat format, byte[] content) {
    Lines lines = new Lines(path, format);
    CondaReader reader = new CondaReader(lines, format);
    try {
      reader.events(new Parse(SETTINGS).parseString(Lines.decode(content)).iterator());
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
          key = "";
          keyNext = !mapping.isEmpty() && mapping.getLast();
        }
        default -> {
          // Stream and document marks.
        }
      }
    }
  }

  private void scalar(List<String> way, String key, String value, int line, Row row) {
    if (format == PinFormat.CONDA_ENVIRONMENT) {
      if (way.size() == 2 && way.get(1).equals("dependencies")) {
        matchSpecification(value, line);
      } else if (way.size() == 4 && way.get(1).equals("dependencies") && way.get(3).equals("pip")
          && !value.startsWith("-")) {
        lines.addText(RequirementsReader.withoutComment(value), Scope.RUNTIME, line);
      }
    } else if (way.size() == 3 && (way.get(1).equals("package") || way.get(1).equals("packages"))) {
      row.put(way.size(), key, value, line);
    }
  }

  /// `channel::name=1.2=build`, `name>=1.2,<2`, `name 1.2.*`.
  private void matchSpecification(String text, int line) {
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
    constraint = bracket < 0 ? constraint : constraint.substring(0, bracket).strip();
    Optional<Bounds> bounds = condaBounds(constraint);
    if (name.isEmpty() || bounds.isEmpty()) {
      lines.problem("not a match specification: " + Lines.shortened(text), line);
    } else if (name.equals("python")) {
      lines.python(bounds);
    } else {
      // conda's name of PyPI's torch.
      lines.add(name.equals("pytorch") ? "torch" : name, bounds.get(), "", Scope.RUNTIME, line, text.strip());
    }
  }

  /// `=1.2` is fuzzy (`1.2.*`), `==1.2` exact; a build string may follow behind another `=` or a blank.
  private static Optional<Bounds> condaBounds(String constraint) {
    if (constraint.isEmpty()) {
      return Optional.of(Bounds.ANY);
    }
    if (constraint.startsWith("=") && !constraint.startsWith("==")) {
      String version = constraint.substring(1).split("[= ]", 2)[0];
      boolean exact = constraint.indexOf('=', 1) > 0;
      return PoetryConstraint.parse(exact || version.endsWith("*") ? version : version + ".*");
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
      Optional<Version> parsed = Version.parse(version);
      if (!name.isEmpty() && parsed.isPresent()) {
        lines.add(
            name.equals("pytorch") ? "torch" : name, Bounds.exactly(parsed.get()), "", Scope.RUNTIME,
            Math.max(line, 1), name + " " + version);
      }
      name = "";
      version = "";
      depth = -1;
      line = 0;
    }
  }
}
