package io.loadlock.python.sink.library;

import io.loadlock.python.sink.Library;
import io.loadlock.python.sink.SinkRow;

/// skops: builds only the types that the caller trusts, so a list nobody has read trusts the file.
final class SkopsSinks {
  private SkopsSinks() {}

  static final Library LIBRARY =
      Library.of(
              "skops",
              "skops",
              SinkRow.function("skops.io.load")
                  .kind("skops-load")
                  .high()
                  .loads("file", 0)
                  .safeWhenClosed("trusted", 1)
                  .codes(Codes.FRAMEWORK)
                  .advice(
                      "Read what get_untrusted_types lists and write out the types that you trust.")
                  .readIn("skops 0.16.0 skops/io/_persist.py load, _audit.py audit_tree"),
              SinkRow.function("skops.io.loads")
                  .kind("skops-load")
                  .high()
                  .loads("data", 0)
                  .safeWhenClosed("trusted", 1)
                  .inverses("skops.io.dumps")
                  .codes(Codes.FRAMEWORK)
                  .advice(
                      "Read what get_untrusted_types lists and write out the types that you trust.")
                  .readIn("skops 0.16.0 skops/io/_persist.py loads, _audit.py audit_tree"))
          .alias("skops.io", "skops.io._persist");
}
