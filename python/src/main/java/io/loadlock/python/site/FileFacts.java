package io.loadlock.python.site;

import io.loadlock.core.Outcome;
import io.loadlock.python.parse.ParsedSource.Comment;
import java.util.List;

/// What the Python front end says of one file.
///
/// @param path as given by the source tree
/// @param format `python` or `notebook`
/// @param outcome partial only where the lost bytes could hold a load
/// @param sites in order of position
/// @param comments those that could be suppressions; for a notebook with physical lines of the file
/// @param settings what changes other loads, in order of position
public record FileFacts(
    String path,
    String format,
    Outcome outcome,
    List<LoadSite> sites,
    List<Comment> comments,
    List<Setting> settings) {
  public FileFacts {
    sites = List.copyOf(sites);
    comments = List.copyOf(comments);
    settings = List.copyOf(settings);
  }

  /// Without settings.
  public FileFacts(
      String path, String format, Outcome outcome, List<LoadSite> sites, List<Comment> comments) {
    this(path, format, outcome, sites, comments, List.of());
  }
}
