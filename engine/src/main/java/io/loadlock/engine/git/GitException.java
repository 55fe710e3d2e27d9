package io.loadlock.engine.git;

import java.io.Serial;

/// The repository cannot answer; the message says why and what to do.
public final class GitException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  GitException(String message) {
    super(message);
  }
}
