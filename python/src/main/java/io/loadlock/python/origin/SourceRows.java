package io.loadlock.python.origin;

import io.loadlock.python.origin.Source.Shape;
import java.util.ArrayList;
import java.util.List;

/// A table of sources as it is written down.
final class SourceRows {
  private final List<Source> rows = new ArrayList<>();

  /// Functions, classes, objects and modules whose data comes from there.
  SourceRows values(Origin origin, String clause, String... names) {
    return add(Shape.VALUE, origin, clause, names);
  }

  /// Decorators and functions that hand data to the functions they get.
  SourceRows routes(Origin origin, String clause, String... names) {
    return add(Shape.ROUTE, origin, clause, names);
  }

  /// The same, as methods of classes.
  SourceRows routes(Origin origin, String clause, List<String> owners, String... methods) {
    for (String owner : owners) {
      for (String method : methods) {
        rows.add(new Source(owner + "." + method, Shape.ROUTE, origin, clause));
      }
    }
    return this;
  }

  /// Types of parameters, and bases of classes whose methods a framework calls.
  SourceRows types(Origin origin, String clause, String... names) {
    return add(Shape.TYPE, origin, clause, names);
  }

  /// Attributes and methods of a parameter called `request`.
  SourceRows requests(Origin origin, String clause, String... names) {
    return add(Shape.REQUEST, origin, clause, names);
  }

  private SourceRows add(Shape shape, Origin origin, String clause, String... names) {
    for (String name : names) {
      rows.add(new Source(name, shape, origin, clause));
    }
    return this;
  }

  List<Source> rows() {
    return List.copyOf(rows);
  }
}
