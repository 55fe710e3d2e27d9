package io.loadlock.core;

import java.util.List;

/// A rule as every output names it. The same record makes SARIF `rules[]`, the pages under
/// `docs/rules` and `loadlock explain`.
///
/// @param name the title of its page, such as `ML/AI Insecure Deserialization`
/// @param summary one sentence: what the rule finds
/// @param severity the worst that its findings have; a lowered finding has a rule id of its own
/// @param cwe such as 502
/// @param tags SARIF tags besides `security` and the CWE's
/// @param onByDefault false for a rule that a user has to select
public record Rule(
    RuleId id,
    String name,
    String summary,
    Severity severity,
    List<Integer> cwe,
    List<String> tags,
    boolean onByDefault) {
  public Rule {
    cwe = List.copyOf(cwe);
    tags = List.copyOf(tags);
  }

  /// Where its page is below `docs/rules`: `VNX-PY-013.md`, `VNX-PY-013/guarded.md`.
  public String page() {
    return id.value() + ".md";
  }
}
