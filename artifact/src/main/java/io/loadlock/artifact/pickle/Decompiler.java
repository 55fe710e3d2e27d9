package io.loadlock.artifact.pickle;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/// Writes values as Python would be written, shortened: for reports, not for running.
public final class Decompiler {
  private static final int LENGTH = 600;
  private static final int DEPTH = 12;
  private static final int ITEMS = 12;
  private static final int TEXT = 200;
  private static final int BYTES = 48;

  private final StringBuilder out = new StringBuilder();

  private Decompiler() {}

  /// One line of at most about 600 characters.
  public static String render(Value value) {
    Decompiler decompiler = new Decompiler();
    decompiler.write(value, 0);
    return decompiler.finish();
  }

  /// `callee(arguments)`
  static String call(Value callee, List<Value> arguments) {
    Decompiler decompiler = new Decompiler();
    decompiler.write(callee, 0);
    decompiler.items("(", arguments, ")", 0);
    return decompiler.finish();
  }

  /// `target.method(argument)`
  static String method(Value target, String method, Value argument) {
    Decompiler decompiler = new Decompiler();
    decompiler.write(target, 1);
    decompiler.out.append('.').append(method);
    decompiler.items("(", List.of(argument), ")", 1);
    return decompiler.finish();
  }

  /// `target[key] = value`
  static String item(Value target, Value key, Value value) {
    Decompiler decompiler = new Decompiler();
    decompiler.write(target, 1);
    decompiler.items("[", List.of(key), "] = ", 1);
    decompiler.write(value, 1);
    return decompiler.finish();
  }

  private String finish() {
    return out.length() > LENGTH ? out.substring(0, LENGTH) + "…" : out.toString();
  }

  private void write(Value value, int depth) {
    if (depth > DEPTH || out.length() > LENGTH) {
      out.append('…');
      return;
    }
    switch (value) {
      case Value.None _ -> out.append("None");
      case Value.Bool(boolean bool) -> out.append(bool ? "True" : "False");
      case Value.Int(long number) -> out.append(number);
      case Value.BigInt(var number) ->
          out.append(
              number.bitLength() > 256
                  ? "<an integer of " + number.bitLength() + " bits>"
                  : number.toString());
      case Value.Float(double number) -> out.append(floating(number));
      case Value.Text(String text) ->
          out.append(text.length() > TEXT ? quote(text.substring(0, TEXT)) + "…" : quote(text));
      case Value.LongText(_, _, long length) ->
          out.append("<text of ").append(length).append(" bytes>");
      case Value.Bytes bytes -> bytes(bytes);
      case Value.Tuple tuple ->
          items("(", tuple.items(), tuple.items().size() == 1 ? ",)" : ")", depth);
      case Value.ListValue list -> items("[", list.items(), "]", depth);
      case Value.SetValue set ->
          items(set.frozen() ? "frozenset({" : "{", set.items(), set.frozen() ? "})" : "}", depth);
      case Value.Dict dict -> entries(dict, depth);
      case Value.Global global -> out.append(global.full());
      case Value.Call call -> call(call, depth);
      case Value.Persistent persistent ->
          items("persistent_load(", List.of(persistent.id()), ")", depth);
      case Value.Buffer(long number, _) -> out.append("<buffer ").append(number).append('>');
      case Value.Extension(long code, _) -> out.append("<extension ").append(code).append('>');
      case Value.Array(var tensor) ->
          out.append("<array ")
              .append(tensor.dtype())
              .append(' ')
              .append(tensor.shape())
              .append('>');
      case Value.Unknown(String why) -> out.append('<').append(why).append('>');
    }
  }

  private void call(Value.Call call, int depth) {
    write(call.callee(), depth + 1);
    out.append(call.how() == Value.Call.How.NEW ? ".__new__" : "");
    if (call.arguments() instanceof Value.Tuple tuple && call.keywords().isEmpty()) {
      items("(", tuple.items(), ")", depth);
      return;
    }
    out.append("(*");
    write(call.arguments(), depth + 1);
    call.keywords()
        .ifPresent(
            keywords -> {
              out.append(", **");
              write(keywords, depth + 1);
            });
    out.append(')');
  }

  private void items(String open, List<Value> items, String close, int depth) {
    out.append(open);
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      if (i == ITEMS || out.length() > LENGTH) {
        out.append("… ").append(items.size() - i).append(" more");
        break;
      }
      write(items.get(i), depth + 1);
    }
    out.append(close);
  }

  private void entries(Value.Dict dict, int depth) {
    out.append('{');
    for (int i = 0; i < dict.entries().size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      if (i == ITEMS || out.length() > LENGTH) {
        out.append("… ").append(dict.entries().size() - i).append(" more");
        break;
      }
      write(dict.entries().get(i).key(), depth + 1);
      out.append(": ");
      write(dict.entries().get(i).value(), depth + 1);
    }
    out.append('}');
  }

  private void bytes(Value.Bytes bytes) {
    int shown = (int) Math.min(bytes.length(), BYTES);
    StringBuilder text = new StringBuilder(bytes.mutable() ? "bytearray(b'" : "b'");
    try {
      for (byte one : bytes.source().bytes(bytes.offset(), shown)) {
        int c = one & 0xff;
        if (c == '\'' || c == '\\') {
          text.append('\\').append((char) c);
        } else if (c >= ' ' && c < 127) {
          text.append((char) c);
        } else {
          text.append("\\x%02x".formatted(c));
        }
      }
    } catch (IOException e) {
      text.append("<unreadable>");
    }
    out.append(text)
        .append('\'')
        .append(shown < bytes.length() ? "… " + bytes.length() + " bytes" : "");
    out.append(bytes.mutable() ? ")" : "");
  }

  private static String floating(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return "float('" + (Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf") + "')";
    }
    String text = Double.toString(number);
    return text.toLowerCase(Locale.ROOT);
  }

  /// A Python string literal.
  static String quote(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder(text.length() + 2).append(quote);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\\' -> out.append("\\\\");
        default -> {
          if (c == quote) {
            out.append('\\').append(c);
          } else if (c < ' ' || c >= 0x7f && c < 0xa0) {
            out.append("\\x%02x".formatted((int) c));
          } else if (!printable(c)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append(quote).toString();
  }

  /// Controls of writing direction and other invisible characters would let text lie in a report.
  private static boolean printable(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
