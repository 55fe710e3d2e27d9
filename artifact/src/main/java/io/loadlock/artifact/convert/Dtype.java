package io.loadlock.artifact.convert;

import io.loadlock.artifact.torch.TorchType;
import java.util.Optional;

/// The element types of safetensors 0.8, in the order of its `Dtype` (a file holds its tensors by
/// descending type).
public enum Dtype {
  BOOL("BOOL", TorchType.BOOL),
  /// Two numbers of four bits in each byte; the file counts numbers, torch counts bytes.
  F4("F4", TorchType.FLOAT4_E2M1FN_X2),
  U8("U8", TorchType.UINT8),
  I8("I8", TorchType.INT8),
  F8_E5M2("F8_E5M2", TorchType.FLOAT8_E5M2),
  F8_E4M3("F8_E4M3", TorchType.FLOAT8_E4M3FN),
  F8_E8M0("F8_E8M0", TorchType.FLOAT8_E8M0FNU),
  F8_E4M3FNUZ("F8_E4M3FNUZ", TorchType.FLOAT8_E4M3FNUZ),
  F8_E5M2FNUZ("F8_E5M2FNUZ", TorchType.FLOAT8_E5M2FNUZ),
  I16("I16", TorchType.INT16),
  U16("U16", TorchType.UINT16),
  F16("F16", TorchType.FLOAT16),
  BF16("BF16", TorchType.BFLOAT16),
  I32("I32", TorchType.INT32),
  U32("U32", TorchType.UINT32),
  F32("F32", TorchType.FLOAT32),
  C64("C64", TorchType.COMPLEX64),
  F64("F64", TorchType.FLOAT64),
  I64("I64", TorchType.INT64),
  U64("U64", TorchType.UINT64);

  private final String word;
  private final TorchType torch;

  Dtype(String word, TorchType torch) {
    this.word = word;
    this.torch = torch;
  }

  /// As a safetensors header writes it.
  public String word() {
    return word;
  }

  /// Bytes of one element, as torch counts elements.
  public int bytes() {
    return torch.bytes();
  }

  /// Bytes of one number: what is turned round between byte orders. Half an element of a complex
  /// type.
  int number() {
    return torch.number();
  }

  /// torch's word, such as `torch.bfloat16`.
  public String torch() {
    return torch.torch();
  }

  /// Whether values can be rounded to another of these.
  public boolean isFloat() {
    return this == F16 || this == BF16 || this == F32 || this == F64;
  }

  /// The type that torch calls so, under its short names as well (`torch.half`); empty where
  /// safetensors has none.
  public static Optional<Dtype> ofTorch(String name) {
    Optional<TorchType> known = TorchType.of(name);
    for (Dtype dtype : values()) {
      if (known.isPresent() && known.get() == dtype.torch) {
        return Optional.of(dtype);
      }
    }
    return Optional.empty();
  }
}
