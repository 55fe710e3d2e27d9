package io.loadlock.python.tree;

/// One argument of a call or one base of a class, in source order.
public sealed interface Argument extends Node {
  Expression value();

  record Positional(int start, int end, Expression value) implements Argument {}

  /// `name=value`
  record Keyword(int start, int end, String name, Expression value) implements Argument {}

  /// `*value`
  record Star(int start, int end, Expression value) implements Argument {}

  /// `**value`
  record DoubleStar(int start, int end, Expression value) implements Argument {}
}
