package io.loadlock.python.flow;

import java.util.Set;

/// What functions of Python and of common libraries do with functions that are handed to them.
final class Handlers {
  private Handlers() {}

  /// Decorators with arguments, and others whose result is the function that they get.
  static final Set<String> DECORATES =
      Set.of(
          "functools.wraps",
          "functools.lru_cache",
          "functools.cache",
          "functools.singledispatch",
          "joblib.delayed",
          "joblib.parallel.delayed",
          "dask.delayed",
          "sklearn.utils.parallel.delayed",
          "tenacity.retry",
          "retry.retry",
          "backoff.on_exception",
          "contextlib.suppress");

  /// Methods and functions that call the function they get with the arguments that follow it.
  static final Set<String> PASSES_ON =
      Set.of(
          "submit",
          "to_thread",
          "run_in_executor",
          "run_sync",
          "apply",
          "apply_async",
          "call_soon",
          "call_soon_threadsafe",
          "call_later",
          "Thread",
          "Process",
          "Timer",
          "start_new_thread",
          "run_in_threadpool",
          "add_task",
          "add_callback",
          "register",
          "spawn",
          "pipe",
          "starmap",
          "imap",
          "imap_unordered",
          "map",
          "map_async",
          "filter",
          "reduce");

  /// Functions that get functions and do not call them.
  private static final Set<String> KEEPS =
      Set.of(
          "builtins.isinstance",
          "builtins.issubclass",
          "builtins.callable",
          "builtins.hasattr",
          "builtins.getattr",
          "builtins.setattr",
          "builtins.delattr",
          "builtins.id",
          "builtins.repr",
          "builtins.str",
          "builtins.print",
          "builtins.type",
          "builtins.hash",
          "builtins.len",
          "builtins.bool",
          "builtins.vars",
          "builtins.dir",
          "builtins.super",
          "builtins.staticmethod",
          "builtins.classmethod",
          "builtins.property",
          "builtins.dict",
          "builtins.list",
          "builtins.tuple",
          "builtins.set",
          "builtins.frozenset",
          "builtins.help",
          "builtins.enumerate",
          "builtins.zip",
          "builtins.reversed",
          "builtins.next",
          "builtins.all",
          "builtins.any",
          "builtins.format",
          "functools.partial",
          "functools.partialmethod",
          "functools.wraps",
          "functools.update_wrapper",
          "functools.lru_cache",
          "functools.cache",
          "functools.singledispatch",
          "operator.attrgetter()",
          "operator.methodcaller()",
          "operator.itemgetter()",
          "copy.copy",
          "copy.deepcopy",
          "typing.cast",
          "collections.OrderedDict",
          "collections.namedtuple",
          "collections.namedtuple()",
          "dataclasses.field",
          "attr.ib",
          "attr.attrib",
          "attr.field",
          "attrs.field",
          "types.SimpleNamespace",
          "types.MappingProxyType",
          "joblib.delayed",
          "joblib.parallel.delayed",
          "dask.delayed",
          "sklearn.utils.parallel.delayed",
          "itertools.repeat",
          "itertools.chain",
          "itertools.cycle",
          "weakref.ref",
          "weakref.proxy",
          "collections.defaultdict",
          "enum.member",
          "enum.nonmember");

  /// Whether a function that is handed to `dotted` is not called by it.
  static boolean keeps(String dotted) {
    return KEEPS.contains(dotted)
        || dotted.startsWith("inspect.")
        || dotted.startsWith("logging.")
        || dotted.startsWith("warnings.")
        || dotted.startsWith("typing.")
        || dotted.startsWith("unittest.mock.")
        || dotted.startsWith("mock.")
        || dotted.startsWith("pytest.");
  }
}
