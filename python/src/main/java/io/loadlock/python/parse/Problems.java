package io.loadlock.python.parse;

import java.util.ArrayList;
import java.util.List;

/// What was wrong with one source, in order of position as far as possible.
final class Problems {
  /// Beyond this many the last one is widened instead: a megabyte of noise is one problem, not a
  /// million.
  private static final int MOST = 1000;

  private final ArrayList<SyntaxProblem> list = new ArrayList<>();

  void add(String reason, int start, int end) {
    if (!list.isEmpty()
        && list.getLast().start() == start
        && list.getLast().reason().equals(reason)) {
      return;
    }
    if (list.size() < MOST) {
      list.add(new SyntaxProblem(reason, start, end));
      return;
    }
    SyntaxProblem last = list.removeLast();
    list.add(
        new SyntaxProblem(last.reason(), Math.min(last.start(), start), Math.max(last.end(), end)));
  }

  int size() {
    return list.size();
  }

  /// Takes back what was added since there were `size`.
  void truncate(int size) {
    while (list.size() > size) {
      list.removeLast();
    }
  }

  /// Forgets what begins at `offset` or behind it, because that stretch is read once more.
  void forget(int offset) {
    while (!list.isEmpty() && list.getLast().start() >= offset) {
      list.removeLast();
    }
  }

  List<SyntaxProblem> toList() {
    return List.copyOf(list);
  }
}
