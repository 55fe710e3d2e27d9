package io.loadlock.artifact.convert;

import java.util.Optional;

/// The element types of safetensors 0.8, in the order of its `Dtype` (a file holds its tensors by
/// descending type).
public enum Dtype {
  BOOL("BOOL", 1, 1, "torch.bool"),
  /// Two numbers of four bits in each byte; the file counts numbers, torch counts bytes.
  F4("F4", 1, 1, "torch.float4_e2m1fn_x2"),
  U8("U8", 1, 1, "torch.uint8"),
  I8("I8", 1, 1, "torch.int8"),
  F8_E5M2("F8_E5M2", 1, 1, "torch.float8_e5m2"),
  F8_E4M3("F8_E4M3", 1, 1, "torch.float8_e4m3fn"),
  F8_E8M0("F8_E8M0", 1, 1, "torch.float8_e8m0fnu"),
  F8_E4M3FNUZ("F8_E4M3FNUZ", 1, 1, "torch.float8_e4m3fnuz"),
  F8_E5M2FNUZ("F8_E5M2FNUZ", 1, 1, "torch.float8_e5m2fnuz"),
  I16("I16", 2, 2, "torch.int16"),
  U16("U16", 2, 2, "torch.uint16"),
  F16("F16", 2, 2, "torch.float16"),
  BF16("BF16", 2, 2, "torch.bfloat16"),
  I32("I32", 4, 4, "torch.int32"),
  U32("U32", 4, 4, "torch.uint32"),
  F32("F32", 4, 4, "torch.float32"),
  C64("C64", 8, 4, "torch.complex64"),
  F64("F64", 8, 8, "torch.float64"),
  I64("I64", 8, 8, "torch.int64"),
  U64("U64", 8, 8, "torch.uint64");

  private final String word;
  private final int bytes;
  private final int swapped;
  private final String torch;

  Dtype(String word, int bytes, int swapped, String torch) {
    this.word = word;
    this.bytes = bytes;
    this.swapped = swapped;
    this.torch = torch;
  }

  /// As a safetensors header writes it.
  public String word() {
    return word;
  }

  /// Bytes of one element, as torch counts elements.
  public int bytes() {
    return bytes;
  }

  /// Bytes of one number: what is turned round between byte orders. Half an element of a complex
  /// type.
  int swapped() {
    return swapped;
  }

  /// torch's word, such as `torch.bfloat16`.
  public String torch() {
    return torch;
  }

  /// Whether values can be rounded to another of these.
  public boolean isFloat() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  /// The type that torch calls so, under its short names as well (`torch.half`); empty where
  /// safetensors has none.
  public static Optional<Dtype> ofTorch(String name) {
    String full =
        switch (name) {
          case "torch.half" -> "torch.float16";
          case "torch.float" -> "torch.float32";
          case "torch.double" -> "torch.float64";
          case "torch.short" -> "torch.int16";
          case "torch.int" -> "torch.int32";
          case "torch.long" -> "torch.int64";
          case "torch.cfloat" -> "torch.complex64";
          default -> name;
        };
    for (Dtype dtype : values()) {
      if (dtype.torch.equals(full)) {
        return Optional.of(dtype);
      }
    }
    return Optional.empty();
  }
}
