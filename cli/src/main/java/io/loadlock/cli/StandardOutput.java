package io.loadlock.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/// Standard output, which remembers how it failed: a `PrintStream` above it tells only that it did.
final class StandardOutput extends FilterOutputStream {
  private Optional<IOException> failure = Optional.empty();

  StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    try {
      out.write(bytes, from, length);
    } catch (IOException e) {
      failure = failure.or(() -> Optional.of(e));
      throw e;
    }
  }

  /// Why what was printed did not arrive. Empty when it did, or when the reader has seen enough and
  /// gone (`| head`), which is nobody's mistake.
  Optional<IOException> failure() {
    boolean gone =
        failure.isPresent()
            && String.valueOf(failure.get().getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
    return gone ? Optional.empty() : failure;
  }
}
