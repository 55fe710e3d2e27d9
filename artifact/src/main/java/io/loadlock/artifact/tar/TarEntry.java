package io.loadlock.artifact.tar;

/// One member.
///
/// @param name with pax and GNU long names applied
/// @param type flag: `0` or NUL a file, `1` a hard link, `2` a symbolic link, `5` a folder, `S` a
///   sparse file …
/// @param link what a link points to; empty for others
/// @param header offset of its header block in the source
/// @param data offset of its first byte
/// @param size in bytes
public record TarEntry(String name, char type, String link, long header, long data, long size) {
  public boolean file() {
    return type == '0' || type == 0 || type == '7' || type == 'S';
  }

  public boolean linked() {
    return type == '1' || type == '2';
  }

  /// The last part of the name.
  public String leaf() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
