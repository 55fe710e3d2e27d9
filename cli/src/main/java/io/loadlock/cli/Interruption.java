package io.loadlock.cli;

import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C in the middle of a run: the run ends early and reports what it has, instead of leaving
/// half a report.
///
/// While it is open the JVM's own shutdown is held up until the program halts by itself, for ten
/// seconds at most.
final class Interruption implements AutoCloseable {
  private static final long PATIENCE = 10_000;

  private final AtomicBoolean happened = new AtomicBoolean();
  private final Thread hook = new Thread(this::hold, "interruption");

  private Interruption() {}

  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void hold() {
    happened.set(true);
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean happened() {
    return happened.get();
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It has happened, and the shutdown waits for this process to halt.
    }
  }
}
