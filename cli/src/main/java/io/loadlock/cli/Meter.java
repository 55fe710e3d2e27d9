package io.loadlock.cli;

import io.loadlock.python.project.Options.Progress;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.ParseResult;

/// Shows a person how far a run is: one line on standard error, rewritten in place, and gone at the
/// end.
final class Meter implements Progress, AutoCloseable {
  /// A short run shows nothing.
  private static final long QUIET_NANOS = 400_000_000L;

  private static final long EVERY_NANOS = 100_000_000L;

  private final PrintStream err;
  private final boolean shown;
  private final Interruption interruption;
  private final AtomicInteger files = new AtomicInteger();
  private volatile long next = System.nanoTime() + QUIET_NANOS;
  private volatile boolean written;

  private Meter(PrintStream err, boolean shown, Interruption interruption) {
    this.err = err;
    this.shown = shown;
    this.interruption = interruption;
  }

  static Meter of(ParseResult arguments, Shell shell, Interruption interruption) {
    boolean shown =
        shell.errIsTerminal()
            && !Options.isSet(arguments, "--quiet")
            && !Options.isSet(arguments, "--no-progress");
    return new Meter(shell.err(), shown, interruption);
  }

  @Override
  public void read(String path) {
    int count = files.incrementAndGet();
    if (shown && System.nanoTime() >= next) {
      print(count);
    }
  }

  private synchronized void print(int count) {
    if (System.nanoTime() >= next) {
      next = System.nanoTime() + EVERY_NANOS;
      written = true;
      err.print("\r" + count + " files read");
      err.flush();
    }
  }

  @Override
  public boolean cancelled() {
    return interruption.happened();
  }

  @Override
  public void close() {
    if (written) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
