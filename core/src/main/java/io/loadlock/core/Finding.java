package io.loadlock.core;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One thing a user should know: facts first, its sentence made last.
///
/// @param rule which rule it breaks
/// @param kind the shape of load or content within the rule, such as `torch-load`
/// @param severity after every proof that lowers or raises it
/// @param rank 0–100, orders findings of one severity; from the origin of the bytes
/// @param location where it is reported
/// @param message one sentence: what is wrong here and why
/// @param advice one sentence: what to write instead; empty where there is none
/// @param evidence the steps that led to it, in order
/// @param flows SARIF `codeFlows`: each a way by which data or an argument reaches the load
/// @param fixes ways to change the source so that it is no longer reported, best first
/// @param suppression the comment that accepts it, if any
/// @param properties machine-readable facts, such as `proof`, `origin`, `callee`, `weightsOnly`
public record Finding(
    RuleId rule,
    String kind,
    Severity severity,
    int rank,
    Location location,
    String message,
    String advice,
    List<Evidence> evidence,
    List<List<Evidence>> flows,
    List<Fix> fixes,
    Optional<Suppression> suppression,
    SortedMap<String, String> properties) {

  /// Path, then position, then rule and kind: the order of every output.
  public static final Comparator<Finding> ORDER = Finding::inOrder;

  // Written out: each of Comparator's own combinators costs a class at every start, which an AOT
  // cache cannot hold.
  private static int inOrder(Finding left, Finding right) {
    int order = left.location().path().compareTo(right.location().path());
    order = order != 0 ? order : Long.compare(left.offset(), right.offset());
    order = order != 0 ? order : left.rule().compareTo(right.rule());
    order = order != 0 ? order : left.kind().compareTo(right.kind());
    return order != 0 ? order : left.message().compareTo(right.message());
  }

  public Finding {
    if (rank < 0 || rank > 100) {
      throw new IllegalArgumentException("rank is 0 to 100, not " + rank);
    }
    evidence = List.copyOf(evidence);
    flows = flows.stream().map(List::copyOf).toList();
    fixes = List.copyOf(fixes);
    properties = new TreeMap<>(properties);
  }

  /// The same with another severity.
  public Finding with(Severity other) {
    return new Finding(
        rule,
        kind,
        other,
        rank,
        location,
        message,
        advice,
        evidence,
        flows,
        fixes,
        suppression,
        properties);
  }

  /// The same with these fixes, best first.
  public Finding withFixes(List<Fix> others) {
    return new Finding(
        rule,
        kind,
        severity,
        rank,
        location,
        message,
        advice,
        evidence,
        flows,
        others,
        suppression,
        properties);
  }

  /// The same, accepted by `other`; by nothing where it is empty.
  public Finding with(Optional<Suppression> other) {
    return new Finding(
        rule,
        kind,
        severity,
        rank,
        location,
        message,
        advice,
        evidence,
        flows,
        fixes,
        other,
        properties);
  }

  /// The same with these steps of evidence, in order.
  public Finding withEvidence(List<Evidence> others) {
    return new Finding(
        rule,
        kind,
        severity,
        rank,
        location,
        message,
        advice,
        others,
        flows,
        fixes,
        suppression,
        properties);
  }

  /// The same with one property more, or another value of it.
  public Finding withProperty(String name, String value) {
    SortedMap<String, String> more = new TreeMap<>(properties);
    more.put(name, value);
    return new Finding(
        rule,
        kind,
        severity,
        rank,
        location,
        message,
        advice,
        evidence,
        flows,
        fixes,
        suppression,
        more);
  }

  private long offset() {
    return switch (location) {
      case Location.Source source -> source.startByte();
      case Location.Artifact artifact -> artifact.offset();
      case Location.Whole _ -> 0;
    };
  }
}
