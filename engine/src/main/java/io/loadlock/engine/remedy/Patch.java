package io.loadlock.engine.remedy;

import io.loadlock.core.Fix.Edit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.util.QuotedString;

/// What becomes of one file.
///
/// @param path as reports name it
/// @param before its bytes as they were scanned
/// @param after its bytes with every edit done
@SuppressWarnings("ArrayRecordComponent") // nobody compares patches
public record Patch(String path, byte[] before, byte[] after) {
  /// Does edits of one file, none of which overlaps another.
  static byte[] apply(byte[] bytes, List<Edit> edits) {
    List<Edit> sorted = edits.stream().sorted(Comparator.comparingLong(Patch::start)).toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
    int at = 0;
    for (Edit edit : sorted) {
      int start = (int) edit.location().startByte();
      out.write(bytes, at, start - at);
      out.writeBytes(edit.replacement().getBytes(StandardCharsets.UTF_8));
      at = (int) edit.location().endByte();
    }
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  /// Where a byte of the old file stands in the new one.
  static long moved(List<Edit> edits, long position) {
    long shift = 0;
    for (Edit edit : edits) {
      if (edit.location().endByte() <= position) {
        long removed = edit.location().endByte() - edit.location().startByte();
        shift += edit.replacement().getBytes(StandardCharsets.UTF_8).length - removed;
      }
    }
    return position + shift;
  }

  private static long start(Edit edit) {
    return edit.location().startByte();
  }

  /// The change as a unified diff of three lines of context, as `git apply` and `patch -p1` take
  /// it. Not UTF-8 where the file is not.
  public byte[] diff() {
    RawText old = new RawText(before);
    RawText changed = new RawText(after);
    DiffAlgorithm algorithm = new HistogramDiff();
    EditList list = algorithm.diff(RawTextComparator.DEFAULT, old, changed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ("--- " + name("a/") + "\n+++ " + name("b/") + "\n").getBytes(StandardCharsets.UTF_8));
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      formatter.format(list, old, changed);
      formatter.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }

  /// As git writes it: quoted where the name has bytes that a line of a diff cannot have, and with
  /// a tab behind a name with blanks, which would else end at the first of them.
  private String name(String prefix) {
    String relative = path.startsWith("/") ? path.substring(1) : path;
    String quoted = QuotedString.GIT_PATH.quote(prefix + relative);
    return relative.indexOf(' ') >= 0 && !quoted.startsWith("\"") ? quoted + "\t" : quoted;
  }
}
