package io.loadlock.artifact.pickle;

import io.loadlock.core.ByteSource;
import java.util.List;
import java.util.Optional;

/// The few calls whose result can be computed: text to bytes and back, as protocols 0 to 2 write
/// bytes.
final class Folding {
  private Folding() {}

  /// The text that a value is, if that is certain.
  static Optional<String> text(Value value) {
    return value instanceof Value.Text(String text) ? Optional.of(text) : Optional.empty();
  }

  static boolean isText(Value value) {
    return value instanceof Value.Text || value instanceof Value.LongText;
  }

  static boolean isBytes(Value value) {
    return value instanceof Value.Bytes || value instanceof Value.Call && bytes(value).isPresent();
  }

  /// The bytes that a value is, if that is certain: a byte string, or text encoded by
  /// `_codecs.encode`, `bytes` or `bytearray`.
  static Optional<Value.Bytes> bytes(Value value) {
    if (value instanceof Value.Bytes bytes) {
      return Optional.of(bytes);
    }
    if (!(value instanceof Value.Call call)) {
      return Optional.empty();
    }
    List<Value> arguments = call.positional();
    return switch (call.name()) {
      case "_codecs.encode",
          "codecs.encode",
          "builtins.bytearray",
          "builtins.bytes",
          "__builtin__.bytearray",
          "__builtin__.bytes" -> {
        if (arguments.isEmpty()) {
          yield Optional.of(new Value.Bytes(ByteSource.of(new byte[0]), 0, 0, false));
        }
        if (arguments.size() == 1 && arguments.get(0) instanceof Value.Bytes bytes) {
          yield Optional.of(bytes);
        }
        yield arguments.get(0) instanceof Value.Text(String text)
            ? encode(text, arguments)
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Value.Bytes> encode(String text, List<Value> arguments) {
    String codec =
        arguments.size() > 1 && arguments.get(1) instanceof Value.Text(String name)
            ? name
            : "utf-8";
    if (codec.startsWith("latin") || codec.startsWith("iso")) {
      return Optional.of(Value.Bytes.latin1(text));
    }
    byte[] utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return Optional.of(new Value.Bytes(ByteSource.of(utf8), 0, utf8.length, false));
  }
}
