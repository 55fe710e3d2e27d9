package io.loadlock.packaging;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the compiler links late, in all the forms that are linked early. [EarlyLinkingTest] runs
/// this class as it was compiled and as it was rewritten, and compares.
public final class Samples implements Function<Object, String> {
  sealed interface Shape {
    // A switch in an interface calls an interface's method.
    default String word() {
      return switch (this) {
        case Circle circle when circle.radius() > 10 -> "large circle";
        case Circle _ -> "circle";
        case Point(int x, var label) when x == 0 -> "on the axis: " + label;
        case Point _ -> "point";
        case Nothing _ -> "nothing";
      };
    }
  }

  record Circle(double radius) implements Shape {}

  record Point(int x, Object label) implements Shape {}

  record Nothing() implements Shape {}

  record All(
      boolean truth,
      byte octet,
      char letter,
      short small,
      int number,
      long big,
      float real,
      double precise,
      String text,
      Object any,
      int @Nullable [] array) {}

  @Override
  public String apply(@Nullable Object given) {
    record Local(@Nullable Object inner) {}
    String word = given instanceof Shape shape ? shape.word() : "no shape";
    return String.join(
        "; ", word, kind(given), text(given), new Local(given).toString(), same(given));
  }

  private static String kind(@Nullable Object given) {
    return switch (given) {
      case null -> "null";
      case String text when text.isEmpty() -> "empty";
      case String _ -> "text";
      case Integer number when number < 0 -> "negative";
      case Number _ -> "number";
      case List<?> list when list.size() > 1 -> "list";
      case int[] _ -> "array";
      default -> "other";
    };
  }

  private static String text(@Nullable Object given) {
    return switch (String.valueOf(given)) {
      case "Aa", "BB" -> "the same hash";
      case String text when text.startsWith("A") -> "begins with A";
      case String _ -> "any";
    };
  }

  /// How `given` and another of its kind compare.
  private static String same(@Nullable Object given) {
    Object other =
        switch (given) {
          case Circle circle -> new Circle(circle.radius() + 0.0);
          case Point point -> new Point(point.x(), String.valueOf(point.label()));
          case null, default -> new Nothing();
        };
    return (other.equals(given) ? "equal " : "different ") + other.hashCode();
  }

  /// Values of every kind of component; `variant` changes one of them.
  private static All all(int variant) {
    return new All(
        variant != 1,
        (byte) (variant == 2 ? 1 : -1),
        variant == 3 ? 'a' : 'b',
        (short) (variant == 4 ? 1 : 2),
        variant == 5 ? 1 : 2,
        variant == 6 ? 1L << 40 : 2,
        variant == 7 ? Float.NaN : -0f,
        variant == 8 ? Double.NaN : -0.0,
        variant == 9 ? "x" : "y",
        variant == 10 ? List.of(1) : List.of(2),
        variant == 11 ? null : ARRAY);
  }

  private static final int[] ARRAY = {1};

  /// What was said of an array, without what differs from run to run.
  static String named(String said, @Nullable Object array) {
    return said.replace("[I@" + Integer.toHexString(System.identityHashCode(array)), "array");
  }

  /// What two of the records answer.
  @SuppressWarnings({"SelfEquals", "EqualsIncompatibleType"}) // what is asked of them here
  public static String records(int left, int right) {
    All one = all(left);
    All two = all(right);
    return one.equals(two)
        + " "
        + one.equals(one)
        + " "
        + one.equals("")
        + " "
        + (one.hashCode() == two.hashCode())
        + " "
        + named(one.toString(), one.array());
  }

  /// What is given to [#apply].
  public static List<Object> inputs() {
    return List.of(
        "",
        "A",
        "Aa",
        "BB",
        1,
        -1,
        2.5,
        List.of(),
        List.of(1, 2),
        new int[0],
        new Circle(1),
        new Circle(11),
        new Circle(Double.NaN),
        new Circle(-0.0),
        new Point(0, "a"),
        new Point(1, "b"),
        new Nothing());
  }
}
