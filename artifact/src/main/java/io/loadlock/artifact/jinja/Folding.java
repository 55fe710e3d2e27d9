package io.loadlock.artifact.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What Jinja's operators, filters and the methods of texts give on constants: the ways in which a
/// template can put a forbidden name together.
final class Folding {
  private Folding() {}

  static Value concat(Value left, Value right) {
    String a = left.printed();
    String b = right.printed();
    return a != null && b != null ? Value.text(a + b) : Value.computed(left, right);
  }

  static Value plus(Value left, Value right) {
    if (left.text() != null && right.text() != null) {
      return Value.text(left.text() + right.text());
    }
    if (left.items() != null && right.items() != null) {
      List<Value> items = new ArrayList<>(left.items());
      items.addAll(right.items());
      return Value.list(items);
    }
    if (left.number() != null && right.number() != null) {
      return Value.number(left.number() + right.number());
    }
    return Value.computed(left, right);
  }

  static Value times(Value left, Value right) {
    Value text = left.text() != null ? left : right;
    Value count = left.text() != null ? right : left;
    if (text.text() != null
        && count.number() != null
        && count.number() >= 0
        && count.number() < 100) {
      return Value.text(text.text().repeat(count.number().intValue()));
    }
    return Value.computed(left, right);
  }

  /// Python's `%` on a text: `%c`, `%s` and `%d` without flags.
  static Value percent(Value format, List<Value> arguments) {
    if (format.text() == null) {
      return Value.computed(format, Value.list(arguments));
    }
    StringBuilder out = new StringBuilder();
    int next = 0;
    String text = format.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%' || i + 1 == text.length()) {
        out.append(c);
        continue;
      }
      char kind = text.charAt(++i);
      if (kind == '%') {
        out.append('%');
        continue;
      }
      Value argument = next < arguments.size() ? arguments.get(next++) : Value.UNKNOWN;
      String printed = argument.printed();
      if (kind == 'c'
          && argument.number() != null
          && Character.isValidCodePoint((int) (long) argument.number())) {
        out.appendCodePoint((int) (long) argument.number());
      } else if ((kind == 's' || kind == 'd' || kind == 'c') && printed != null) {
        out.append(printed);
      } else {
        return Value.computed(format, Value.list(arguments));
      }
    }
    return Value.text(out.toString());
  }

  /// `str.format` with `{}` and `{N}`.
  private static Value format(Value format, List<Value> arguments) {
    if (format.text() == null) {
      return Value.computed(format, Value.list(arguments));
    }
    StringBuilder out = new StringBuilder();
    int next = 0;
    String text = format.text();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '{') {
        out.append(c);
        continue;
      }
      int close = text.indexOf('}', i);
      String field = close < 0 ? "?" : text.substring(i + 1, close);
      int index =
          field.isEmpty() ? next++ : field.matches("[0-9]{1,4}") ? Integer.parseInt(field) : -1;
      String printed =
          index >= 0 && index < arguments.size() ? arguments.get(index).printed() : null;
      if (printed == null) {
        return Value.computed(format, Value.list(arguments));
      }
      out.append(printed);
      i = close;
    }
    return Value.text(out.toString());
  }

  /// A filter on a value, or the method of this name of a text.
  static Value filter(String name, Value base, List<Value> arguments) {
    Value result =
        switch (name) {
          case "format" -> percent(base, arguments);
          case "join" -> join(base, arguments.isEmpty() ? Value.text("") : arguments.getFirst());
          default -> common(name, base, arguments);
        };
    return result == null ? unknown(base, arguments) : result;
  }

  static Value method(String name, Value base, List<Value> arguments) {
    Value result =
        switch (name) {
          case "format" -> format(base, arguments);
          case "join" -> arguments.isEmpty() ? null : join(arguments.getFirst(), base);
          default -> common(name, base, arguments);
        };
    return result == null ? unknown(base, arguments) : result;
  }

  private static Value unknown(Value base, List<Value> arguments) {
    return Value.computed(base, Value.list(arguments));
  }

  private static @Nullable Value common(String name, Value base, List<Value> arguments) {
    String text = base.text();
    switch (name) {
      case "reverse" -> {
        return base.items() != null
            ? Value.list(base.items().reversed())
            : text == null ? null : Value.text(new StringBuilder(text).reverse().toString());
      }
      case "list" -> {
        return base.items() != null ? base : text == null ? null : Value.list(characters(text));
      }
      case "first" -> {
        return item(base, 0);
      }
      case "last" -> {
        return item(base, -1);
      }
      default -> {
        if (text == null) {
          return null;
        }
      }
    }
    return switch (name) {
      case "string", "safe", "e", "escape" -> base;
      case "lower", "casefold" -> Value.text(text.toLowerCase(Locale.ROOT));
      case "upper" -> Value.text(text.toUpperCase(Locale.ROOT));
      case "trim", "strip" -> arguments.isEmpty() ? Value.text(text.strip()) : null;
      case "replace" -> {
        String old = arguments.size() < 2 ? null : arguments.get(0).text();
        String with = arguments.size() < 2 ? null : arguments.get(1).text();
        yield old == null || with == null || old.isEmpty()
            ? null
            : Value.text(text.replace(old, with));
      }
      case "split" -> {
        String by = arguments.isEmpty() ? null : arguments.getFirst().text();
        if (by == null || by.isEmpty()) {
          yield null;
        }
        List<Value> parts = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf(by); at >= 0; at = text.indexOf(by, from)) {
          parts.add(Value.text(text.substring(from, at)));
          from = at + by.length();
        }
        parts.add(Value.text(text.substring(from)));
        yield Value.list(parts);
      }
      default -> null;
    };
  }

  private static List<Value> characters(String text) {
    List<Value> items = new ArrayList<>();
    text.codePoints().forEach(c -> items.add(Value.text(Character.toString(c))));
    return items;
  }

  private static @Nullable Value join(Value list, Value separator) {
    List<Value> items = list.items();
    if (items == null && list.text() != null) {
      items = characters(list.text());
    }
    if (items == null || separator.text() == null) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    String between = "";
    for (Value item : items) {
      String printed = item.printed();
      if (printed == null) {
        return null;
      }
      out.append(between).append(printed);
      between = separator.text();
    }
    return Value.text(out.toString());
  }

  /// `base[index]`, where both are constant.
  static @Nullable Value item(Value base, long index) {
    if (base.items() != null) {
      long at = index < 0 ? base.items().size() + index : index;
      return at >= 0 && at < base.items().size() ? base.items().get((int) at) : null;
    }
    if (base.text() != null) {
      long at = index < 0 ? base.text().length() + index : index;
      return at >= 0 && at < base.text().length()
          ? Value.text(base.text().substring((int) at, (int) at + 1))
          : null;
    }
    return null;
  }

  /// `base[from:to:step]`.
  static Value slice(Value base, @Nullable Long from, @Nullable Long to, @Nullable Long step) {
    List<Value> items =
        base.items() != null ? base.items() : base.text() != null ? characters(base.text()) : null;
    long by = step == null ? 1 : step;
    if (items == null || by == 0) {
      return Value.computed(base);
    }
    int size = items.size();
    long start = from == null ? (by > 0 ? 0 : size - 1) : clip(from, size, by);
    long end = to == null ? (by > 0 ? size : -1) : clip(to, size, by);
    List<Value> out = new ArrayList<>();
    for (long i = start; by > 0 ? i < end : i > end; i += by) {
      if (i >= 0 && i < size) {
        out.add(items.get((int) i));
      }
      if (Math.abs(by) > size) {
        break;
      }
    }
    if (base.items() != null) {
      return Value.list(out);
    }
    Value joined = join(Value.list(out), Value.text(""));
    return joined == null ? Value.computed(base) : joined;
  }

  private static long clip(long index, int size, long by) {
    long at = index < 0 ? index + size : index;
    return by > 0 ? Math.clamp(at, 0, size) : Math.clamp(at, -1, size - 1);
  }
}
