package io.loadlock.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C in the middle of a run: the run ends early and reports what it has, instead of leaving
/// half a report.
///
/// The JVM's own shutdown is held up until the program halts by itself, for ten seconds at most.
final class Interruption {
  private static final long PATIENCE = 10_000;

  private final AtomicBoolean happened = new AtomicBoolean();

  /// Watches for the rest of the process.
  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  interruption.happened.set(true);
                  try {
                    Thread.sleep(PATIENCE);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "interruption"));
    return interruption;
  }

  boolean happened() {
    return happened.get();
  }
}
