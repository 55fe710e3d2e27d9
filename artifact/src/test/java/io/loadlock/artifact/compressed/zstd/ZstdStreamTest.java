package io.loadlock.artifact.compressed.zstd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.testkit.Corruptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/// Frames of the real library (`scripts/zstd_fixtures.py`), whose names say what they hold.
class ZstdStreamTest {
  private static List<Path> frames() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/zstd"))) {
      return files.sorted().toList();
    }
  }

  private static byte[] decode(byte[] packed, int most) throws IOException {
    try (ZstdStream stream = new ZstdStream(new ByteArrayInputStream(packed))) {
      return stream.readNBytes(most);
    }
  }

  @Test
  void givesWhatWasPacked() throws IOException {
    List<Path> frames = frames();
    assertTrue(frames.size() > 10);
    for (Path file : frames) {
      String[] parts = file.getFileName().toString().replace(".zst", "").split("-");
      byte[] content = decode(Files.readAllBytes(file), 1 << 20);
      assertEquals(Integer.parseInt(parts[2]), content.length, file::toString);
      CRC32 crc = new CRC32();
      crc.update(content);
      assertEquals(Long.parseLong(parts[1], 16), crc.getValue(), file::toString);
    }
  }

  /// Damage is an [IOException] or other bytes, and nothing else.
  @Test
  void damageIsSaid() throws IOException {
    for (Path file : frames()) {
      byte[] packed = Files.readAllBytes(file);
      Stream.concat(
              Corruptions.seeded(packed, 3, 40),
              Corruptions.cuts(packed, 3, 0).filter(cut -> cut.bytes().length % 97 == 5))
          .forEach(
              damaged -> {
                try {
                  decode(damaged.bytes(), 1 << 20);
                } catch (IOException e) {
                  // What a reader of streams expects.
                }
              });
    }
  }
}
