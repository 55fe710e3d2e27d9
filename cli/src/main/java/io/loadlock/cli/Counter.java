package io.loadlock.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.ParseResult;

/// Shows a person how many of a known number of files are done: one line on standard error, gone at
/// the end.
final class Counter implements AutoCloseable {
  private static final long EVERY_NANOS = 100_000_000L;

  private final PrintStream err;
  private final boolean shown;
  private final int all;
  private final AtomicInteger done = new AtomicInteger();
  private long next = System.nanoTime() + 4 * EVERY_NANOS;
  private boolean written;

  private Counter(PrintStream err, boolean shown, int all) {
    this.err = err;
    this.shown = shown;
    this.all = all;
  }

  static Counter of(ParseResult arguments, Shell shell, int all) {
    boolean shown =
        shell.errIsTerminal()
            && !Options.isSet(arguments, "--quiet")
            && !Options.isSet(arguments, "--no-progress");
    return new Counter(shell.err(), shown, all);
  }

  /// One more is done; from any thread.
  void next(String name) {
    int count = done.incrementAndGet();
    if (shown) {
      print(count, name);
    }
  }

  private synchronized void print(int count, String name) {
    if (System.nanoTime() >= next) {
      next = System.nanoTime() + EVERY_NANOS;
      written = true;
      err.print("\r\u001b[K" + count + " of " + all + " files read, " + Text.plain(name));
      err.flush();
    }
  }

  @Override
  public synchronized void close() {
    if (written) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
