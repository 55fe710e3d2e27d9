package io.loadlock.engine.remedy;

import io.loadlock.core.Finding;
import io.loadlock.core.Fix;
import io.loadlock.core.Fix.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The fixes that can be done together. Of two that overlap the one that comes first is done; the
/// other waits for the next round.
final class Plan {
  /// A finding and the fix that is to be tried on it.
  record Choice(Finding finding, Fix fix) {}

  private final Map<String, List<Edit>> edits = new TreeMap<>();
  private final List<Choice> taken = new ArrayList<>();

  Plan(List<Choice> choices) {
    for (Choice choice : choices) {
      if (accept(choice.fix())) {
        taken.add(choice);
      }
    }
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  List<Choice> taken() {
    return taken;
  }

  /// By path.
  Map<String, List<Edit>> edits() {
    return edits;
  }

  long moved(String path, long position) {
    return Patch.moved(edits.getOrDefault(path, List.of()), position);
  }

  /// Takes all edits of a fix or none; those that are there already are shared (two fixes that need
  /// one import).
  private boolean accept(Fix fix) {
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
}
