package io.loadlock.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// One run of the whole program in this process, and what it left behind.
record Invocation(int code, String out, String err) {
  static Invocation of(String... args) {
    return of(Path.of(""), args);
  }

  static Invocation of(Path folder, String... args) {
    return capture(folder, shell -> Loadlock.run(shell, args));
  }

  static Invocation of(List<Command> commands, String... args) {
    return capture(Path.of(""), shell -> Loadlock.run(shell, commands, args));
  }

  /// As a person sees it in a terminal of this many columns, without colour.
  static Invocation watched(int columns, Path folder, String... args) {
    Map<String, String> environment = Map.of("NO_COLOR", "1", "COLUMNS", Integer.toString(columns));
    return capture(folder, environment, true, shell -> Loadlock.run(shell, args));
  }

  /// As a person sees it in a terminal with colour.
  static Invocation colourful(Path folder, String... args) {
    return capture(folder, Map.of("FORCE_COLOR", "1"), true, shell -> Loadlock.run(shell, args));
  }

  /// With something on standard input.
  static Invocation reading(String input, Path folder, String... args) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return capture(bytes, folder, Map.of(), false, shell -> Loadlock.run(shell, args));
  }

  /// What is on standard output, whatever encoding it is in.
  static byte[] output(Path folder, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream none =
        new PrintStream(java.io.OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    Shell shell =
        new Shell(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            none,
            folder,
            Map.of(),
            false,
            false);
    Loadlock.run(shell, args);
    return out.toByteArray();
  }

  private static Invocation capture(Path folder, ToIntFunction<Shell> run) {
    return capture(folder, Map.of(), false, run);
  }

  private static Invocation capture(
      Path folder, Map<String, String> environment, boolean terminal, ToIntFunction<Shell> run) {
    return capture(new byte[0], folder, environment, terminal, run);
  }

  private static Invocation capture(
      byte[] input,
      Path folder,
      Map<String, String> environment,
      boolean terminal,
      ToIntFunction<Shell> run) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            new ByteArrayInputStream(input),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            folder,
            environment,
            terminal,
            false);
    int code = run.applyAsInt(shell);
    return new Invocation(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}
