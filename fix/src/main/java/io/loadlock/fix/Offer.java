package io.loadlock.fix;

import io.loadlock.core.Fix;
import java.util.ArrayList;
import java.util.List;

/// What can be done about one load.
///
/// @param fixes best first
/// @param reason one clause: why there is none, or why the obvious one is not among them; empty
///   where nothing is to be said
public record Offer(List<Fix> fixes, String reason) {
  /// Of loads that nobody wants to fix.
  public static final Offer NOTHING = new Offer(List.of(), "");

  public Offer {
    fixes = List.copyOf(fixes);
  }

  static Offer of(Fix fix) {
    return new Offer(List.of(fix), "");
  }

  static Offer none(String reason) {
    return new Offer(List.of(), reason);
  }

  /// What `others` adds comes behind; a reason counts only while there is no fix at all.
  Offer or(List<Fix> others) {
    List<Fix> all = new ArrayList<>(fixes);
    all.addAll(others);
    return new Offer(all, all.isEmpty() ? reason : "");
  }
}
