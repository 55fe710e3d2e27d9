package io.loadlock.artifact.policy;

import java.util.List;

/// What an instruction of a pickle does with a class or its instance. Instance attributes shadow
/// methods: once a state has set `__setstate__`, `append` or `extend` on an instance, a later BUILD
/// or APPENDS calls *that value*; this is the machine's business, not a row's.
@SuppressWarnings("ImmutableEnumChecker") // the list is immutable
public enum Act {
  /// REDUCE, INST, OBJ on the class: `__new__` and `__init__`, and `__del__` when the instance is
  /// dropped.
  CALL(Hook.NEW, Hook.INIT, Hook.DEL),
  /// NEWOBJ, NEWOBJ_EX, `copyreg.__newobj__`: `__new__` alone. The same for
  /// `copyreg._reconstructor`.
  NEW(Hook.NEW, Hook.DEL),
  /// BUILD with a state that goes to `__setstate__` or `__dict__`.
  BUILD(Hook.GETATTR, Hook.SETSTATE),
  /// BUILD with a pair whose second item is set attribute by attribute, where the class has no
  /// `__setstate__`.
  BUILD_SLOTS(Hook.GETATTR, Hook.SETSTATE, Hook.SETATTR),
  /// APPEND and APPENDS.
  APPEND(Hook.GETATTR, Hook.APPEND),
  /// ADDITEMS.
  ADD(Hook.GETATTR, Hook.ADD),
  /// SETITEM and SETITEMS.
  SET_ITEM(Hook.SETITEM),
  /// Use of an instance as key of a dict or member of a set.
  HASH(Hook.HASH),
  /// REDUCE on an *instance*.
  CALL_INSTANCE(Hook.CALL);

  private final List<Hook> hooks;

  Act(Hook... hooks) {
    this.hooks = List.of(hooks);
  }

  List<Hook> hooks() {
    return hooks;
  }
}
