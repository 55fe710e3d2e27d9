package io.loadlock.core;

/// What became of one file.
///
/// @param format the format that was recognised, such as `python`, `notebook` or `torch-zip`;
///   `unknown` where none
/// @param bytes size in bytes
public record FileReport(String path, String format, long bytes, Outcome outcome) {}
