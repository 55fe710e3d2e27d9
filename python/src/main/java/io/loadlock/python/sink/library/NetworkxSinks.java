package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// NetworkX below 3.0, where graphs could be pickled.
final class NetworkxSinks {
  private NetworkxSinks() {}

  static final Library LIBRARY =
      Library.of(
          "NetworkX",
          "networkx",
          SinkRow.function(
                  "networkx.read_gpickle",
                  "networkx.readwrite.read_gpickle",
                  "networkx.readwrite.gpickle.read_gpickle")
              .kind("networkx-gpickle")
              .high()
              .loads("path", 0)
              .codes(Codes.FRAMEWORK)
              .advice("Write graphs with write_graphml or node_link_data as JSON.")
              .readIn("networkx 2.8.8 networkx/readwrite/gpickle.py read_gpickle"));
}
