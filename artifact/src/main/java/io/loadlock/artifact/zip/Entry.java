package io.loadlock.artifact.zip;

/// One member, as one record of the archive describes it.
///
/// @param name as written, decoded as UTF-8 where it is that, else as code page 437's ASCII half
///   with Latin-1
/// @param view which record describes it
/// @param flags general purpose bits of that record
/// @param method of compression: 0 stored, 8 deflated, …
/// @param crc CRC-32 that the record declares; readers of models ignore it
/// @param packed bytes it takes in the archive
/// @param size bytes when inflated, as declared
/// @param header offset of its local header in the source
/// @param data offset of its first byte in the source
/// @param unixMode the upper half of the external attributes; 0 where there is none
public record Entry(
    String name,
    View view,
    int flags,
    int method,
    long crc,
    long packed,
    long size,
    long header,
    long data,
    int unixMode) {
  /// Who sees a member so.
  public enum View {
    /// The central directory: Python's `zipfile` and torch.
    CENTRAL,
    /// The central directory's name and place with the local header's method and sizes: readers
    /// that trust the local header.
    LOCAL,
    /// A local header that no central record points to: readers that go from front to back.
    LOCAL_ONLY
  }

  public boolean directory() {
    return name.endsWith("/");
  }

  public boolean encrypted() {
    return (flags & 1) != 0;
  }

  public boolean symlink() {
    return (unixMode & 0xF000) == 0xA000;
  }

  /// The last part of the name.
  public String leaf() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
