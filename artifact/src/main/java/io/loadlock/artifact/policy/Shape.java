package io.loadlock.artifact.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// What one argument of a vetted function may be.
///
/// @param kinds any of these
/// @param texts or one of these texts (or byte strings), exactly
/// @param names or a reference to one of these globals, `module.name`, exactly
/// @param times how often it may come
@SuppressWarnings("StringSplitter") // rows have no empty columns at their end
public record Shape(Set<Kind> kinds, Set<String> texts, Set<String> names, Times times) {
  /// The sorts of argument that rows tell apart.
  public enum Kind {
    /// Anything in which every reference is to a vetted class, a constant or a function that may be
    /// kept.
    DATA,
    /// A reference to a class that may be instantiated without `__init__` ([Act#NEW]).
    TYPE,
    /// A reference to a class that may be called with data ([Act#CALL]).
    CLASS,
    /// A reference to any class that has a row, whatever its methods: they are not reached.
    KNOWN,
    /// A reference to a listed constant.
    CONSTANT,
    /// A reference to a class that may be instantiated without `__init__` and given a state.
    BUILT,
    /// Data that is no instance of another library's class: for constructors that walk through it.
    PLAIN,
    /// Something that will be called later, perhaps with no argument: None, a class that may be
    /// called, or a function that may be called or kept.
    FACTORY,
    /// A number, a truth value, None, a vetted class's instance that is no text or container, or a
    /// tuple of these: for constructors that evaluate text.
    OPERAND,
    /// A function or class that the file itself made, from its own code.
    MADE,
    /// Bytes that the function unpickles: they are read as a pickle.
    PICKLED,
    TEXT,
    BYTES,
    INT,
    BOOL,
    NONE,
    TUPLE,
    LIST,
    DICT
  }

  public enum Times {
    ONCE,
    /// Only at the end of the list.
    OPTIONAL,
    /// Zero or more, only as the last of the list.
    MANY
  }

  public Shape {
    kinds = kinds.isEmpty() ? EnumSet.noneOf(Kind.class) : EnumSet.copyOf(kinds);
    texts = new TreeSet<>(texts);
    names = new TreeSet<>(names);
  }

  /// Reads `type, data?, 'latin1'|'utf-8', <numpy.ndarray>, int|none, data*`; blank text is no
  /// argument at all.
  static List<Shape> parse(String text) {
    List<Shape> shapes = new ArrayList<>();
    if (!text.isBlank()) {
      for (String one : text.split(",")) {
        shapes.add(parseOne(one.strip()));
      }
    }
    return List.copyOf(shapes);
  }

  private static Shape parseOne(String text) {
    Times times =
        text.endsWith("*") ? Times.MANY : text.endsWith("?") ? Times.OPTIONAL : Times.ONCE;
    String body = times == Times.ONCE ? text : text.substring(0, text.length() - 1);
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    Set<String> texts = new TreeSet<>();
    Set<String> names = new TreeSet<>();
    for (String choice : body.split("\\|")) {
      if (choice.startsWith("'")) {
        texts.add(choice.substring(1, choice.length() - 1));
      } else if (choice.startsWith("<")) {
        names.add(choice.substring(1, choice.length() - 1));
      } else {
        kinds.add(Kind.valueOf(choice.toUpperCase(Locale.ROOT)));
      }
    }
    return new Shape(kinds, texts, names, times);
  }
}
