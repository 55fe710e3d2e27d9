package io.loadlock.artifact.convert;

/// Something that cannot be converted, found before the first byte was written. The message names
/// it.
public final class ConversionException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConversionException(String message) {
    super(message);
  }
}
