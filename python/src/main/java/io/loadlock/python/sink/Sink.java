package io.loadlock.python.sink;

import io.loadlock.core.Severity;
import java.util.List;
import java.util.Optional;

/// One row: a callable that runs what it loads.
///
/// @param names every public dotted name of it, canonical one first, such as `torch.load`, `torch.serialization.load`.
///     A method is `module.Class.method`
/// @param kind what findings are called, such as `torch-load`
/// @param severity before any proof
/// @param safety the argument that makes a call safe, where there is one
/// @param subject which parameter holds the path, file or bytes that are loaded
/// @param codes the same weakness in other tools' words, such as `B614`, `S301`; a coded suppression matches these
/// @param advice what to write instead, one sentence
/// @param source where in the library's own source this was read, such as `torch 2.15.0 torch/serialization.py load`
public record Sink(
    List<String> names,
    String kind,
    Severity severity,
    Optional<Safety> safety,
    Optional<Subject> subject,
    List<String> codes,
    String advice,
    String source) {
  public Sink {
    names = List.copyOf(names);
    codes = List.copyOf(codes);
    if (names.isEmpty()) {
      throw new IllegalArgumentException("a sink has a name");
    }
  }

  /// The first of its names.
  public String name() {
    return names.getFirst();
  }

  /// An argument that decides.
  ///
  /// @param parameter its keyword, such as `weights_only`
  /// @param position from 0, or -1 where it is keyword-only
  /// @param condition which values make the call safe
  /// @param absent what a call without it is, from which library version on
  public record Safety(String parameter, int position, Condition condition, List<Default> absent) {
    public Safety {
      absent = List.copyOf(absent);
    }
  }

  /// Which values of the deciding argument make a call safe.
  public enum Condition {
    /// Safe when it must be true: `weights_only=True`. Anything else, unknown included, is reported.
    MUST_BE_TRUE,
    /// Safe unless it may be true: `allow_pickle`. Explicit and unknown is reported.
    MUST_BE_FALSE,
    /// Safe when given and not None: a callback or a module that restricts.
    MUST_BE_GIVEN
  }

  /// What a call without the argument means.
  ///
  /// @param since the first version of `distribution` of which this holds, such as `2.6`; empty for 'from the start'
  /// @param safe whether it is safe
  /// @param distribution whose version decides, such as `torch`
  public record Default(String since, boolean safe, String distribution) {}

  /// The parameter that is loaded.
  ///
  /// @param parameter its keyword; empty where it is positional-only
  /// @param position from 0
  public record Subject(String parameter, int position) {}
}
