package io.loadlock.fix;

import java.util.List;

/// What is known of the file behind a load, as far as the safe call is concerned.
public sealed interface Proof {
  /// Every file that the line can load is accepted by the safe call, under every version that the
  /// project allows.
  ///
  /// @param why one clause, such as `weights/detector.pt holds tensors and an OrderedDict`
  record WillLoad(boolean proven, String why) implements Proof {}

  /// They are accepted after these names are allowed, each of which was vetted.
  ///
  /// @param names dotted, such as `argparse.Namespace`
  /// @param proven as in [WillLoad]
  record NeedsAllowing(List<String> names, boolean proven, String why) implements Proof {
    public NeedsAllowing {
      names = List.copyOf(names);
    }
  }

  /// They would be refused whatever is allowed: no rewriting of the call helps.
  record Refused(String why) implements Proof {}

  /// Nothing is known.
  record None() implements Proof {}

  Proof NONE = new None();
}
