package io.loadlock.artifact.convert;

import io.loadlock.artifact.convert.Layout.Slot;
import io.loadlock.core.AtomicFiles;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;

/// Writes and compares the files of a [Plan].
public final class SafetensorsWriter {
  private SafetensorsWriter() {}

  /// Writes one file.
  ///
  /// @param files to which it belongs; it is at `target` after their commit
  /// @param progress is told of bytes as they are written
  /// @return where it stands until then
  public static Path write(
      Plan.Output output, AtomicFiles files, Path target, LongConsumer progress)
      throws IOException {
    return files.write(target, channel -> writeTo(output.layout, channel, progress));
  }

  private static void writeTo(Layout layout, WritableByteChannel channel, LongConsumer progress)
      throws IOException {
    ByteBuffer header = ByteBuffer.wrap(layout.header());
    while (header.hasRemaining()) {
      channel.write(header);
    }
    for (Slot slot : layout.slots()) {
      Weight weight = slot.weight();
      if (slot.dtype() == weight.dtype()) {
        weight.elements().write(channel, progress);
      } else {
        Rounding rounding = new Rounding(channel, weight.dtype(), slot.dtype());
        weight.elements().write(rounding, progress);
        rounding.flush();
      }
    }
  }

  /// Reads a written file back and compares it with its plan, byte for byte.
  ///
  /// @throws IOException at the first difference, with its position
  public static void verify(Plan.Output output, Path file, LongConsumer progress)
      throws IOException {
    try (ByteSource written = ByteSource.open(file)) {
      if (written.size() != output.bytes()) {
        throw new IOException(
            file + " has " + written.size() + " bytes instead of " + output.bytes());
      }
      writeTo(output.layout, new Comparison(written, file), progress);
    }
  }

  /// Takes what should be in a file and looks whether it is.
  private static final class Comparison implements WritableByteChannel {
    private final ByteSource written;
    private final Path target;
    private byte[] there = new byte[0];
    private long position;

    Comparison(ByteSource written, Path target) {
      this.written = written;
      this.target = target;
    }

    @Override
    public int write(ByteBuffer expected) throws IOException {
      int length = Math.min(expected.remaining(), ByteSource.COPY_BUFFER);
      if (there.length < length) {
        there = new byte[length];
      }
      byte[] wanted = new byte[length];
      expected.get(wanted);
      written.read(position, there, 0, length);
      int difference = Arrays.mismatch(wanted, 0, length, there, 0, length);
      if (difference >= 0) {
        throw new IOException(
            target + " differs from its source at byte " + (position + difference));
      }
      position += length;
      return length;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
