package io.loadlock.cli;

import java.io.Serial;

/// The user asked for something that cannot be done; the message says what and what to do instead.
final class UsageException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
