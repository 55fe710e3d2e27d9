package io.loadlock.artifact.policy;

import java.util.Locale;

/// A method that loading may reach on an instance or a class, by the name that evidence rows give
/// it.
enum Hook {
  /// `__new__`
  NEW,
  /// `__init__`, and a metaclass's `__call__`
  INIT,
  /// `__setstate__`
  SETSTATE,
  /// `__setattr__`, and setters of properties
  SETATTR,
  /// `__getattr__` and `__getattribute__`: asked for `__setstate__`, `append` or `extend`
  GETATTR,
  /// `__setitem__`
  SETITEM,
  /// `append` and `extend`
  APPEND,
  /// `add` and `update`
  ADD,
  /// `__hash__` and `__eq__`
  HASH,
  /// `__del__`
  DEL,
  /// `__call__`
  CALL;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Hook of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
