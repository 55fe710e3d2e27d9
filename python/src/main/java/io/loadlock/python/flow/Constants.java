package io.loadlock.python.flow;

import io.loadlock.python.value.Arguments;
import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Sequence;
import io.loadlock.python.value.Value.Singleton;
import io.loadlock.python.value.Values;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What operators, functions and methods of Python make of constants. Names that are put together
/// from pieces are how code hides what it loads.
final class Constants {
  /// Longer texts name nothing.
  private static final int LENGTH = 4096;

  private Constants() {}

  /// `left operator right`: true, false, or unknown where either side is.
  static Values compare(Values left, String operator, Values right) {
    Value one = left.only();
    Value other = right.only();
    if (one == null || other == null) {
      return Values.unknown("a comparison");
    }
    Boolean holds =
        switch (operator) {
          case "==", "is" -> equal(one, other);
          case "!=", "<>", "is not" -> not(equal(one, other));
          case "in" -> contains(other, one);
          case "not in" -> not(contains(other, one));
          case "<", "<=", ">", ">=" -> ordered(one, operator, other);
          default -> null;
        };
    return holds == null ? Values.unknown("a comparison") : holds ? Values.TRUE : Values.FALSE;
  }

  private static @Nullable Boolean not(@Nullable Boolean holds) {
    return holds == null ? null : !holds;
  }

  private static boolean isPlain(Value value) {
    return value instanceof Value.Text
        || value instanceof Value.Data
        || value instanceof Value.Number
        || value instanceof Singleton;
  }

  /// Whether two constants are equal; null where that cannot be said.
  private static @Nullable Boolean equal(Value one, Value other) {
    if (!isPlain(one) || !isPlain(other)) {
      return null;
    }
    Long left = number(one);
    Long right = number(other);
    if (left != null && right != null) {
      return left.equals(right);
    }
    if (one instanceof Value.Number || other instanceof Value.Number) {
      return one.equals(other) ? Boolean.TRUE : null;
    }
    // A text of Python 2 may equal bytes.
    return one.getClass() == other.getClass()
            || one instanceof Singleton
            || other instanceof Singleton
        ? (Boolean) one.equals(other)
        : null;
  }

  private static @Nullable Boolean contains(Value container, Value member) {
    if (container instanceof Value.Text text && member instanceof Value.Text part) {
      return text.text().contains(part.text());
    }
    if (!(container instanceof Sequence sequence) || !sequence.others().isEmpty()) {
      return null;
    }
    for (Values element : sequence.elements()) {
      Value one = element.only();
      Boolean same = one == null ? null : equal(one, member);
      if (same == null || same) {
        return same;
      }
    }
    return false;
  }

