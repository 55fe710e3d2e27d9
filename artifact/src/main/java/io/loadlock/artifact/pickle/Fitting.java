package io.loadlock.artifact.pickle;

import io.loadlock.artifact.policy.Act;
import io.loadlock.artifact.policy.Ruling;
import io.loadlock.artifact.policy.Shape;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares arguments with the shapes of a row.
final class Fitting {
  /// Packages whose objects a symbolic constructor takes as they are. The texts of others are
  /// evaluated.
  private static final Set<String> SYMBOLIC = Set.of("sympy", "mpmath", "fractions", "gmpy2");

  /// Modules whose classes hold their items.
  private static final Set<String> CONTAINERS =
      Set.of("builtins", "__builtin__", "collections", "_collections");

  /// Those that make their items when asked, perhaps without end.
  private static final Set<String> LAZY = Set.of("range", "xrange", "zip", "enumerate", "reversed");

  private Fitting() {}

  /// @param arguments null where they are no plain sequence
  static Fit of(List<Shape> shapes, @Nullable List<Value> arguments, Grade grade) {
    if (arguments == null) {
      return anything(shapes) ? ofGrade(grade) : Fit.NO;
    }
    Fit worst = Fit.YES;
    int next = 0;
    for (Shape shape : shapes) {
      switch (shape.times()) {
        case ONCE -> {
          if (next == arguments.size()) {
            return Fit.NO;
          }
          worst = worst.worse(of(shape, arguments.get(next++)));
        }
        case OPTIONAL -> {
          if (next < arguments.size()) {
            worst = worst.worse(of(shape, arguments.get(next++)));
          }
        }
        case MANY -> {
          while (next < arguments.size()) {
            worst = worst.worse(of(shape, arguments.get(next++)));
          }
        }
      }
    }
    return next < arguments.size() ? Fit.NO : worst;
  }

  /// Whether these shapes say no more than `data*`.
  static boolean anything(List<Shape> shapes) {
    return shapes.size() == 1
        && onlyData(shapes.get(0))
        && shapes.get(0).times() == Shape.Times.MANY;
  }

  private static boolean onlyData(Shape shape) {
    return shape.kinds().size() == 1 && shape.kinds().contains(Shape.Kind.DATA);
  }

  /// For values that go wherever data may go.
  static Fit ofGrade(Grade grade) {
    return switch (grade) {
      case PLAIN, VETTED -> Fit.YES;
      case OPEN -> Fit.UNKNOWN;
      case HARMFUL -> Fit.NO;
    };
  }

  private static Fit of(Shape shape, Value value) {
    Optional<String> text = Folding.text(value);
    if (text.isPresent() && shape.texts().contains(text.get())) {
      return Fit.YES;
    }
    Callee callee = Judge.resolve(value);
    if (callee instanceof Callee.Named named && shape.names().contains(named.full())) {
      return Fit.YES;
    }
    Fit best = Fit.NO;
    for (Shape.Kind kind : shape.kinds()) {
      best = best.better(of(kind, value, callee));
    }
    return best;
  }

  private static Fit of(Shape.Kind kind, Value value, Callee callee) {
    return switch (kind) {
      case DATA -> ofGrade(Grade.hold(value));
      case TYPE -> type(callee, Act.NEW);
      case CLASS -> type(callee, Act.CALL);
      case KNOWN -> type(callee, null);
      case CONSTANT -> constant(callee);
      case BUILT -> built(callee);
      case PLAIN -> plain(value, callee);
      case FACTORY -> factory(value, callee, 0);
      case MADE -> yes(callee instanceof Callee.Made);
      case OPERAND -> operand(value, callee, 0);
      case TEXT -> yes(Folding.isText(value));
      case PICKLED -> yes(Folding.isBytes(value));
      case BYTES -> yes(Folding.isBytes(value));
      case INT ->
          yes(
              value instanceof Value.Int
                  || value instanceof Value.BigInt
                  || value instanceof Value.Bool);
      case BOOL -> yes(value instanceof Value.Bool);
      case NONE -> yes(value instanceof Value.None);
      case TUPLE -> value instanceof Value.Tuple ? ofGrade(Grade.hold(value)) : Fit.NO;
      case LIST -> value instanceof Value.ListValue ? ofGrade(Grade.hold(value)) : Fit.NO;
      case DICT -> value instanceof Value.Dict ? ofGrade(Grade.hold(value)) : Fit.NO;
    };
  }

