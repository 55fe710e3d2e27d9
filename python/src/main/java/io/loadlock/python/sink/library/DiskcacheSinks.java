package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// DiskCache: values that are no text or bytes are pickled.
final class DiskcacheSinks {
  private static final String ADVICE =
      "Keep the store in a folder that only the program's own user can write, or serialize with"
          + " JSON.";

  private DiskcacheSinks() {}

  static final Library LIBRARY =
      Library.of(
          "DiskCache",
          "diskcache",
          SinkRow.constructor("diskcache.Cache", "diskcache.core.Cache")
              .kind("diskcache")
              .privateChannel()
              .loads("directory", 0)
              .safeWhenOneOf("disk", 2, "diskcache.JSONDisk", "diskcache.core.JSONDisk")
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Pass disk=diskcache.JSONDisk, or keep the folder writable for the program"
                      + " alone.")
              .readIn("diskcache 5.6.3 diskcache/core.py Cache, Disk.fetch"),
          SinkRow.constructor("diskcache.FanoutCache", "diskcache.fanout.FanoutCache")
              .kind("diskcache")
              .privateChannel()
              .loads("directory", 0)
              .safeWhenOneOf("disk", 3, "diskcache.JSONDisk", "diskcache.core.JSONDisk")
              .codes(Codes.FRAMEWORK)
              .advice(
                  "Pass disk=diskcache.JSONDisk, or keep the folder writable for the program"
                      + " alone.")
              .readIn("diskcache 5.6.3 diskcache/fanout.py FanoutCache"),
          SinkRow.constructor("diskcache.Index", "diskcache.persistent.Index")
              .kind("diskcache")
              .privateChannel()
              .loads("", 0)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("diskcache 5.6.3 diskcache/persistent.py Index"),
          SinkRow.constructor("diskcache.Deque", "diskcache.persistent.Deque")
              .kind("diskcache")
              .privateChannel()
              .loads("directory", 1)
              .codes(Codes.FRAMEWORK)
              .advice(ADVICE)
              .readIn("diskcache 5.6.3 diskcache/persistent.py Deque"));
}
