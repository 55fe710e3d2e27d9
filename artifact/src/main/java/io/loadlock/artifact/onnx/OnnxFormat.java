package io.loadlock.artifact.onnx;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.artifact.wire.Wire;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.Locale;

/// ONNX `ModelProto` (`onnx.proto`): a message of protocol buffers without a magic number,
/// recognised by its fields.
public final class OnnxFormat implements Format {
  /// Of inflated bytes, what may be inflated to recognise them.
  private static final long INFLATED = 64 << 20;

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 16);
    boolean named = name.toLowerCase(Locale.ROOT).endsWith(".onnx");
    if (head.length < 4 || !plausible(head[0] & 0xFF)) {
      return Claim.NO;
    }
    if (content instanceof Inflating inflating
        && (inflating.expected() < 0 || inflating.expected() > INFLATED)) {
      return named ? Claim.POSSIBLE : Claim.NO;
    }
    return isModel(content) ? Claim.CERTAIN : named ? Claim.POSSIBLE : Claim.NO;
  }

  /// The tag of a field of `ModelProto`, with the type that field has.
  private static boolean plausible(int tag) {
    return switch (tag) {
      case 0x08, 0x12, 0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42, 0x72 -> true;
      default -> false;
    };
  }

  /// Whether the fields of the outermost message are a model's, to the end, with a graph among
  /// them.
  private static boolean isModel(ByteSource content) throws IOException {
    boolean graph = false;
    boolean imports = false;
    try {
      Wire model = Wire.of(content, 10_000);
      while (model.next()) {
        switch (model.field()) {
          case 1, 5 -> {
            if (!model.isNumber()) {
              return false;
            }
          }
          case 2, 3, 4, 6, 14, 20, 25, 26 -> {
            if (!model.isBytes()) {
              return false;
            }
          }
          case 7 -> {
            if (!model.isBytes() || !isGraph(model.message())) {
              return false;
            }
            graph = true;
          }
          case 8 -> {
            if (!model.isBytes() || model.number() > 1000) {
              return false;
            }
            imports = true;
          }
          default -> {
            return false;
          }
        }
      }
    } catch (MalformedException e) {
      return false;
    }
    return graph && imports;
  }

  private static boolean isGraph(Wire graph) throws IOException, MalformedException {
    for (int i = 0; i < 8 && graph.next(); i++) {
      if (graph.field() > 16 || !graph.isBytes()) {
        return false;
      }
    }
    return true;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    Draft draft = new Draft(name());
    OnnxModel model = new OnnxModel(draft);
    try {
      model.read(Wire.of(content, limits.values()));
    } catch (MalformedException e) {
      draft.problem(e.toProblem());
    }
    model.finish();
    return draft.reading();
  }
}
