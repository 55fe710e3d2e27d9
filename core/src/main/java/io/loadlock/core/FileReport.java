package io.loadlock.core;

import java.util.SortedMap;
import java.util.TreeMap;

/// What became of one file.
///
/// @param format the format that was recognised, such as `python`, `notebook` or `torch-zip`;
///   `unknown` where none
/// @param bytes size in bytes
/// @param properties what else is known of it, such as `verdict` and `loadedBy` of a model file
public record FileReport(
    String path, String format, long bytes, Outcome outcome, SortedMap<String, String> properties) {
  public FileReport {
    properties = new TreeMap<>(properties);
  }
}
