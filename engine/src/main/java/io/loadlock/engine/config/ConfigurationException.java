package io.loadlock.engine.config;

import java.io.Serial;

/// A configuration that cannot be followed. Its message begins with file, line and column.
public final class ConfigurationException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  ConfigurationException(String file, int line, int column, String message) {
    super(file + ":" + line + ":" + column + ": " + message);
  }

  ConfigurationException(String file, String message) {
    super(file + ": " + message);
  }
}
