package io.loadlock.core;

import java.util.List;

/// All that one run found: what every renderer gets.
///
/// @param version loadlock's own
/// @param roots the paths named by the user
/// @param rules every rule that could have fired, by id
/// @param files what was read, or was to be read, by path
/// @param findings in [Finding#ORDER], suppressed ones included
/// @param notes sentences about the run for people, such as `14 ignored model files; --no-ignore
///   reads them`
public record ScanReport(
    String version,
    List<String> roots,
    List<Rule> rules,
    List<FileReport> files,
    List<Finding> findings,
    List<String> notes) {
  public ScanReport {
    roots = List.copyOf(roots);
    rules = List.copyOf(rules);
    files = List.copyOf(files);
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }
}
