package io.loadlock.cli;

import java.io.PrintStream;
import java.util.function.LongConsumer;
import picocli.CommandLine.ParseResult;

/// Shows a person how much is copied, how fast, and how long it will still take: one line on
/// standard error, gone at the end.
final class ByteMeter implements LongConsumer, AutoCloseable {
  private static final long EVERY_NANOS = 200_000_000L;

  private final PrintStream err;
  private final boolean shown;
  private final long all;
  private final long started = System.nanoTime();
  private long next = started + EVERY_NANOS;
  private long done;
  private boolean written;

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
    done += bytes;
    long now = System.nanoTime();
    if (shown && now >= next) {
      next = now + EVERY_NANOS;
      written = true;
      double seconds = (now - started) / 1e9;
      long left = Math.round(Math.max(0, all - done) / Math.max(1, done / seconds));
      err.print(
          "\r\u001b[K%s of %s, %s/s, %d s left"
              .formatted(
                  Text.bytes(done), Text.bytes(all), Text.bytes(Math.round(done / seconds)), left));
      err.flush();
    }
  }

  @Override
  public void close() {
    if (written) {
      err.print("\r\u001b[K");
      err.flush();
    }
  }
}
