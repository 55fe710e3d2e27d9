package io.loadlock.artifact.torch;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The element types of torch, by the names that files use.
public enum TorchType {
  FLOAT64(8, 8, "Double", "double"),
  FLOAT32(4, 4, "Float", "float"),
  FLOAT16(2, 2, "Half", "half"),
  BFLOAT16(2, 2, "BFloat16", ""),
  INT64(8, 8, "Long", "long"),
  INT32(4, 4, "Int", "int"),
  INT16(2, 2, "Short", "short"),
  INT8(1, 1, "Char", ""),
  UINT8(1, 1, "Byte", ""),
  UINT16(2, 2, "", ""),
  UINT32(4, 4, "", ""),
  UINT64(8, 8, "", ""),
  BOOL(1, 1, "Bool", ""),
  COMPLEX32(4, 2, "", "chalf"),
  COMPLEX64(8, 4, "ComplexFloat", "cfloat"),
  COMPLEX128(16, 8, "ComplexDouble", "cdouble"),
  QINT8(1, 1, "QInt8", ""),
  QUINT8(1, 1, "QUInt8", ""),
  QINT32(4, 4, "QInt32", ""),
  QUINT4X2(1, 1, "QUInt4x2", ""),
  QUINT2X4(1, 1, "QUInt2x4", ""),
  FLOAT8_E4M3FN(1, 1, "", ""),
  FLOAT8_E5M2(1, 1, "", ""),
  FLOAT8_E4M3FNUZ(1, 1, "", ""),
  FLOAT8_E5M2FNUZ(1, 1, "", ""),
  FLOAT8_E8M0FNU(1, 1, "", ""),
  FLOAT4_E2M1FN_X2(1, 1, "", ""),
  BITS8(1, 1, "", ""),
  BITS1X8(1, 1, "", ""),
  BITS2X4(1, 1, "", ""),
  BITS4X2(1, 1, "", ""),
  BITS16(2, 2, "", "");

  private static final Map<String, TorchType> NAMES = new HashMap<>();
  private static final Map<String, TorchType> STORAGES = new HashMap<>();

  static {
    for (TorchType dtype : values()) {
      NAMES.put(dtype.torch(), dtype);
      if (!dtype.alias.isEmpty()) {
        NAMES.put("torch." + dtype.alias, dtype);
      }
      if (!dtype.storage.isEmpty()) {
        STORAGES.put(dtype.storage + "Storage", dtype);
      }
    }
    STORAGES.put("UntypedStorage", UINT8);
    STORAGES.put("_UntypedStorage", UINT8);
  }

  private final int bytes;
  private final int number;
  private final String storage;
  private final String alias;

  TorchType(int bytes, int number, String storage, String alias) {
    this.bytes = bytes;
    this.number = number;
    this.storage = storage;
    this.alias = alias;
  }

  /// The type of a storage class's elements: `torch.FloatStorage` → `torch.float32`; empty where
  /// the class is not known.
  static Optional<TorchType> ofStorage(String type) {
    return Optional.ofNullable(STORAGES.get(type.substring(type.lastIndexOf('.') + 1)));
  }

  /// The type that torch calls so, under its short names as well: `torch.half`.
  public static Optional<TorchType> of(String name) {
    return Optional.ofNullable(NAMES.get(name));
  }

  /// Its full name, such as `torch.bfloat16`.
  public String torch() {
    return "torch." + name().toLowerCase(Locale.ROOT);
  }

  /// Bytes of one element of a storage.
  public int bytes() {
    return bytes;
  }

  /// Bytes of one number: what byte orders turn round. Half an element of a complex type.
  public int number() {
    return number;
  }

  /// Whether several elements of a tensor share one element of its storage.
  boolean packed() {
    return this == QUINT4X2 || this == QUINT2X4;
  }
}
