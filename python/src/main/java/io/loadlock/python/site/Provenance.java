package io.loadlock.python.site;

import io.loadlock.core.Evidence;
import io.loadlock.core.Location;
import io.loadlock.python.origin.Origin;
import java.util.List;
import java.util.Optional;

/// Where the path or the bytes of a load come from: the farthest of all that may reach it.
///
/// @param clause what a sentence says of them, behind its subject, such as `is sent by a client`;
///   empty where there is nothing worth saying
/// @param source how the program writes the source, such as `request.files['model']`; empty where
///   no expression stands for it
/// @param where that expression
/// @param flows the ways from sources outside of the program to the load, each from its source on;
///   the farthest first
public record Provenance(
    Origin origin,
    String clause,
    String source,
    Optional<Location.Source> where,
    List<List<Evidence>> flows) {
  public Provenance {
    flows = flows.stream().map(List::copyOf).toList();
  }

  /// Nothing is known of it.
  public static final Provenance UNKNOWN = of(Origin.UNKNOWN);

  /// An origin that no expression shows.
  public static Provenance of(Origin origin) {
    return new Provenance(origin, origin.clause(), "", Optional.empty(), List.of());
  }
}
