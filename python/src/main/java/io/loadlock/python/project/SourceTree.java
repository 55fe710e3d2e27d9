package io.loadlock.python.project;

import java.io.IOException;
import java.util.List;

/// The files of one run, wherever they are: a folder, an archive, an editor's buffers, a Spark
/// partition. Reading must be safe from several threads.
public interface SourceTree {
  /// Every Python file and notebook to be scanned, sorted, with `/` between folders, as reports
  /// name them.
  List<String> paths();

  /// The bytes of one of them.
  byte[] read(String path) throws IOException;
}
