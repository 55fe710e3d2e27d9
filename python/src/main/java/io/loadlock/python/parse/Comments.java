package io.loadlock.python.parse;

import io.loadlock.python.parse.ParsedSource.Comment;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/// Where the comments of a source are. They become text only when somebody asks for one.
final class Comments {
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;

  void add(int start, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    starts[count] = start;
    ends[count++] = end;
  }

  int size() {
    return count;
  }

  void truncate(int size) {
    count = size;
  }

  /// Forgets the comments from `offset` on, because that stretch is read once more.
  void forget(int offset) {
    while (count > 0 && starts[count - 1] >= offset) {
      count--;
    }
  }

  List<Comment> over(SourceText source) {
    int size = count;
    int[] from = Arrays.copyOf(starts, size);
    int[] to = Arrays.copyOf(ends, size);
    return new Lazy(source, from, to);
  }

  private static final class Lazy extends AbstractList<Comment> implements RandomAccess {
    private final SourceText source;
    private final int[] starts;
    private final int[] ends;

    Lazy(SourceText source, int[] starts, int[] ends) {
      this.source = source;
      this.starts = starts;
      this.ends = ends;
    }

    @Override
    public Comment get(int index) {
      int start = starts[index];
      int end = ends[index];
      String text = new String(source.text(), start, end - start, StandardCharsets.UTF_8);
      return new Comment(start, end, source.line(start), text);
    }

    @Override
    public int size() {
      return starts.length;
    }
  }
}
