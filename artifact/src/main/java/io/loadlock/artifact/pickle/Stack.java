package io.loadlock.artifact.pickle;

import io.loadlock.core.MalformedException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The unpickling stack with its marks (`Pdata` in `_pickle.c`): nothing below the topmost mark can
/// be popped singly.
final class Stack {
  private @Nullable Value[] values = new @Nullable Value[64];
  private int size;
  private int[] marks = new int[16];
  private int depth;

  void push(Value value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, size * 2);
    }
    values[size++] = value;
  }

  void mark() {
    if (depth == marks.length) {
      marks = Arrays.copyOf(marks, depth * 2);
    }
    marks[depth++] = size;
  }

  private int fence() {
    return depth == 0 ? 0 : marks[depth - 1];
  }

  Value top(long at) throws MalformedException {
    if (size <= fence()) {
      throw underflow(at);
    }
    return at(size - 1);
  }

  private Value at(int index) {
    Value value = values[index];
    if (value == null) {
      throw new IllegalStateException("an empty place within the stack");
    }
    return value;
  }

  void replaceTop(Value value) {
    values[size - 1] = value;
  }

  Value pop(long at) throws MalformedException {
    Value value = top(at);
    values[--size] = null;
    return value;
  }

  /// The topmost `count`, bottom first.
  List<Value> pop(int count, long at) throws MalformedException {
    if (size - count < fence()) {
      throw underflow(at);
    }
    return take(size - count);
  }

  /// Everything above the topmost mark, bottom first; the mark goes too.
  List<Value> popMark(long at) throws MalformedException {
    if (depth == 0) {
      throw new MalformedException("could not find MARK", at);
    }
    return take(marks[--depth]);
  }

  /// POP: a value, or the mark where nothing is above it.
  void discard(long at) throws MalformedException {
    if (depth > 0 && marks[depth - 1] == size) {
      depth--;
    } else {
      pop(at);
    }
  }

  private List<Value> take(int from) {
    Value[] taken = Arrays.copyOfRange(values, from, size, Value[].class);
    Arrays.fill(values, from, size, null);
    size = from;
    return List.of(taken);
  }

  private static MalformedException underflow(long at) {
    return new MalformedException("unpickling stack underflow", at);
  }
}
