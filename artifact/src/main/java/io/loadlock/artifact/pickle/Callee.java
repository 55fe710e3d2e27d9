package io.loadlock.artifact.pickle;

import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.policy.Ruling;
import java.util.List;

/// What a value is to those who call it, build it or change it.
sealed interface Callee {
  /// How bad a reference to it is.
  Grade grade();

  /// How bad it is to keep it where a library may call it: an iterator calls its `collate_fn`, a
  /// dict its factory.
  default Grade held() {
    return grade();
  }

  /// A module's attribute. One object for each name of a file, which is asked for at every call: it
  /// keeps what it has worked out.
  final class Named implements Callee {
    private final String module;
    private final String name;
    private final Ruling ruling;
    private final String full;
    private final Grade grade;
    private final boolean plain;

    Named(String module, String name, Ruling ruling) {
      this.module = module;
      this.name = name;
      this.ruling = ruling;
      this.full = module + "." + name;
      this.grade =
          switch (ruling) {
            case Ruling.Function _, Ruling.Kept _, Ruling.Type _, Ruling.Constant _ -> Grade.VETTED;
            case Ruling.Unlisted _, Ruling.Stranger _ -> Grade.OPEN;
            case Ruling.Harmful _ -> Grade.HARMFUL;
          };
      this.plain = PlainNames.contains(module, ruling);
    }

    String module() {
      return module;
    }

    String name() {
      return name;
    }

    Ruling ruling() {
      return ruling;
    }

    /// `module.name`
    String full() {
      return full;
    }

    /// The verdict of a use that nothing speaks against.
    Verdict vetted() {
      return plain ? Verdict.PLAIN_DATA : Verdict.NEEDS_TYPES;
    }

    @Override
    public Grade grade() {
      return grade;
    }

    /// What may be called with known arguments only is no callback: what it gets later is not
    /// known.
    @Override
    public Grade held() {
      return ruling instanceof Ruling.Function(var gives, _, _) && gives.reaches()
          ? Grade.HARMFUL
          : grade;
    }
  }

  /// `__new__` of a class: what protocols 2 and 3 call with keywords, through a partial.
  record Constructor(Named type) implements Callee {
    @Override
    public Grade grade() {
      return type.grade();
    }
  }

  /// A whole module.
  record Module(String name, boolean known) implements Callee {
    @Override
    public Grade grade() {
      return known ? Grade.VETTED : Grade.OPEN;
    }
  }

  /// An instance of a class.
  record InstanceOf(Named type) implements Callee {
    @Override
    public Grade grade() {
      return type.ruling() instanceof Ruling.Harmful ? Grade.OPEN : type.grade();
    }
  }

  /// An attribute of a vetted class or of an instance: a bound method, a member of an enum, a
  /// nested class. Harmless to keep; called, the row of the dotted name decides.
  record Member(Named name) implements Callee {
    @Override
    public Grade grade() {
      return Grade.VETTED;
    }
  }

  /// What a vetted function returned: data, of a class that the function decides.
  ///
  /// @param foreign it may be something that the program has besides: what the function was given,
  ///   or what it shares with everybody
  record Returned(Named function, boolean foreign) implements Callee {
    @Override
    public Grade grade() {
      return Grade.VETTED;
    }
  }

  /// Something that calls `function` when it is called itself, as `functools.partial` does.
  ///
  /// @param bound arguments that it puts before its own
  /// @param keywords the dict that it adds to them, None where there is none
  record Keeping(Named maker, Value function, List<Value> bound, Value keywords) implements Callee {
    /// Whether it calls with exactly the arguments that it keeps and those it gets.
    boolean partial() {
      return maker.ruling() instanceof Ruling.Function(var gives, _, _)
          && gives == Ruling.Gives.PARTIAL;
    }

    boolean keywordless() {
      return keywords instanceof Value.None
          || keywords instanceof Value.Dict dict && dict.entries().isEmpty();
    }

    @Override
    public Grade grade() {
      return Grade.hold(function).worse(Grade.VETTED);
    }
  }

  /// A function, class or code object made from code that the file holds.
  record Made(String maker) implements Callee {
    @Override
    public Grade grade() {
      return Grade.OPEN;
    }
  }

  /// A container, number or text.
  record Data(String type) implements Callee {
    @Override
    public Grade grade() {
      return Grade.PLAIN;
    }
  }

  /// Not known from the file alone.
  record Opaque(String why) implements Callee {
    static final Opaque UNJUDGED = new Opaque("nobody asked what it is");

    @Override
    public Grade grade() {
      return Grade.OPEN;
    }
  }
}
