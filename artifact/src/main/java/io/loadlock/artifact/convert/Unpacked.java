package io.loadlock.artifact.convert;

import io.loadlock.artifact.Inflating;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Compressed members, each unpacked once, in one temporary file to which no name leads: their
/// elements can be taken in any order, as often as tensors share them, and memory holds none.
public final class Unpacked implements Closeable {
  private @Nullable FileChannel file;

  /// The first `size` bytes of what `packed` inflates to; it is closed then.
  ///
  /// @throws MalformedException when it inflates to less
  public ByteSource of(Inflating packed, long size) throws IOException, MalformedException {
    FileChannel channel = file;
    if (channel == null) {
      channel =
          FileChannel.open(
              Files.createTempFile("loadlock", ".unpacked"),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      file = channel;
    }
    long start = channel.size();
    byte[] buffer = new byte[ByteSource.COPY_BUFFER];
    try {
      for (long done = 0; done < size; done += buffer.length) {
        int length = (int) Math.min(buffer.length, size - done);
        packed.read(done, buffer, 0, length);
        ByteBuffer full = ByteBuffer.wrap(buffer, 0, length);
        while (full.hasRemaining()) {
          channel.write(full, start + done + full.position());
        }
      }
    } catch (EOFException e) {
      throw new MalformedException(
          packed
              .problem()
              .map(Problem::reason)
              .orElse("compressed data makes " + packed.size() + " bytes instead of " + size),
          0);
    } finally {
      packed.close();
    }
    return ByteSource.of(channel).slice(start, size);
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
