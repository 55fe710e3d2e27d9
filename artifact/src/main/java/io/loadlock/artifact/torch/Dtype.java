package io.loadlock.artifact.torch;

import java.util.Map;
import java.util.Optional;

/// Element types by the names that files use.
public final class Dtype {
  private static final Map<String, String> STORAGES =
      Map.ofEntries(
          Map.entry("FloatStorage", "torch.float32"),
          Map.entry("DoubleStorage", "torch.float64"),
          Map.entry("HalfStorage", "torch.float16"),
          Map.entry("BFloat16Storage", "torch.bfloat16"),
          Map.entry("LongStorage", "torch.int64"),
          Map.entry("IntStorage", "torch.int32"),
          Map.entry("ShortStorage", "torch.int16"),
          Map.entry("CharStorage", "torch.int8"),
          Map.entry("ByteStorage", "torch.uint8"),
          Map.entry("BoolStorage", "torch.bool"),
          Map.entry("ComplexFloatStorage", "torch.complex64"),
          Map.entry("ComplexDoubleStorage", "torch.complex128"),
          Map.entry("QInt8Storage", "torch.qint8"),
          Map.entry("QUInt8Storage", "torch.quint8"),
          Map.entry("QInt32Storage", "torch.qint32"),
          Map.entry("QUInt4x2Storage", "torch.quint4x2"),
          Map.entry("QUInt2x4Storage", "torch.quint2x4"),
          Map.entry("UntypedStorage", "torch.uint8"),
          Map.entry("_UntypedStorage", "torch.uint8"));

  private static final Map<String, Integer> BYTES =
      Map.ofEntries(
          Map.entry("float64", 8),
          Map.entry("double", 8),
          Map.entry("float32", 4),
          Map.entry("float", 4),
          Map.entry("float16", 2),
          Map.entry("half", 2),
          Map.entry("bfloat16", 2),
          Map.entry("int64", 8),
          Map.entry("long", 8),
          Map.entry("int32", 4),
          Map.entry("int", 4),
          Map.entry("int16", 2),
          Map.entry("short", 2),
          Map.entry("int8", 1),
          Map.entry("uint8", 1),
          Map.entry("uint16", 2),
          Map.entry("uint32", 4),
          Map.entry("uint64", 8),
          Map.entry("bool", 1),
          Map.entry("complex32", 4),
          Map.entry("complex64", 8),
          Map.entry("complex128", 16),
          Map.entry("qint8", 1),
          Map.entry("quint8", 1),
          Map.entry("qint32", 4),
          Map.entry("quint4x2", 1),
          Map.entry("quint2x4", 1),
          Map.entry("float8_e4m3fn", 1),
          Map.entry("float8_e5m2", 1),
          Map.entry("float8_e4m3fnuz", 1),
          Map.entry("float8_e5m2fnuz", 1),
          Map.entry("float8_e8m0fnu", 1),
          Map.entry("float4_e2m1fn_x2", 1),
          Map.entry("bits8", 1),
          Map.entry("bits1x8", 1),
          Map.entry("bits2x4", 1),
          Map.entry("bits4x2", 1),
          Map.entry("bits16", 2));

  private Dtype() {}

  /// The type of a storage class's elements: `torch.FloatStorage` → `torch.float32`; empty where
  /// the class is not known.
  static String ofStorage(String type) {
    return STORAGES.getOrDefault(type.substring(type.lastIndexOf('.') + 1), "");
  }

  /// Bytes of one element of a `torch.…` type.
  public static Optional<Integer> bytes(String dtype) {
    String name = dtype.startsWith("torch.") ? dtype.substring("torch.".length()) : dtype;
    return Optional.ofNullable(BYTES.get(name));
  }
}