  private static Fit operand(Value value, Callee callee, int depth) {
    return switch (value) {
      case Value.None _, Value.Bool _, Value.Int _, Value.BigInt _, Value.Float _ -> Fit.YES;
      case Value.Tuple tuple when depth < 8 -> {
        Fit worst = Fit.YES;
        for (Value item : tuple.items()) {
          worst = worst.worse(operand(item, Judge.resolve(item), depth + 1));
        }
        yield worst;
      }
      case Value.Global _ -> ofGrade(Grade.hold(value));
      case Value.Call _ ->
          callee instanceof Callee.InstanceOf(Callee.Named type) && symbolic(type.module())
              ? ofGrade(Grade.hold(value))
              : callee instanceof Callee.Member ? Fit.YES : Fit.NO;
      default -> Fit.NO;
    };
  }

  private static boolean symbolic(String module) {
    int dot = module.indexOf('.');
    return SYMBOLIC.contains(dot < 0 ? module : module.substring(0, dot));
  }

  /// Constructors that walk through their argument, or ask it for a text or number, run methods of
  /// its class that no row speaks of.
  private static Fit plain(Value value, Callee callee) {
    Fit data = ofGrade(Grade.hold(value));
    boolean asks =
        callee instanceof Callee.InstanceOf(Callee.Named type)
            && (!CONTAINERS.contains(type.module()) || LAZY.contains(type.name()));
    return asks ? data.worse(Fit.UNKNOWN) : data;
  }

  private static Fit yes(boolean holds) {
    return holds ? Fit.YES : Fit.NO;
  }

  private static Fit type(Callee callee, @Nullable Act act) {
    if (callee instanceof Callee.Opaque || callee instanceof Callee.Made) {
      return Fit.UNKNOWN;
    }
    if (!(callee instanceof Callee.Named named)) {
      return Fit.NO;
    }
    return switch (named.ruling()) {
      case Ruling.Type type ->
          act == null
              ? Fit.YES
              : type.objection(act)
                  .map(open -> open.harmful() ? Fit.NO : Fit.UNKNOWN)
                  .orElse(Fit.YES);
      case Ruling.Unlisted(var kind, _) ->
          kind == Ruling.Unlisted.Kind.CLASS ? Fit.UNKNOWN : Fit.NO;
      case Ruling.Stranger _ -> Fit.UNKNOWN;
      case Ruling.Function _, Ruling.Kept _, Ruling.Constant _, Ruling.Harmful _ -> Fit.NO;
    };
  }

  /// A class that gets a state which nobody looks through.
  private static Fit built(Callee callee) {
    boolean loads =
        callee instanceof Callee.Named named
            && named.ruling() instanceof Ruling.Type type
            && !type.states().isEmpty();
    return loads ? Fit.NO : type(callee, Act.NEW).worse(type(callee, Act.BUILD));
  }

  private static Fit constant(Callee callee) {
    return callee instanceof Callee.Named named && named.ruling() instanceof Ruling.Constant
        ? Fit.YES
        : Fit.NO;
  }

  /// Something that will be called later.
  static Fit factory(Value value) {
    return factory(value, Judge.resolve(value), 0);
  }

  /// `partial(partial(…))` nests, so the depth is bounded.
  private static Fit factory(Value value, Callee callee, int depth) {
    if (value instanceof Value.None) {
      return Fit.YES;
    }
    return switch (callee) {
      case Callee.Named named -> factory(named.ruling());
      case Callee.Keeping(_, Value inner, _, _) ->
          depth > 8
              ? Fit.UNKNOWN
              : Folding.isText(inner) ? Fit.YES : factory(inner, Judge.resolve(inner), depth + 1);
      case Callee.InstanceOf _ -> ofGrade(Grade.hold(value));
      case Callee.Constructor(Callee.Named type) -> type(type, Act.NEW);
      case Callee.Member _, Callee.Made _, Callee.Opaque _ -> Fit.UNKNOWN;
      case Callee.Returned _, Callee.Data _, Callee.Module _ -> Fit.NO;
    };
  }

  /// A class of a known library whose `__init__` nobody vetted may be named, so it may be kept as
  /// well: who calls it later gives it what he has.
  private static Fit factory(Ruling ruling) {
    return switch (ruling) {
      case Ruling.Type type -> yes(type.objection(Act.CALL).filter(Ruling.Open::harmful).isEmpty());
      case Ruling.Function(var gives, _, _) -> yes(!gives.reaches());
      case Ruling.Kept _ -> Fit.YES;
      case Ruling.Unlisted(var kind, _) ->
          kind == Ruling.Unlisted.Kind.CLASS ? Fit.UNKNOWN : Fit.NO;
      case Ruling.Stranger _ -> Fit.UNKNOWN;
      case Ruling.Constant _, Ruling.Harmful _ -> Fit.NO;
    };
  }
}
