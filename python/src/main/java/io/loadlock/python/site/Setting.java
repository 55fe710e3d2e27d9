package io.loadlock.python.site;

import io.loadlock.core.Location;
import java.util.List;

/// Something in a source that is no load itself and changes what other loads do, or that a user
/// asked to see.
public sealed interface Setting {
  Location.Source location();

  /// An environment variable is set: `os.environ['X'] = '1'`, `os.putenv`, `environ.setdefault`,
  /// `monkeypatch.setenv`.
  ///
  /// @param variable such as `TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD`
  /// @param value what the source shows of it
  record Environment(Location.Source location, String variable, PathValue value)
      implements Setting {}

  /// A function of a library is replaced: `torch.load = …`, `setattr(torch, 'load', …)`,
  /// `mock.patch('torch.load')`.
  ///
  /// @param function its canonical dotted name
  /// @param safety what the replacement makes of the deciding argument of each call that does not
  ///   give it
  record Patched(Location.Source location, String function, LoadSite.Safety safety)
      implements Setting {}

  /// Names are allowed under `weights_only=True`: `add_safe_globals([…])`, `safe_globals([…])`.
  ///
  /// @param names those that could be resolved, dotted
  /// @param complete false when there may be others
  record Allowed(Location.Source location, List<String> names, boolean complete)
      implements Setting {
    public Allowed {
      names = List.copyOf(names);
    }
  }

  /// The import of a module whose only use is to unpickle.
  record Imported(Location.Source location, String module) implements Setting {}
}
