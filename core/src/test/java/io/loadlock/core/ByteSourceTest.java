package io.loadlock.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteSourceTest {
  private static final byte[] BYTES = new byte[3 * ByteSource.COPY_BUFFER + 7];

  static {
    new Random(1).nextBytes(BYTES);
  }

  @TempDir Path folder;

  @Test
  void copiesTheSameFromMemoryFromAFileAndFromSlices() throws IOException {
    Path file = Files.write(folder.resolve("bytes"), BYTES);
    try (ByteSource onDisk = ByteSource.open(file)) {
      for (ByteSource source : new ByteSource[] {ByteSource.of(BYTES), onDisk}) {
        assertArrayEquals(BYTES, copied(source, 0, BYTES.length));
        assertArrayEquals(Arrays.copyOfRange(BYTES, 5, 500_000), copied(source, 5, 499_995));
        ByteSource slice = source.slice(11, 600_000);
        assertArrayEquals(Arrays.copyOfRange(BYTES, 13, 400_013), copied(slice, 2, 400_000));
        assertArrayEquals(new byte[0], copied(slice, 600_000, 0));
        assertThrows(EOFException.class, () -> copied(source, 1, BYTES.length));
        assertThrows(EOFException.class, () -> copied(slice, 1, 600_000));
      }
    }
  }

  private static byte[] copied(ByteSource source, long position, long count) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    source.transferTo(position, count, Channels.newChannel(out));
    return out.toByteArray();
  }
}
