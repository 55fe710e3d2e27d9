package io.loadlock.cli;

import io.loadlock.core.AtomicFiles;

/// Ctrl-C in the middle of writing: what is half written is deleted, and the process ends as any
/// interrupted one. Without it the debris would stay until the next run.
final class Unfinished implements AutoCloseable {
  private final Thread hook = new Thread(AtomicFiles::abandon, "unfinished");

  private Unfinished() {}

  static Unfinished watch() {
    Unfinished unfinished = new Unfinished();
    Runtime.getRuntime().addShutdownHook(unfinished.hook);
    return unfinished;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It has happened, and the shutdown waits for nothing here.
    }
  }
}
