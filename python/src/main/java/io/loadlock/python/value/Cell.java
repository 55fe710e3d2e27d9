package io.loadlock.python.value;

import java.util.LinkedHashSet;
import java.util.Set;

/// Something that many places write to and read from, such as an attribute of a class. It only
/// grows; whoever has read it is told.
public final class Cell {
  private Values values = Values.EMPTY;
  private final Set<Unit> readers = new LinkedHashSet<>();
  private final Set<Cell> flowsTo = new LinkedHashSet<>();

  public Values values() {
    return values;
  }

  /// What it holds, read by `reader`, which is evaluated again when that grows.
  public Values read(Unit reader) {
    readers.add(reader);
    return values;
  }

  /// Adds to it; true when that told something new.
  public boolean add(Values more) {
    Values joined = values.join(more);
    if (joined.equals(values)) {
      return false;
    }
    values = joined;
    return true;
  }

  /// The cells that hold all that this one holds.
  public Set<Cell> flowsTo() {
    return flowsTo;
  }

  public Set<Unit> readers() {
    return readers;
  }
}
