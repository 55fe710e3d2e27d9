package io.loadlock.engine.judge;

import io.loadlock.core.Evidence;
import io.loadlock.core.Severity;
import java.util.List;
import java.util.Optional;

/// What the argument of a call, and the versions that the project proves, make of it.
///
/// @param severity before proofs from outside of the call
/// @param reason one clause, such as `weights_only is False`; empty where the function alone is
///   reason enough
/// @param argument the deciding argument: `none`, `absent`, `unsafe`, `unknown` or `safe`
/// @param proof what the versions prove
/// @param evidence what shows it
record Assessment(
    Severity severity,
    String reason,
    String argument,
    Optional<Proof> proof,
    List<Evidence> evidence) {
  Assessment {
    evidence = List.copyOf(evidence);
  }
}
