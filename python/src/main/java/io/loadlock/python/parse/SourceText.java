package io.loadlock.python.parse;

import java.nio.charset.Charset;

/// The bytes of a file with their encoding (PEP 263 cookie, BOM, else UTF-8) and their lines.
public final class SourceText {
  private final byte[] bytes;
  private final Charset charset;

  SourceText(byte[] bytes, Charset charset) {
    this.bytes = bytes;
    this.charset = charset;
  }

  /// The bytes as they stand on disk; not a copy.
  public byte[] bytes() {
    return bytes;
  }

  public Charset charset() {
    return charset;
  }
}
