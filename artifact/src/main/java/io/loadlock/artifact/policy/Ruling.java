package io.loadlock.artifact.policy;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the policy knows of one `(module, name)`.
public sealed interface Ruling {
  /// One clause for the report.
  String why();

  /// A function that may be called with arguments of these shapes, in this order. With any other
  /// arguments it is *runs-code*. As a reference it is data wherever it flows.
  record Function(Gives gives, List<Shape> arguments, String why) implements Ruling {
    public Function {
      arguments = List.copyOf(arguments);
    }
  }

  /// A function that is harmless to keep, even where a library calls it later (`numpy.log1p`,
  /// `torch.nn.functional.relu`), but that no load calls: called, it is *runs-code*.
  record Kept(String why) implements Ruling {}

  /// A class. Naming it is data.
  ///
  /// @param arguments shapes for [Act#CALL]; `data*` unless a row is stricter
  /// @param open hooks that nobody vetted, or that do harm
  /// @param states what `__setstate__` does with values of the state, by their keys
  record Type(List<Shape> arguments, Map<Hook, Open> open, Map<String, StateUse> states, String why)
      implements Ruling {
    public Type {
      arguments = List.copyOf(arguments);
      states = Map.copyOf(states);
      open = open.isEmpty() ? Map.of() : new EnumMap<>(open);
    }

    /// Why this act is not data, worst first; empty when it is.
    public Optional<Open> objection(Act act) {
      Open worst = null;
      for (Hook hook : act.hooks()) {
        Open open = this.open.get(hook);
        if (open != null && (worst == null || open.harmful() && !worst.harmful())) {
          worst = open;
        }
      }
      return Optional.ofNullable(worst);
    }
  }

  /// What a `__setstate__` does with a part of its state.
  enum StateUse {
    /// Unpickles it, or hands it to `torch.load`.
    LOADS,
    /// Evaluates it as a formula of patsy, whose terms are Python.
    FORMULA
  }

  /// A constant or a ready-made instance, such as `torch.float32`.
  record Constant(String why) implements Ruling {}

  /// A function or class known to do harm when called, instantiated or built: *runs-code*. Where it
  /// is only named it should still be shown; kept in a state or a slot that a library calls later,
  /// it is *runs-code* as well.
  ///
  /// @param why what it can do, such as `runs a shell command`
  record Harmful(String why) implements Ruling {}

  /// No row, in a package that has rows.
  record Unlisted(Kind kind, String why) implements Ruling {
    public enum Kind {
      /// No class of a module that was read: *runs-code* when called.
      FUNCTION,
      /// Spelt like a class, yet not in the versions read: *unknown-code* however used.
      CLASS,
      /// Reaches an attribute through a dot: *runs-code* when called.
      DOTTED
    }
  }

  /// A package without rows, the user's own `__main__` included: *unknown-code*.
  record Stranger(String why) implements Ruling {}

  /// A method of a class that a load would reach and that no row vets.
  ///
  /// @param harmful known to do harm: *runs-code*; else *unknown-code*
  record Open(boolean harmful, String why) {}

  /// What a vetted function's call amounts to.
  enum Gives {
    /// Data.
    DATA,
    /// Data that the program shares, such as a logger by its name: not the file's to change.
    SHARED,
    /// The class of its first argument.
    CLASS,
    /// An instance of the class that is its first argument, made with [Act#NEW].
    INSTANCE,
    /// The attribute of the first argument that the second names: a name with an inner dot where
    /// the first is a reference, a bound method or field where it is an instance. Calling the
    /// result needs a ruling of its own.
    ATTRIBUTE,
    /// Something that calls its first argument when it is called itself, one way or another.
    CALLABLE,
    /// `functools.partial`: calls its first argument with the others and those that it gets itself.
    PARTIAL,
    /// What the bytes in its first argument give when they are unpickled: read them as a pickle.
    PICKLE,
    /// What the bytes in its first argument give to `torch.load`: read them as a torch file.
    TORCH,
    /// A module, or the attribute behind the last dot, by the name in its first argument: judge
    /// that name.
    MODULE,
    /// The class of `types` or `builtins` that the text in its first argument names: judge that
    /// name.
    BUILTIN,
    /// The global whose module is the text in the first argument and whose name is the text in the
    /// second.
    GLOBAL,
    /// What its first argument returns when called with the tuple that is the third (torch's
    /// `_rebuild_from_type_v2`): judge that call.
    APPLY,
    /// What its first argument returns when called with the remaining ones (`functools.partial`'s
    /// call, `apply`).
    INVOKE,
    /// A function, class or code object made from code that the file itself holds: *unknown-code*,
    /// and *runs-code* when the result is called.
    CODE;

    /// Whether the function reaches code, names or files that its arguments spell: called by
    /// anybody but the file, with arguments that are not seen, it could do anything.
    public boolean reaches() {
      return switch (this) {
        case DATA, SHARED, CLASS, INSTANCE, CALLABLE, PARTIAL -> false;
        case ATTRIBUTE, PICKLE, TORCH, MODULE, BUILTIN, GLOBAL, APPLY, INVOKE, CODE -> true;
      };
    }
  }
}
