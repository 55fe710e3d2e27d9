package io.loadlock.artifact.pickle;

import java.util.List;

/// The worst reference that a value holds, mildest first.
enum Grade {
  /// None at all.
  PLAIN,
  /// Vetted classes, functions and constants.
  VETTED,
  /// Something that nobody vetted.
  OPEN,
  /// Something known to do harm.
  HARMFUL;

  Grade worse(Grade other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /// The grade of an item, which from now on counts as held by something.
  static Grade hold(Value value) {
    return switch (value) {
      case Value.Tuple tuple -> tuple.grade;
      case Value.Mutable mutable -> {
        mutable.held = true;
        yield mutable.grade;
      }
      case Value.Global global -> global.target.held();
      case Value.Persistent persistent -> hold(persistent.id());
      case Value.Extension _, Value.Unknown _ -> OPEN;
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.BigInt _,
          Value.Float _,
          Value.Text _,
          Value.LongText _,
          Value.Bytes _,
          Value.Buffer _,
          Value.Array _ ->
          PLAIN;
    };
  }

  static Grade hold(List<Value> values) {
    Grade worst = PLAIN;
    for (Value value : values) {
      worst = worst.worse(hold(value));
    }
    return worst;
  }
}
