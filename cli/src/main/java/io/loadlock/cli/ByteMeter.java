package io.loadlock.cli;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import picocli.CommandLine.ParseResult;

/// Shows a person how much is copied or read, how fast, and how long it will still take: one line
/// on standard error, gone at the end. It may be told from several threads.
final class ByteMeter implements LongConsumer, AutoCloseable {
  private static final long EVERY_NANOS = 200_000_000L;

  private final PrintStream err;
  private final boolean shown;
  private final long all;
  private final long started = System.nanoTime();
  private final AtomicLong done = new AtomicLong();
  private volatile long next = started + 2 * EVERY_NANOS;
  private volatile boolean written;

  private ByteMeter(PrintStream err, boolean shown, long all) {
    this.err = err;
    this.shown = shown;
    this.all = all;
  }

  static ByteMeter of(ParseResult arguments, Shell shell, long all) {
    boolean shown =
        shell.errIsTerminal()
            && !Options.isSet(arguments, "--quiet")
            && !Options.isSet(arguments, "--no-progress");
    return new ByteMeter(shell.err(), shown, all);
  }

  @Override
  public void accept(long bytes) {
    done.addAndGet(bytes);
    if (shown && System.nanoTime() >= next) {
      print();
    }
  }

  private synchronized void print() {
    long now = System.nanoTime();
    if (now < next) {
      return;
    }
    next = now + EVERY_NANOS;
    written = true;
    err.print("\r\u001b[K" + line(done.get(), all, (now - started) / 1e9));
    err.flush();
  }

  /// What is shown after so many seconds.
  static String line(long done, long all, double seconds) {
    double rate = done / Math.max(seconds, 1e-3);
    long left = (long) Math.ceil(Math.max(0, all - done) / Math.max(1, rate));
    String time =
        left < 60
            ? left + " s"
            : left < 3600
                ? "%d:%02d min".formatted(left / 60, left % 60)
                : "%d:%02d h".formatted(left / 3600, left % 3600 / 60);
    return "%s of %s, %s/s, %s left"
        .formatted(Text.bytes(done), Text.bytes(all), Text.bytes(Math.round(rate)), time);
  }

  @Override
  public void close() {
    if (written) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
