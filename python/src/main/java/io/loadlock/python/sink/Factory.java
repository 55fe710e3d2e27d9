package io.loadlock.python.sink;

import java.util.List;

/// Functions and methods whose result is an instance of a class that has sinks:
/// `zmq.Context.socket` makes a `zmq.Socket`. A class that owns sinks or factories needs no row:
/// calling it makes an instance of it.
///
/// @param names dotted names of the functions or methods
/// @param makes the class of the result; of each member where `members` is above 1
/// @param members 1 for the instance itself, 2 for a pair such as `multiprocessing.Pipe()` returns
public record Factory(List<String> names, String makes, int members) {
  public Factory {
    names = List.copyOf(names);
  }

  /// Functions that return the instance itself.
  public static Factory of(String makes, String... names) {
    return new Factory(List.of(names), makes, 1);
  }

  /// Functions that return two of them.
  public static Factory pair(String makes, String... names) {
    return new Factory(List.of(names), makes, 2);
  }
}
