package io.loadlock.python.parse;

/// Something the grammar does not allow. The tree goes on around it.
///
/// @param reason one clause without a full stop, such as `'(' was never closed`
/// @param start first byte of what could not be understood
/// @param end the byte behind the last one that was passed over
public record SyntaxProblem(String reason, int start, int end) {}
