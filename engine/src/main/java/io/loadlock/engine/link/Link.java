package io.loadlock.engine.link;

import java.util.List;

/// Where the value that a load reads leads to.
public sealed interface Link {
  /// To files of this machine: all that the value can be.
  ///
  /// @param files sorted by path, at least one
  /// @param all false when the value can be something else besides
  record Files(List<Linked> files, boolean all) implements Link {
    public Files {
      files = List.copyOf(files);
    }

    /// Whether there is one file that it can be, and nothing else.
    public boolean certain() {
      return all && files.size() == 1;
    }
  }

  /// To no file.
  ///
  /// @param reason one clause, such as `weights/best.pt is not here`
  /// @param missing the file that would be it; empty where that is not known
  record Nothing(String reason, String missing) implements Link {
    public Nothing(String reason) {
      this(reason, "");
    }
  }
}
