package io.loadlock.python.parse;

import io.loadlock.core.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file of Python. Lines and columns are found when the first one is asked for.
final class FileText implements SourceText {
  private final byte[] text;

  /// Where the code begins: behind a byte order mark.
  private final int first;

  /// The offset on disk of each byte of the text, and one more for its end; null where the text is
  /// the file.
  private final int @Nullable [] origins;

  private volatile @Nullable LineIndex lines;

  FileText(byte[] text, int first, int @Nullable [] origins) {
    this.text = text;
    this.first = first;
    this.origins = origins;
  }

  @Override
  public byte[] text() {
    return text;
  }

  int first() {
    return first;
  }

  private LineIndex lines() {
    LineIndex index = lines;
    if (index == null) {
      index = new LineIndex(text, first);
      lines = index;
    }
    return index;
  }

  private int onDisk(int offset) {
    return origins == null ? offset : origins[offset];
  }

  @Override
  public Location.Source locate(String path, int start, int end) {
    LineIndex index = lines();
    return new Location.Source(
        path, onDisk(start), onDisk(end), index.point(start), index.point(end), Optional.empty());
  }

  @Override
  public int line(int offset) {
    return lines().line(offset);
  }
}
