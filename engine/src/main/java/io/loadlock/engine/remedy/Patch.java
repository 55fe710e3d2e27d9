package io.loadlock.engine.remedy;

import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Fix.Edit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/// What becomes of one file.
///
/// @param path as reports name it
/// @param before its bytes as they were scanned
/// @param after its bytes with every edit done
/// @param edits in order of position, none overlapping another
/// @param fixed the findings whose fix is among them
public record Patch(
    String path, byte[] before, byte[] after, List<Edit> edits, List<Finding> fixed) {
  public Patch {
    edits = List.copyOf(edits);
    fixed = List.copyOf(fixed);
  }

  /// Reads what a file was when it was scanned.
  public interface Before {
    byte[] read(String path) throws IOException;
  }

  /// The patches that do the first allowed fix of each finding. Of two fixes that overlap the one
  /// that stands first in the file is done; the other waits for the next run.
  ///
  /// @param unsafe whether fixes that are only suggested are done as well
  public static List<Patch> of(List<Finding> findings, boolean unsafe, Before before)
      throws IOException {
    Map<String, List<Edit>> edits = new TreeMap<>();
    Map<String, List<Finding>> fixed = new TreeMap<>();
    for (Finding finding : findings) {
      for (Fix fix : finding.fixes()) {
        if ((unsafe || fix.tier() == Fix.Tier.SAFE) && accept(fix, edits)) {
          fixed.computeIfAbsent(finding.location().path(), _ -> new ArrayList<>()).add(finding);
          break;
        }
      }
    }
    List<Patch> patches = new ArrayList<>();
    for (Map.Entry<String, List<Edit>> file : edits.entrySet()) {
      byte[] bytes = before.read(file.getKey());
      List<Edit> sorted = new ArrayList<>(file.getValue());
      sorted.sort(Comparator.comparingLong(edit -> edit.location().startByte()));
      patches.add(
          new Patch(
              file.getKey(),
              bytes,
              applied(bytes, sorted),
              sorted,
              fixed.getOrDefault(file.getKey(), List.of())));
    }
    return patches;
  }

  /// Takes all edits of a fix or none; those that are there already are shared (two fixes that need
  /// one import).
  private static boolean accept(Fix fix, Map<String, List<Edit>> edits) {
    List<Edit> added = new ArrayList<>();
    for (Edit edit : fix.edits()) {
      List<Edit> there = edits.getOrDefault(edit.location().path(), List.of());
      if (there.contains(edit)) {
        continue;
      }
      if (there.stream().anyMatch(other -> overlap(edit, other))) {
        return false;
      }
      added.add(edit);
    }
    added.forEach(
        edit -> edits.computeIfAbsent(edit.location().path(), _ -> new ArrayList<>()).add(edit));
    return true;
  }

  /// Insertions at one place would stand in an order that nobody chose: they count as overlapping
  /// too, unless each brings a line of its own.
  private static boolean overlap(Edit one, Edit other) {
    long from = Math.max(one.location().startByte(), other.location().startByte());
    long to = Math.min(one.location().endByte(), other.location().endByte());
    boolean lines = one.replacement().endsWith("\n") && other.replacement().endsWith("\n");
    return from < to || from == to && !(lines && isInsertion(one) && isInsertion(other));
  }

  private static boolean isInsertion(Edit edit) {
    return edit.location().startByte() == edit.location().endByte();
  }

  private static byte[] applied(byte[] bytes, List<Edit> edits) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + 64);
    int at = 0;
    for (Edit edit : edits) {
      int start = (int) edit.location().startByte();
      out.write(bytes, at, start - at);
      out.writeBytes(edit.replacement().getBytes(StandardCharsets.UTF_8));
      at = (int) edit.location().endByte();
    }
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }

  /// Where a byte of the old file stands in the new one.
  public long moved(long position) {
    long shift = 0;
    for (Edit edit : edits) {
      if (edit.location().endByte() <= position) {
        long removed = edit.location().endByte() - edit.location().startByte();
        shift += edit.replacement().getBytes(StandardCharsets.UTF_8).length - removed;
      }
    }
    return position + shift;
  }

  /// The change as a unified diff of three lines of context, as `git apply` takes it. Not UTF-8
  /// where the file is not.
  public byte[] diff() {
    RawText old = new RawText(before);
    RawText changed = new RawText(after);
    DiffAlgorithm algorithm = new HistogramDiff();
    EditList list = algorithm.diff(RawTextComparator.DEFAULT, old, changed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("--- a/" + path + "\n+++ b/" + path + "\n").getBytes(StandardCharsets.UTF_8));
    try (DiffFormatter formatter = new DiffFormatter(out)) {
      formatter.format(list, old, changed);
      formatter.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return out.toByteArray();
  }
}
