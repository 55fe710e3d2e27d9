package io.loadlock.artifact;

import java.util.List;
import java.util.SortedMap;

/// What `torch.load(weights_only=True)` says to a file. Kept per release whose source was read.
public sealed interface WeightsOnly {
  /// Loads as it is.
  record Accept() implements WeightsOnly {}

  /// Loads once all of these are allowed with `torch.serialization.add_safe_globals`.
  ///
  /// @param allow `module.name` in the order in which torch asks for them, those included that the
  ///   file does not name, such as `numpy.dtypes.Float64DType`
  /// @param vetted whether the policy vets each of them, so that allowing them is no risk
  record AcceptAfter(List<String> allow, boolean vetted) implements WeightsOnly {
    public AcceptAfter {
      allow = List.copyOf(allow);
    }

    /// The one that torch's message names.
    public String first() {
      return allow.get(0);
    }
  }

  /// Does not load, whatever is allowed.
  ///
  /// @param why what stands in the way, in torch's own words where it has any
  /// @param globals what torch would have asked for before that; the first of them is what its
  ///   message names
  record Refused(String why, List<String> globals) implements WeightsOnly {
    public Refused {
      globals = List.copyOf(globals);
    }
  }

  record Unknown(String why) implements WeightsOnly {}

  /// `accept`, `accept-after-allowing`, `refused` or `unknown`.
  default String word() {
    return switch (this) {
      case Accept _ -> "accept";
      case AcceptAfter _ -> "accept-after-allowing";
      case Refused _ -> "refused";
      case Unknown _ -> "unknown";
    };
  }

  /// The answer of a release: its own where its source was read; between two that were, what both
  /// say.
  ///
  /// @param answers by release
  static WeightsOnly of(SortedMap<TorchVersion, WeightsOnly> answers, TorchVersion version) {
    WeightsOnly own = answers.get(version);
    if (own != null) {
      return own;
    }
    SortedMap<TorchVersion, WeightsOnly> before = answers.headMap(version);
    SortedMap<TorchVersion, WeightsOnly> after = answers.tailMap(version);
    if (before.isEmpty() || after.isEmpty()) {
      return new Unknown("the source of torch " + version + " was not read");
    }
    WeightsOnly lower = answers.get(before.lastKey());
    return lower != null && lower.equals(answers.get(after.firstKey()))
        ? lower
        : new Unknown(
            "torch "
                + before.lastKey()
                + " and "
                + after.firstKey()
                + " differ, and the source of "
                + version
                + " was not read");
  }
}
