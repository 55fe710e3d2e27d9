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
record Spool(ByteSource source, Optional<Path> file) implements Closeable {
  /// @throws IOException when the stream is longer than `most` bytes
  static Spool of(InputStream in, int inMemory, long most) throws IOException {
    byte[] head = in.readNBytes(inMemory);
    if (head.length < inMemory) {
      return new Spool(ByteSource.of(head), Optional.empty());
    }
    Path file = Files.createTempFile("loadlock", ".spool");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        out.write(head);
        byte[] buffer = new byte[1 << 16];
        long total = head.length;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
          total += count;
          if (total > most) {
            throw new IOException("standard input is longer than " + most + " bytes");
          }
          out.write(buffer, 0, count);
        }
      }
      return new Spool(ByteSource.open(file), Optional.of(file));
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    source.close();
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
