package io.loadlock.python.flow;

import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Sequence;
import io.loadlock.python.value.Values;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Texts and paths put together from parts.
final class Texts {
  /// How many texts a concatenation may be before it stays in parts.
  private static final int ALTERNATIVES = 8;

  /// Longer texts are of no use to anybody who looks for files.
  private static final int LENGTH = 4096;

  private Texts() {}

  /// The parts one behind the other; texts where each part is one of a few texts.
  static Values concatenated(List<Values> parts) {
    List<String> texts = List.of("");
    for (Values part : parts) {
      List<String> next = new ArrayList<>();
      for (Value value : part) {
        String text = plain(value);
        if (text == null) {
          return Values.of(new Value.Concatenated(parts));
        }
        for (String before : texts) {
          next.add(before + text);
        }
      }
      if (next.isEmpty() || next.size() > ALTERNATIVES || next.getFirst().length() > LENGTH) {
        return next.isEmpty() ? Values.EMPTY : Values.of(new Value.Concatenated(parts));
      }
      texts = next;
    }
    Values result = Values.EMPTY;
    for (String text : texts) {
      result = result.join(Values.of(new Value.Text(text)));
    }
    return result;
  }

  private static @Nullable String plain(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Number number -> number.literal();
      default -> null;
    };
  }

  static Values plus(Values left, Values right) {
    if (left.only() instanceof Sequence one && right.only() instanceof Sequence other) {
      if (one.others().isEmpty() && other.others().isEmpty()) {
        List<Values> elements = new ArrayList<>(one.elements());
        elements.addAll(other.elements());
        return elements.size() > 256
            ? Values.of(new Sequence(one.kind(), List.of(), one.all().join(other.all())))
            : Values.of(new Sequence(one.kind(), elements, Values.EMPTY));
      }
      return Values.of(new Sequence(one.kind(), List.of(), one.all().join(other.all())));
    }
    if (left.only() instanceof Value.Data one && right.only() instanceof Value.Data other) {
      return one.bytes().length() + other.bytes().length() > LENGTH
          ? Values.unknown("long bytes")
          : Values.of(new Value.Data(one.bytes() + other.bytes()));
    }
    for (Value value : left) {
      if (value instanceof Sequence sequence) {
        return Values.of(
            new Sequence(sequence.kind(), List.of(), sequence.all().join(each(right))));
      }
    }
    return concatenated(List.of(left, right));
  }

  private static Values each(Values values) {
    Values all = Values.EMPTY;
    for (Value value : values) {
      all = all.join(value instanceof Sequence sequence ? sequence.all() : Values.of(value));
    }
    return all;
  }

  /// Parts of a path; an only part stands for itself.
  static Values path(List<Values> parts) {
    List<Values> kept = new ArrayList<>();
    for (Values part : parts) {
      if (part.only() instanceof Value.Joined inner) {
        kept.addAll(inner.parts());
      } else {
        kept.add(part);
      }
    }
    return kept.size() == 1 ? kept.getFirst() : Values.of(new Value.Joined(kept));
  }

  /// `left % right`
  static Values formatted(Values left, Values right) {
    if (!(left.only() instanceof Value.Text format)) {
      return Values.unknown("the result of an operator");
    }
    List<Values> fields = new ArrayList<>();
    if (right.only() instanceof Sequence sequence && sequence.others().isEmpty()) {
      fields.addAll(sequence.elements());
    } else {
      fields.add(right);
    }
    List<Values> parts = new ArrayList<>();
    String text = format.text();
    int from = 0;
    int field = 0;
    for (int at = text.indexOf('%');
        at >= 0 && at + 1 < text.length();
        at = text.indexOf('%', from)) {
      parts.add(Values.of(new Value.Text(text.substring(from, at))));
      if (text.charAt(at + 1) == '%') {
        parts.add(Values.of(new Value.Text("%")));
        from = at + 2;
        continue;
      }
      int end = at + 1;
      while (end < text.length() && !Character.isLetter(text.charAt(end))) {
        end++;
      }
      parts.add(
          field < fields.size() && end == at + 1 ? fields.get(field) : Values.unknown("a field"));
      field++;
      from = Math.min(end + 1, text.length());
    }
    parts.add(Values.of(new Value.Text(text.substring(from))));
    return concatenated(parts);
  }

  /// `"…{}…".format(…)`
  static Values format(String text, io.loadlock.python.value.Arguments arguments) {
    List<Values> parts = new ArrayList<>();
    int from = 0;
    int field = 0;
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', from)) {
      parts.add(Values.of(new Value.Text(text.substring(from, at))));
      if (at + 1 < text.length() && text.charAt(at + 1) == '{') {
        parts.add(Values.of(new Value.Text("{")));
        from = at + 2;
        continue;
      }
      int end = text.indexOf('}', at);
      if (end < 0) {
        return Values.unknown("a text with a broken format");
      }
      String name = text.substring(at + 1, end);
      Values value;
      if (name.isEmpty()) {
        value = arguments.lookup("", field++);
      } else if (name.chars().allMatch(Character::isDigit) && name.length() < 4) {
        value = arguments.lookup("", Integer.parseInt(name));
      } else {
        value = arguments.lookup(name, -1);
      }
      parts.add(
          value.contains(Value.Singleton.ABSENT) ? Values.unknown("a field of a text") : value);
      from = end + 1;
    }
    parts.add(Values.of(new Value.Text(text.substring(from).replace("}}", "}"))));
    return concatenated(parts);
  }

  /// The place that an integer literal names among `size` members; -1 where there is none.
  static int index(String literal, int size) {
    try {
      int at = Integer.parseInt(literal);
      if (at < 0) {
        at += size;
      }
      return at >= 0 && at < size ? at : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
