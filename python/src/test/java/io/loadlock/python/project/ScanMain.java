package io.loadlock.python.project;

import io.loadlock.core.Location;
import io.loadlock.core.Rule;
import io.loadlock.core.Rules;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.LoadSite;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Prints what the front end finds below a folder: `FOLDER [--thorough] [--all] [--facts]
/// [--time]`.
final class ScanMain {
  private ScanMain() {}

  public static void main(String[] arguments) throws IOException {
    Path root = Path.of(arguments[0]);
    Set<String> flags =
        Set.of(List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
    Options options =
        new Options(
            Sinks.standard()
                .only(row -> Rules.find(row.rule()).map(Rule::onByDefault).orElse(true)),
            List.of(),
            Set.of(),
            flags.contains("--thorough"),
            2,
            Options.Progress.NONE);
    SourceTree tree = new Folder(root);
    long start = System.nanoTime();
    List<FileFacts> facts = PythonScan.scan(tree, options);
    if (flags.contains("--time")) {
      System.err.println((System.nanoTime() - start) / 1_000_000 + " ms");
    }
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    String separator = "[";
    for (FileFacts file : facts) {
      if (!file.outcome().problems().isEmpty()) {
        System.err.println(file.path() + " " + file.outcome());
      }
      for (LoadSite site : file.sites()) {
        if (flags.contains("--facts")) {
          System.err.println(site);
        }
        if (!flags.contains("--all") && !Verdict.reported(site)) {
          continue;
        }
        Location.Source at = site.location();
        out.print(separator + "\n{\"path\":\"" + file.path() + "\",\"line\":" + at.start().line());
        at.cell().ifPresent(cell -> out.print(",\"physical\":true"));
        out.print(",\"rule\":\"" + site.sink().kind() + "\",\"form\":\"" + site.form() + "\"}");
        separator = ",";
      }
    }
    out.println(separator.equals("[") ? "[]" : "]");
    out.flush();
  }

  private record Folder(Path root) implements SourceTree {
    @Override
    public List<String> paths() {
      try (Stream<Path> walk = Files.walk(root)) {
        return walk.filter(Files::isRegularFile)
            .map(path -> root.relativize(path).toString())
            .filter(path -> path.matches(".*\\.(py|pyw|pyi|ipynb)") && !path.contains(".git/"))
            .sorted()
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public byte[] read(String path) throws IOException {
      return Files.readAllBytes(root.resolve(path));
    }
  }
}
