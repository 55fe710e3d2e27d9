package io.loadlock.cli;

import io.loadlock.core.ByteSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A stream made seekable: in memory while it is small, else in a temporary file that goes away
/// with it.
///
/// @param cut whether the stream goes on behind what is here
record Spool(ByteSource source, Optional<Path> file, boolean cut) implements Closeable {
  /// Takes at most `most` bytes: an endless stream must end.
  static Spool of(InputStream in, int inMemory, long most) throws IOException {
    byte[] head = in.readNBytes(inMemory);
    if (head.length < inMemory) {
      return new Spool(ByteSource.of(head), Optional.empty(), false);
    }
    Path file = Files.createTempFile("loadlock", ".spool");
    try {
      boolean cut;
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(head);
        cut = fill(in, out, most - head.length);
      }
      return new Spool(ByteSource.open(file), Optional.of(file), cut);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  /// Copies at most `most` bytes.
  ///
  /// @return whether there are more
  private static boolean fill(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long left = most;
    int count = in.read(buffer);
    while (count >= 0 && left > 0) {
      int taken = (int) Math.min(count, left);
      out.write(buffer, 0, taken);
      left -= taken;
      if (taken < count) {
        return true;
      }
      count = in.read(buffer);
    }
    return count >= 0;
  }

  @Override
  public void close() throws IOException {
    source.close();
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
