package io.loadlock.artifact.zip;

import io.loadlock.artifact.Limits;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Archives one after another in one file, as torch's distributed checkpoints (`.distcp`) are, or
/// as somebody glued them: each is a part of its own.
final class Glued {
  private Glued() {}

  /// Adds what lies before `end`, in the file's order.
  static void split(ByteSource source, long end, Limits limits, List<ZipArchive.Part> parts)
      throws IOException {
    List<ZipArchive.Part> found = new ArrayList<>();
    long rest = end;
    while (rest > 0 && found.size() < limits.members()) {
      long start = start(source, rest);
      found.add(
          new ZipArchive.Part("(bytes " + start + " to " + rest + ")", start, rest - start, true));
      rest = start;
    }
    Collections.reverse(found);
    parts.addAll(found);
  }

  /// Where the archive that ends at `end` begins; 0 when none ends there.
  private static long start(ByteSource source, long end) throws IOException {
    List<Directory> directories = Directory.find(source, end, Integer.MAX_VALUE >> 8);
    if (directories.isEmpty() || directories.get(0).behind() < end) {
      return 0;
    }
    Directory directory = directories.get(0);
    long first = directory.start();
    for (Directory.CentralRecord record : directory.records()) {
      first = Math.min(first, record.header());
    }
    return first < 0 || first >= end ? 0 : first;
  }
}
