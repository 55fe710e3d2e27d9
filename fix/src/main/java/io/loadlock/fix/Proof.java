package io.loadlock.fix;

import java.util.List;

/// What is known of the file behind a load, as far as the safe call is concerned.
public sealed interface Proof {
  /// Every file that the line can load is accepted by the safe call, under every version that the
  /// project allows.
  ///
  /// @param why one clause, such as `weights/detector.pt holds tensors and an OrderedDict`
  record WillLoad(boolean proven, String why) implements Proof {}

  /// They are accepted after these types are allowed, each of which was vetted.
  ///
  /// @param proven as in [WillLoad]
  /// @param scoped whether each of these versions has the context manager `safe_globals`
  record NeedsAllowing(List<Type> types, boolean proven, boolean scoped, String why)
      implements Proof {
    public NeedsAllowing {
      types = List.copyOf(types);
    }

    /// Their dotted names.
    List<String> names() {
      return types.stream().map(Type::dotted).toList();
    }
  }

  /// A type or function that a file names.
  ///
  /// @param module such as `argparse`
  /// @param name within it, such as `Namespace`
  /// @param spelled whether its name has to be said as well, because the object gives itself
  ///   another one in some release of its library
  record Type(String module, String name, boolean spelled) {
    String dotted() {
      return module + "." + name;
    }
  }

  /// They would be refused whatever is allowed: no rewriting of the call helps.
  record Refused(String why) implements Proof {}

  /// Nothing is known.
  record None() implements Proof {}

  Proof NONE = new None();
}
