package io.loadlock.cli.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Severity;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.config.Configuration.Selection;
import io.loadlock.engine.scan.Scan;
import io.loadlock.engine.scan.ScanRequest;
import io.loadlock.python.project.Options.Progress;
import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sink.Safety;
import io.loadlock.python.sink.Sinks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every row does what it says: for each of its names a file calls it without the deciding
/// argument, with an unsafe and with a safe value of it, and the scan reports those calls and no
/// others.
class RowScanTest {
  @TempDir Path folder;

  private final Map<String, String> expected = new TreeMap<>();
  private int files;

  @Test
  void everyNameOfEveryRowIsFoundAndItsSafeCallsAreNot() throws IOException {
    for (Library library : Sinks.standard().libraries()) {
      for (Sink sink : library.sinks()) {
        for (String name : sink.names()) {
          write(sink, name);
        }
      }
    }
    assertEquals(String.join("\n", lines(expected)), String.join("\n", lines(found())));
  }

  private static List<String> lines(Map<String, String> map) {
    return map.entrySet().stream().map(each -> each.getKey() + " " + each.getValue()).toList();
  }

  private void write(Sink sink, String name) throws IOException {
    List<String> calls = new ArrayList<>();
    calls.add("import " + name.substring(0, name.indexOf('.')));
    String reported = sink.kind() + " " + sink.severity();
    // What takes the safe default from other rows touches the files of its own folder alone.
    String file = (sink.voids().isEmpty() ? "" : "void/") + "row%04d.py".formatted(files++);
    Optional<Safety> safety = sink.safety();
    boolean silent = safety.map(Safety::safeByDefault).orElse(false);
    boolean first = safety.map(each -> each.position() == 0).orElse(false);
    calls.add(call(sink, name, first ? "" : "'x.pkl'"));
    expect(file, calls, name, silent ? "" : reported);
    if (safety.isPresent() && !safety.get().parameter().isEmpty()) {
      calls.add(call(sink, name, given(safety.get(), unsafe(safety.get()))));
      expect(file, calls, name, reported);
      calls.add(call(sink, name, given(safety.get(), safe(safety.get()))));
      expect(
          file,
          calls,
          name,
          safety.get().remaining().map(left -> sink.kind() + " " + left).orElse(""));
    }
    Files.createDirectories(folder.resolve("void"));
    Files.writeString(folder.resolve(file), String.join("\n", calls) + "\n");
  }

  private void expect(String file, List<String> calls, String name, String reported) {
    if (!reported.isEmpty()) {
      expected.put(file + ":" + calls.size(), reported + " " + name);
    }
  }

  private static String call(Sink sink, String name, String arguments) {
    int dot = name.lastIndexOf('.');
    return switch (sink.form()) {
      case FUNCTION, CONSTRUCTOR, CLASS_METHOD -> name + "(" + arguments + ")";
      case METHOD -> name.substring(0, dot) + "('y')" + name.substring(dot) + "(" + arguments + ")";
    };
  }

  private static String given(Safety safety, String value) {
    return safety.position() == 0 ? value : "'x.pkl', " + safety.parameter() + "=" + value;
  }

  private static String unsafe(Safety safety) {
    return switch (safety.condition()) {
      case MUST_BE_TRUE -> "False";
      case MUST_BE_FALSE, MUST_BE_CLOSED -> "True";
      case MUST_BE_GIVEN -> "None";
      case MUST_BE_ONE_OF, MUST_END_WITH -> "'x.pkl'";
    };
  }

  private static String safe(Safety safety) {
    return switch (safety.condition()) {
      case MUST_BE_TRUE -> "True";
      case MUST_BE_FALSE -> "False";
      case MUST_BE_CLOSED -> "['builtins.set']";
      case MUST_BE_GIVEN -> "str.upper";
      case MUST_BE_ONE_OF -> safety.values().getFirst();
      case MUST_END_WITH -> "'x" + safety.values().getFirst() + "'";
    };
  }

  private Map<String, String> found() {
    Configuration configuration =
        new Configuration(
            "",
            List.of(),
            List.of(),
            Optional.empty(),
            false,
            List.of(),
            List.of(),
            new Selection(List.of("all"), List.of("VNX-PY-013/import"), Map.of()),
            List.of());
    ScanRequest request =
        ScanRequest.of("test", folder, List.of(Path.of(".")), configuration, Progress.NONE);
    Map<String, String> found = new TreeMap<>();
    for (Finding finding : Scan.run(request).report().findings()) {
      if (finding.location() instanceof Location.Source place) {
        String line = place.path() + ":" + place.start().line();
        String name = expected.getOrDefault(line, "").replaceFirst("^\\S+ \\S+ ", "");
        Severity severity = finding.severity();
        found.merge(
            line,
            finding.kind() + " " + severity + " " + name,
            (one, two) -> one.equals(two) ? one : one + ", " + two);
      }
    }
    return found;
  }
}
