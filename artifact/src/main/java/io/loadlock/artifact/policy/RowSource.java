package io.loadlock.artifact.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Where the text of the rows comes from.
interface RowSource {
  /// The text of `index`, `PACKAGE.review` or `PACKAGE.evidence`; empty where there is none.
  String text(String name);

  /// The resources beside this class. Rows are ASCII, so that a character costs one byte and search
  /// is quick.
  static RowSource bundled() {
    return name -> {
      try (InputStream in = RowSource.class.getResourceAsStream(name)) {
        return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the policy's " + name, e);
      }
    };
  }
}