  private static @Nullable Boolean ordered(Value one, String operator, Value other) {
    Long left = number(one);
    Long right = number(other);
    if (left == null || right == null) {
      return null;
    }
    int order = left.compareTo(right);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /// An integer, or a truth value as one; null for anything else.
  static @Nullable Long number(@Nullable Value value) {
    if (value == Singleton.TRUE || value == Singleton.FALSE) {
      return value == Singleton.TRUE ? 1L : 0L;
    }
    if (!(value instanceof Value.Number number)) {
      return null;
    }
    String digits = number.literal().replace("_", "");
    try {
      return digits.startsWith("-0x") || digits.startsWith("0x") || digits.startsWith("0X")
          ? Long.decode(digits)
          : Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// `&`, `|` and `^` of truth values.
  static Values bitwise(Values left, String operator, Values right) {
    Value one = left.only();
    Value other = right.only();
    boolean truths =
        (one == Singleton.TRUE || one == Singleton.FALSE)
            && (other == Singleton.TRUE || other == Singleton.FALSE);
    boolean a = one == Singleton.TRUE;
    boolean b = other == Singleton.TRUE;
    if (!truths) {
      return Values.unknown("the result of an operator");
    }
    boolean result =
        switch (operator) {
          case "&" -> a && b;
          case "|" -> a || b;
          default -> a != b;
        };
    return result ? Values.TRUE : Values.FALSE;
  }

  /// `of[lower:upper:step]` of a text, bytes or a display; null where anything is not known.
  static @Nullable Values slice(
      @Nullable Value of, @Nullable Value lower, @Nullable Value upper, @Nullable Value step) {
    List<Values> members = of == null ? null : members(of);
    Long by = step == null ? Long.valueOf(1) : number(step);
    if (members == null || by == null || by == 0 || Math.abs(by) > LENGTH) {
      return null;
    }
    int size = members.size();
    Long from = lower == null ? Long.valueOf(by > 0 ? 0 : size - 1) : place(number(lower), size);
    Long to = upper == null ? Long.valueOf(by > 0 ? size : -1) : place(number(upper), size);
    if (from == null || to == null) {
      return null;
    }
    List<Values> chosen = new ArrayList<>();
    long first = by > 0 ? Math.max(0, from) : Math.min(size - 1L, from);
    for (long at = first; by > 0 ? at < Math.min(size, to) : at > Math.max(-1, to); at += by) {
      chosen.add(members.get((int) at));
    }
    return likeBefore(java.util.Objects.requireNonNull(of), chosen);
  }

  private static @Nullable Long place(@Nullable Long at, int size) {
    return at == null ? null : at < 0 ? Long.valueOf(Math.max(-1, at + size)) : at;
  }

  /// The members of a constant, in order; null where not all of them are known.
  static @Nullable List<Values> members(Value of) {
    List<Values> members = new ArrayList<>();
    switch (of) {
      case Value.Text text when text.text().length() <= LENGTH ->
          text.text()
              .codePoints()
              .forEach(c -> members.add(Values.of(new Value.Text(Character.toString(c)))));
      case Value.Data data when data.bytes().length() <= LENGTH ->
          data.bytes()
              .chars()
              .forEach(c -> members.add(Values.of(new Value.Number(Integer.toString(c)))));
      case Sequence sequence when sequence.others().isEmpty() ->
          members.addAll(sequence.elements());
      default -> {
        return null;
      }
    }
    return members;
  }

  private static @Nullable Values likeBefore(Value of, List<Values> members) {
    return switch (of) {
      case Value.Text _ -> Texts.concatenated(members);
      case Value.Data _ -> bytes(members);
      case Sequence sequence -> Values.of(new Sequence(sequence.kind(), members, Values.EMPTY));
      default -> null;
    };
  }

  private static @Nullable Values bytes(List<Values> numbers) {
    StringBuilder bytes = new StringBuilder();
    for (Values number : numbers) {
      Long one = number(number.only());
      if (one == null || one < 0 || one > 255) {
        return null;
      }
      bytes.append((char) one.intValue());
    }
    return Values.of(new Value.Data(bytes.toString()));
  }

  /// The functions that [#call] knows.
  static boolean knows(String function) {
    return switch (function) {
      case "builtins.chr",
          "builtins.unichr",
          "builtins.ord",
          "builtins.str",
          "builtins.bytes",
          "builtins.bytearray",
          "base64.b64decode",
          "base64.standard_b64decode",
          "base64.urlsafe_b64decode",
          "base64.decodebytes",
          "base64.b16decode",
          "binascii.unhexlify",
          "binascii.a2b_hex",
          "binascii.a2b_base64",
          "builtins.bytes.fromhex",
          "builtins.bytearray.fromhex",
          "codecs.decode",
          "codecs.encode",
          "builtins.bytes.decode",
          "builtins.str.lower",
          "builtins.str.strip",
          "sys.intern" ->
          true;
      default -> false;
    };
  }

  /// What one of these functions makes of constants; null where it is given anything else.
  static @Nullable Values call(String function, Arguments arguments) {
    Value first = arguments.lookup("", 0).only();
    if (first == null) {
      return null;
    }
    return switch (function) {
      case "builtins.chr", "builtins.unichr" -> {
        Long code = number(first);
        yield code != null && code >= 0 && Character.isValidCodePoint(code.intValue())
            ? Values.of(new Value.Text(Character.toString(code.intValue())))
            : null;
      }
      case "builtins.ord" ->
          first instanceof Value.Text text && text.text().codePoints().count() == 1
              ? Values.of(new Value.Number(Integer.toString(text.text().codePointAt(0))))
              : null;
      case "builtins.str" ->
          first instanceof Value.Text
              ? Values.of(first)
              : first instanceof Value.Data data && !arguments.lookup("", 1).equals(Values.ABSENT)
                  ? decoded(data)
                  : null;
      case "builtins.bytes", "builtins.bytearray" ->
          first instanceof Value.Data
              ? Values.of(first)
              : first instanceof Sequence sequence && sequence.others().isEmpty()
                  ? bytes(sequence.elements())
                  : first instanceof Value.Text text ? encoded(text.text()) : null;
      case "base64.b64decode",
          "base64.standard_b64decode",
          "base64.urlsafe_b64decode",
          "base64.decodebytes",
          "binascii.a2b_base64" ->
          base64(first);
      case "base64.b16decode",
          "binascii.unhexlify",
          "binascii.a2b_hex",
          "builtins.bytes.fromhex",
          "builtins.bytearray.fromhex" ->
          hexadecimal(first);
      case "codecs.decode", "codecs.encode" ->
          transformed(first, arguments.lookup("encoding", 1).only());
      case "builtins.bytes.decode" -> first instanceof Value.Data data ? decoded(data) : null;
      case "builtins.str.lower" -> first instanceof Value.Text text ? lower(text) : null;
      case "builtins.str.strip" -> first instanceof Value.Text text ? strip(text, null) : null;
      case "sys.intern" -> Values.of(first);
      default -> null;
    };
  }

  private static Values lower(Value.Text text) {
    return Values.of(new Value.Text(text.text().toLowerCase(java.util.Locale.ROOT)));
  }

  /// Without the characters of `unwanted`, or white space, at both ends.
  static Values strip(Value.Text text, @Nullable Value unwanted) {
    if (unwanted instanceof Value.Text letters) {
      int from = 0;
      int to = text.text().length();
      while (from < to && letters.text().indexOf(text.text().charAt(from)) >= 0) {
        from++;
      }
      while (to > from && letters.text().indexOf(text.text().charAt(to - 1)) >= 0) {
        to--;
      }
      return Values.of(new Value.Text(text.text().substring(from, to)));
    }
    return Values.of(new Value.Text(text.text().strip()));
  }

  /// The parts of a text; null where it is not known at what to part it.
  static @Nullable Values split(Value.Text text, String method, Arguments arguments) {
    Value separator = arguments.lookup("sep", 0).only();
    Value most = arguments.lookup("maxsplit", 1).only();
    if (!(separator instanceof Value.Text at) || at.text().isEmpty()) {
      return null;
    }
    boolean last = method.startsWith("r");
    boolean three = method.endsWith("partition");
    Long limit =
        three ? Long.valueOf(1) : most == Singleton.ABSENT ? Long.valueOf(64) : number(most);
    if (limit == null || limit < 0) {
      return null;
    }
    List<String> parts = new ArrayList<>();
    String rest = text.text();
    while (parts.size() < Math.min(limit, 64)) {
      int found = last ? rest.lastIndexOf(at.text()) : rest.indexOf(at.text());
      if (found < 0) {
        break;
      }
      String before = rest.substring(0, found);
      String after = rest.substring(found + at.text().length());
      parts.add(last ? after : before);
      rest = last ? before : after;
    }
    parts.add(rest);
    if (last) {
      java.util.Collections.reverse(parts);
    }
    if (three) {
      if (parts.size() == 1) {
        parts.addAll(last ? 0 : 1, List.of("", ""));
      } else {
        parts.add(1, at.text());
      }
    }
    List<Values> members = new ArrayList<>();
    for (String part : parts) {
      members.add(Values.of(new Value.Text(part)));
    }
    Sequence.Kind kind = three ? Sequence.Kind.TUPLE : Sequence.Kind.LIST;
    return Values.of(new Sequence(kind, members, Values.EMPTY));
  }

  /// A text from bytes in UTF-8, or any encoding that agrees with it where these bytes stand.
  static @Nullable Values decoded(Value.Data data) {
    byte[] bytes = data.bytes().getBytes(StandardCharsets.ISO_8859_1);
    try {
      return Values.of(
          new Value.Text(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()));
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static Values encoded(String text) {
    return Values.of(
        new Value.Data(
            new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)));
  }

  private static @Nullable String letters(Value value) {
    return switch (value) {
      case Value.Text text when text.text().length() <= LENGTH -> text.text();
      case Value.Data data when data.bytes().length() <= LENGTH -> data.bytes();
      default -> null;
    };
  }

  private static @Nullable Values base64(Value value) {
    String letters = letters(value);
    if (letters == null) {
      return null;
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(letters.replace('-', '+').replace('_', '/'));
      return Values.of(new Value.Data(new String(bytes, StandardCharsets.ISO_8859_1)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable Values hexadecimal(Value value) {
    String letters = letters(value);
    if (letters == null) {
      return null;
    }
    try {
      byte[] bytes = HexFormat.of().parseHex(letters.replace(" ", ""));
      return Values.of(new Value.Data(new String(bytes, StandardCharsets.ISO_8859_1)));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// `codecs.decode(value, encoding)`
  static @Nullable Values transformed(Value value, @Nullable Value encoding) {
    String name =
        encoding instanceof Value.Text text
            ? text.text().toLowerCase(java.util.Locale.ROOT).replace("_", "").replace("-", "")
            : "utf8";
    return switch (name) {
      case "rot13" -> {
        String letters = letters(value);
        yield letters == null ? null : Values.of(new Value.Text(rotated(letters)));
      }
      case "base64", "base64codec" -> base64(value);
      case "hex", "hexcodec" -> hexadecimal(value);
      default ->
          value instanceof Value.Data data
              ? decoded(data)
              : value instanceof Value.Text ? Values.of(value) : null;
    };
  }

  private static String rotated(String text) {
    StringBuilder rotated = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char first = c >= 'a' && c <= 'z' ? 'a' : c >= 'A' && c <= 'Z' ? 'A' : 0;
      rotated.append(first == 0 ? c : (char) (first + (c - first + 13) % 26));
    }
    return rotated.toString();
  }
}
