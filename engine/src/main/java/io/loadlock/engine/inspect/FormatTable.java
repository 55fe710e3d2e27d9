package io.loadlock.engine.inspect;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.compressed.Codec;
import io.loadlock.artifact.compressed.CompressedFormat;
import io.loadlock.artifact.gguf.GgufFormat;
import io.loadlock.artifact.zip.ZipFormat;
import java.util.ArrayList;
import java.util.List;

/// Every format there is: a line here is all that a new one needs. Files, members, streams and
/// buffers are recognised by this table and no other.
public final class FormatTable {
  /// In the order in which equal claims are shown.
  public static final List<Format> ALL = all();

  private FormatTable() {}

  private static List<Format> all() {
    List<Format> formats = new ArrayList<>();
    formats.add(new ZipFormat());
    for (Codec codec : Codec.values()) {
      formats.add(new CompressedFormat(codec));
    }
    formats.add(new GgufFormat());
    return List.copyOf(formats);
  }
}
