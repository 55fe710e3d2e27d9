package io.loadlock.python.flow;

import io.loadlock.python.value.Value;
import io.loadlock.python.value.Value.Singleton;

/// Constants as Python writes them.
final class Rendering {
  private Rendering() {}

  static String python(Value value) {
    return switch (value) {
      case Value.Text text -> quoted(text.text());
      case Value.Data data -> "b" + quoted(data.bytes());
      case Value.Number number -> number.literal();
      case Singleton singleton ->
          switch (singleton) {
            case TRUE -> "True";
            case FALSE -> "False";
            case NONE, ABSENT, UNBOUND -> "None";
            case ELLIPSIS -> "...";
          };
      case Value.Name name -> name.dotted();
      case Value.Function function -> function.routine().qualifiedName();
      case Value.Type type -> type.type().name();
      case Value.Mapping _ -> "{…}";
      case Value.Sequence _ -> "[…]";
      default -> "…";
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("'");
    for (int i = 0; i < text.length() && quoted.length() < 200; i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\'' -> quoted.append("\\'");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < ' ' || c >= 127 && c < 160) {
            quoted.append(String.format("\\x%02x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('\'').toString();
  }
}
