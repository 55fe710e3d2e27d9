package io.loadlock.artifact.torch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPInputStream;

/// `tensors.tsv`: files that real torches made, and what these found in them, as
/// `scripts/oracle_tensors.py` writes it.
public final class TensorTable {
  private TensorTable() {}

  /// A line a file: its name, the releases that agree, the file, its tensors.
  public static List<String> lines() throws IOException {
    try (InputStream in = TensorTable.class.getResourceAsStream("tensors.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  /// The bytes of a file, which the table has in gzip and base64.
  public static byte[] unpacked(String text) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(text)))) {
      return in.readAllBytes();
    }
  }
}
