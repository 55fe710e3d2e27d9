package io.loadlock.artifact.jinja;

/// A tag that Jinja's grammar does not explain.
final class Unclear extends Exception {
  private static final long serialVersionUID = 1L;

  Unclear(String message) {
    super(message, null, false, false);
  }
}
