package io.loadlock.cli.dev;

import io.loadlock.pins.Declaration;
import io.loadlock.pins.PinFile;
import io.loadlock.pins.PinFormat;
import io.loadlock.pins.file.PinFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Prints what files declare, whose paths come on the standard input, one declaration a line: path,
/// distribution, scope, `marked` where it holds under a marker, bounds, line; separated by tabs.
/// Problems are lines with `problem` for a distribution. `./dev oracle pins` compares them with
/// what the tools' own parsers say.
public final class PinsMain {
  private PinsMain() {}

  /// No arguments.
  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String path = in.readLine(); path != null; path = in.readLine()) {
      Path file = Path.of(path);
      PinFormat format =
          PinFormat.ofName(String.valueOf(file.getFileName())).orElse(PinFormat.REQUIREMENTS);
      PinFile read = PinFiles.read(path, format, Files.readAllBytes(file), PinsMain::sibling);
      for (Declaration line : read.declarations()) {
        String marked = line.marker().isEmpty() ? "" : "marked";
        out.println(
            String.join(
                "\t",
                path,
                line.distribution(),
                line.scope().name(),
                marked,
                line.bounds().toString(),
                String.valueOf(line.line())));
      }
      read.problems().forEach(problem -> out.println(file + "\tproblem\t" + problem));
    }
  }

  private static Optional<byte[]> sibling(String path) {
    try {
      return Files.isRegularFile(Path.of(path))
          ? Optional.of(Files.readAllBytes(Path.of(path)))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
