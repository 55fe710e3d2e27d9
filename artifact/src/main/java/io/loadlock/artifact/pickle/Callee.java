package io.loadlock.artifact.pickle;

import io.loadlock.artifact.policy.Ruling;

/// What a value is to those who call it, build it or change it.
sealed interface Callee {
  /// How bad it is to keep a reference to it.
  Grade grade();

  /// A module's attribute.
  record Named(String module, String name, Ruling ruling) implements Callee {
    String full() {
      return module + "." + name;
    }

    @Override
    public Grade grade() {
      return switch (ruling) {
        case Ruling.Function _, Ruling.Kept _, Ruling.Type _, Ruling.Constant _ -> Grade.VETTED;
        case Ruling.Unlisted _, Ruling.Stranger _ -> Grade.OPEN;
        case Ruling.Harmful _ -> Grade.HARMFUL;
      };
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
  record Returned(Named function) implements Callee {
    @Override
    public Grade grade() {
      return Grade.VETTED;
    }
  }

  /// Something that calls `function` when it is called itself, as `functools.partial` does.
  record Keeping(Named maker, Value function) implements Callee {
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
