package io.loadlock.artifact;

import io.loadlock.core.Severity;

/// Something about a file besides the program in it: a container that lies, a construct of the
/// format that reaches code or other files.
///
/// @param kind stable, such as `zip-name-mismatch`, `keras-lambda`, `external-data-path`
/// @param offset byte in the member
/// @param message one sentence
public record Notice(String kind, Severity severity, long offset, String message) {}
