package io.loadlock.pins.file;

import java.util.Optional;

/// The other files of the project, for includes such as `-r base.txt`.
public interface Siblings {
  /// The bytes of the file at `path`, normalized and with `/` between folders; empty where there is
  /// none.
  Optional<byte[]> content(String path);
}
