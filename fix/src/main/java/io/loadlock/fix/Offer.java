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

  /// The same, saying what can be done instead where there is no fix.
  public Offer instead(String clause) {
    return fixes.isEmpty() ? none(reason + "; " + clause) : this;
  }

  /// The same with one fix more: first, if `better` and none is proven, else last. A reason counts
  /// only while there is no fix at all.
  public Offer with(Fix other, boolean better) {
    List<Fix> all = new ArrayList<>(fixes);
    boolean proven = fixes.stream().anyMatch(fix -> fix.tier() == Fix.Tier.SAFE);
    all.add(better && !proven ? 0 : all.size(), other);
    return new Offer(all, "");
  }
}
