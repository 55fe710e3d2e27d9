package io.loadlock.artifact.tar;

import org.jspecify.annotations.Nullable;

/// One member.
///
/// @param name with pax and GNU long names applied
/// @param type flag: `0` or NUL a file, `1` a hard link, `2` a symbolic link, `5` a folder, `S` a
///   sparse file …
/// @param link what a link points to; empty for others
/// @param header offset of its header block in the source
/// @param data offset of its first byte
/// @param size of what is stored, in bytes
/// @param holes what a sparse file has besides; null for others
public record TarEntry(
    String name,
    char type,
    String link,
    long header,
    long data,
    long size,
    @Nullable SparseMap holes) {
  /// A type that CPython's `tarfile` does not know is a file to it.
  public boolean file() {
    return !bodiless(type);
  }

  /// Links, devices, folders and pipes: whatever size their headers say.
  static boolean bodiless(char type) {
    return "123456".indexOf(type) >= 0;
  }

  public boolean linked() {
    return type == '1' || type == '2';
  }

  /// The last part of the name.
  public String leaf() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
