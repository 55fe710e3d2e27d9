package io.loadlock.python.value;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Something that many places write to and read from, such as an attribute of a class. It only
/// grows; whoever has read it is told.
///
/// There are very many, and most have no reader or one: only what is needed is made.
public final class Cell {
  private Values values = Values.EMPTY;
  private @Nullable Unit first;
  private @Nullable Unit last;
  private @Nullable Set<Unit> others;
  private @Nullable Set<Cell> flowsTo;

  public Values values() {
    return values;
  }

  /// What it holds, read by `reader`, which is evaluated again when that grows.
  public Values read(Unit reader) {
    if (reader != last) {
      last = reader;
      if (first == null) {
        first = reader;
      } else if (first != reader) {
        if (others == null) {
          others = new LinkedHashSet<>(4);
        }
        others.add(reader);
      }
    }
    return values;
  }

  /// Adds to it; true when that told something new.
  public boolean add(Values more) {
    Values joined = values.join(more);
    if (joined == values || joined.equals(values)) {
      return false;
    }
    values = joined;
    return true;
  }

  /// From now on `cell` holds all that this one holds; false when that was so before.
  public boolean flowInto(Cell cell) {
    if (flowsTo == null) {
      flowsTo = new LinkedHashSet<>(4);
    }
    return flowsTo.add(cell);
  }

  /// The cells that hold all that this one holds.
  public List<Cell> flowsTo() {
    return flowsTo == null ? List.of() : List.copyOf(flowsTo);
  }

  /// Who has read it, in the order in which they first did.
  public List<Unit> readers() {
    if (first == null) {
      return List.of();
    }
    if (others == null) {
      return List.of(first);
    }
    List<Unit> all = new ArrayList<>(others.size() + 1);
    all.add(first);
    all.addAll(others);
    return all;
  }
}
