package io.loadlock.python.site;

/// An argument as a call gives it.
///
/// @param name its keyword; empty where it is positional
/// @param position from 0; -1 where it has a keyword
/// @param value what the source shows of it
public record GivenArgument(String name, int position, PathValue value) {}
