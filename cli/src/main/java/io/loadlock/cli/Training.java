package io.loadlock.cli;

import java.io.OutputStream;
import java.util.List;

/// What the JVM is shown when it makes the cache that later runs start from: the classes loaded and
/// the code run here need not be found again. It has no effect besides.
public final class Training {
  private Training() {}

  /// The entry point of a training run.
  public static void main(String[] args) {
    Shell shell = Loadlock.shell(OutputStream.nullOutputStream());
    for (List<String> line : List.of(List.of("--version"), List.of("--help"))) {
      Loadlock.run(shell, line.toArray(String[]::new));
    }
  }
}
