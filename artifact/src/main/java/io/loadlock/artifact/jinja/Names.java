package io.loadlock.artifact.jinja;

import java.util.Set;

/// Names that lead from an ordinary object to the interpreter.
final class Names {
  /// Between two double underscores.
  private static final Set<String> SPECIAL =
      Set.of(
          "annotations",
          "base",
          "bases",
          "builtins",
          "call",
          "class",
          "class_getitem",
          "closure",
          "code",
          "defaults",
          "delattr",
          "dict",
          "dir",
          "doc",
          "enter",
          "exit",
          "file",
          "format",
          "func",
          "get",
          "getattr",
          "getattribute",
          "getitem",
          "getstate",
          "globals",
          "import",
          "init",
          "init_subclass",
          "kwdefaults",
          "loader",
          "main",
          "module",
          "mro",
          "name",
          "new",
          "objclass",
          "qualname",
          "reduce",
          "reduce_ex",
          "repr",
          "self",
          "set",
          "setattr",
          "setstate",
          "spec",
          "str",
          "subclasses",
          "subclasshook",
          "weakref",
          "wrapped");

  /// Attributes without underscores that hold frames, code or namespaces.
  private static final Set<String> FRAMES =
      Set.of(
          "ag_code",
          "ag_frame",
          "co_consts",
          "cr_code",
          "cr_frame",
          "f_back",
          "f_builtins",
          "f_code",
          "f_globals",
          "f_locals",
          "func_code",
          "func_globals",
          "gi_code",
          "gi_frame",
          "im_class",
          "im_func",
          "im_self",
          "mro",
          "tb_frame");

  /// Functions and objects that Jinja, or Flask, puts into every template: whose attributes lead
  /// out.
  static final Set<String> FUNCTIONS =
      Set.of(
          "cycler",
          "joiner",
          "lipsum",
          "self",
          "request",
          "config",
          "url_for",
          "session",
          "g",
          "get_flashed_messages",
          "current_app");

  private Names() {}

  /// As an attribute's name.
  static boolean dangerous(String attribute) {
    return attribute.contains("__") && attribute.length() > 4 || FRAMES.contains(attribute);
  }

  /// Anywhere in a text: `{0.__class__}`, `a.__globals__`.
  static boolean mentions(String text) {
    int open = text.indexOf("__");
    while (open >= 0) {
      int close = text.indexOf("__", open + 2);
      if (close < 0) {
        return false;
      }
      if (SPECIAL.contains(text.substring(open + 2, close))) {
        return true;
      }
      open = close;
    }
    return false;
  }

  /// Whether pieces of text, whatever lies between them, could make such a name.
  static boolean hints(String pieces) {
    String bare = pieces.replace("_", "");
    return pieces.contains("_")
        || SPECIAL.contains(bare)
        || SPECIAL.contains(new StringBuilder(bare).reverse().toString());
  }
}
