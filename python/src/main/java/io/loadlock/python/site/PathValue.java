package io.loadlock.python.site;

import java.util.List;

/// What the source shows of an argument, above all of the path, file or bytes that a load reads: a
/// small expression over constants, reduced from the abstract values at the call. Nothing is looked
/// up; that is the linker's work.
public sealed interface PathValue {
  /// A constant text.
  record Text(String value) implements PathValue {}

  /// A constant that is no text, as Python writes it: `True`, `None`, `3`, `b'\x80'`.
  record Literal(String python) implements PathValue {}

  /// `os.path.join(…)`, `Path(…, …)`, `a / b`: parts with a separator between them.
  record Joined(List<PathValue> parts) implements PathValue {
    public Joined {
      parts = List.copyOf(parts);
    }
  }

  /// `a + b`, f-strings, `%` and `format`: parts without a separator.
  record Concatenated(List<PathValue> parts) implements PathValue {
    public Concatenated {
      parts = List.copyOf(parts);
    }
  }

  /// One of several, in no order that matters.
  record OneOf(List<PathValue> values) implements PathValue {
    public OneOf {
      values = List.copyOf(values);
    }
  }

  /// `__file__` of the module at `path` (as the source tree names it).
  record ThisFile(String path) implements PathValue {}

  /// `os.path.dirname(of)`, `of.parent`.
  record Parent(PathValue of) implements PathValue {}

  /// The content of a file that is opened or read: `open(of)`, `of.open()`, `of.read_bytes()`,
  /// `BytesIO(…)`.
  record Content(PathValue of) implements PathValue {}

  /// What a function of a library returns, such as `huggingface_hub.hf_hub_download`.
  ///
  /// @param function its canonical dotted name
  record Result(String function, List<GivenArgument> arguments) implements PathValue {
    public Result {
      arguments = List.copyOf(arguments);
    }
  }

  /// A parameter of the enclosing function, of whose values the callers decide.
  ///
  /// @param possible what its default and the known callers pass; empty when nothing is known
  record Parameter(String function, String name, List<PathValue> possible) implements PathValue {
    public Parameter {
      possible = List.copyOf(possible);
    }
  }

  /// What a configuration file says under a key, at whatever depth.
  ///
  /// @param file where the configuration is
  record Setting(PathValue file, String key) implements PathValue {}

  /// @param reason one clause, such as `the result of an unknown function`
  record Unknown(String reason) implements PathValue {}
}
