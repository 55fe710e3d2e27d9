package io.loadlock.cli;

/// The version of this build. A constant, because reading it from the jar would cost every start a
/// look into the jar; a test compares it with the POM.
final class Version {
  static final String TEXT = "0.1.0";

  private Version() {}
}
