package io.loadlock.python.value;

/// What is bounded, so that every chain of growing values ends.
interface Sized {
  /// How many composite values are inside one another, from 0.
  int depth();

  /// How many values it is made of, itself included.
  int weight();

  /// Whether a parameter is in it, so that it means something else for each caller.
  boolean symbolic();
}
