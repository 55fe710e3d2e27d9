package io.loadlock.artifact.tar;

import io.loadlock.artifact.Segments;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Where the stored bytes of a sparse file belong, in GNU's four spellings: numbers in the header
/// and in blocks behind it, pairs of pax records, one pax record, lines in front of the data.
///
/// @param pairs offset in the file and count, one after the other
/// @param size of the file with its holes
/// @param data offset in the archive of the first stored byte
record SparseMap(List<Long> pairs, long size, long data) {
  /// A file in more pieces is refused.
  private static final int MOST = 1 << 16;

  private static final String MAP = "GNU.sparse.map";

  SparseMap {
    pairs = List.copyOf(pairs);
  }

  /// Type `S`: four pairs in the header at 386, 21 in each block that follows while the byte behind
  /// them says so.
  static SparseMap old(ByteSource source, byte[] block, long data)
      throws IOException, MalformedException {
    List<Long> pairs = new ArrayList<>();
    pairs(block, 386, 4, data, pairs);
    boolean more = block[482] != 0;
    long at = data;
    while (more && at <= source.size() - TarHeader.BLOCK && pairs.size() < MOST) {
      byte[] next = source.bytes(at, TarHeader.BLOCK);
      pairs(next, 0, 21, at, pairs);
      more = next[504] != 0;
      at += TarHeader.BLOCK;
    }
    return new SparseMap(pairs, TarHeader.number(block, 483, 12, data), at);
  }

  private static void pairs(byte[] block, int from, int count, long offset, List<Long> pairs)
      throws MalformedException {
    for (int i = from; i < from + 24 * count; i += 24) {
      long length = TarHeader.number(block, i + 12, 12, offset);
      if (length > 0) {
        pairs.add(TarHeader.number(block, i, 12, offset));
        pairs.add(length);
      }
    }
  }

  static boolean described(Map<String, String> pax) {
    return pax.containsKey(MAP) || pax.containsKey("GNU.sparse.major");
  }

  /// The pax spellings 0.0 and 0.1, whose pairs are in the map by now, and 1.0.
  static SparseMap pax(ByteSource source, Map<String, String> pax, long data)
      throws IOException, MalformedException {
    String real = pax.getOrDefault("GNU.sparse.realsize", pax.getOrDefault("GNU.sparse.size", "0"));
    String map = pax.get(MAP);
    if (map != null) {
      List<Long> pairs = new ArrayList<>();
      for (String one : map.split(",", MOST + 1)) {
        pairs.add(TarHeader.decimal(one, data));
      }
      return new SparseMap(pairs, TarHeader.decimal(real, data), data);
    }
    return lines(source, data, TarHeader.decimal(real, data));
  }

  /// A count and so many pairs, each number on a line of its own, filled up to a whole block.
  private static SparseMap lines(ByteSource source, long data, long real)
      throws IOException, MalformedException {
    int length = (int) Math.min(source.size() - data, MOST * 16L);
    String text = new String(source.bytes(data, length), StandardCharsets.ISO_8859_1);
    int end = text.indexOf('\n');
    long count = end < 0 ? 0 : TarHeader.decimal(text.substring(0, end), data);
    List<Long> pairs = new ArrayList<>();
    for (long i = 0; i < 2 * Math.min(count, MOST); i++) {
      int next = text.indexOf('\n', end + 1);
      if (next < 0) {
        throw new MalformedException("map of a sparse file is cut", data);
      }
      pairs.add(TarHeader.decimal(text.substring(end + 1, next), data));
      end = next;
    }
    return new SparseMap(pairs, real, data + TarHeader.padded(end + 1L));
  }

  /// The file as it is unpacked.
  ByteSource content(ByteSource source) throws MalformedException {
    if (pairs.size() > MOST || pairs.size() % 2 != 0) {
      throw new MalformedException("a sparse file of " + pairs.size() / 2 + " pieces", data);
    }
    Segments segments = new Segments(source);
    long stored = data;
    for (int i = 0; i < pairs.size(); i += 2) {
      long hole = pairs.get(i) - segments.size();
      long length = pairs.get(i + 1);
      if (hole < 0 || length < 0 || length > source.size() - stored) {
        throw new MalformedException("pieces of a sparse file overlap or are cut", data);
      }
      segments.zeros(hole);
      segments.add(stored, length);
      stored += length;
    }
    segments.zeros(Math.max(0, size - segments.size()));
    return segments;
  }
}
