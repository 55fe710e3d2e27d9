package io.loadlock.artifact.tflite;

import io.loadlock.artifact.Cursor;
import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.artifact.savedmodel.Operators;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/// TensorFlow Lite (`schema.fbs`): a FlatBuffer with the identifier `TFL3` at byte 4. Only the list
/// of operators is read: what a model does beyond the built-in ones is code of the loader's
/// program.
///
/// ```
/// Model:        0 version, 1 operator_codes, 2 subgraphs, 3 description, 4 buffers …
/// OperatorCode: 0 deprecated_builtin_code, 1 custom_code (text), 2 version, 3 builtin_code
/// ```
public final class TfliteFormat implements Format {
  private static final int TEXT = 4096;

  /// Custom operators that TensorFlow Lite's own libraries bring.
  private static final Set<String> SHIPPED =
      Set.of(
          "TFLite_Detection_PostProcess",
          "AudioSpectrogram",
          "Mfcc",
          "Convolution2DTransposeBias",
          "MaxPoolingWithArgmax2D",
          "MaxUnpooling2D",
          "Landmarks2TransformMatrix",
          "TransformTensor",
          "TransformTensorBilinear",
          "TransformLandmarks",
          "RoIToTransformMatrix",
          "edgetpu-custom-op",
          "NumericVerify",
          "HashtableV2",
          "HashtableLookupV2",
          "HashtableSizeV2",
          "Rfft2d");

  @Override
  public String name() {
    return "tflite";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 8);
    return head.length == 8 && new String(head, 4, 4, StandardCharsets.ISO_8859_1).equals("TFL3")
        ? Claim.CERTAIN
        : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    Draft draft = new Draft(name());
    try {
      operators(Cursor.of(content), limits.members(), draft);
    } catch (MalformedException e) {
      draft.problem(e.toProblem());
    }
    return draft.reading();
  }

  private static void operators(Cursor in, int most, Draft draft)
      throws IOException, MalformedException {
    long model = in.u32("the root");
    long codes = field(in, model, 1);
    if (codes < 0) {
      return;
    }
    long vector = codes + at(in, codes);
    in.seek(vector);
    long count = in.u32("a count");
    if (count > most) {
      throw new MalformedException(count + " operators", vector);
    }
    draft.detail("operators", Long.toString(count));
    for (long i = 0; i < count; i++) {
      long entry = vector + 4 + 4 * i;
      long custom = field(in, entry + at(in, entry), 1);
      if (custom >= 0) {
        custom(in, custom + at(in, custom), draft);
      }
    }
  }

  private static void custom(Cursor in, long at, Draft draft)
      throws IOException, MalformedException {
    in.seek(at);
    long length = in.u32("a length");
    String operator = new String(in.bytes(length, TEXT, "a name"), StandardCharsets.UTF_8);
    if (operator.startsWith("Flex")) {
      String full = operator.substring(4);
      String what = Operators.whatAlways(full).orElse("");
      if (!what.isEmpty()) {
        draft.effect(at, operator, Verdict.RUNS_CODE, what);
      }
    } else if (!SHIPPED.contains(operator) && !operator.isEmpty()) {
      draft.effect(
          at,
          operator,
          Verdict.UNKNOWN_CODE,
          "an operator that the loader's program has to provide");
    }
  }

  private static long at(Cursor in, long position) throws IOException, MalformedException {
    in.seek(position);
    return in.u32("an offset");
  }

  /// Where a table's field is; -1 where the table has none.
  private static long field(Cursor in, long table, int index)
      throws IOException, MalformedException {
    in.seek(table);
    long vtable = table - (int) in.u32("a table");
    in.seek(vtable);
    int size = in.u16("a table's layout");
    if (4 + 2 * index + 2 > size) {
      return -1;
    }
    in.seek(vtable + 4 + 2L * index);
    int offset = in.u16("a table's layout");
    return offset == 0 ? -1 : table + offset;
  }
}
