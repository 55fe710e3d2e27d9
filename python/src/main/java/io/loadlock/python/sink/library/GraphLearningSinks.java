package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// DGL: dataset information is pickled; graphs themselves are binary.
final class GraphLearningSinks {
  private GraphLearningSinks() {}

  static final Library LIBRARY =
      Library.of(
          "DGL",
          "dgl",
          SinkRow.function("dgl.data.utils.load_info", "dgl.data.load_info")
              .kind("dgl-load")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Save the information as JSON.")
              .readIn("dgl 2.5 dgl/data/utils.py load_info"));
}
