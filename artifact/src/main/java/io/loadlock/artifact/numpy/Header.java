package io.loadlock.artifact.numpy;

import io.loadlock.artifact.Cursor;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `\x93NUMPY`, major u8, minor u8, header length u16 (version 1) or u32 (2 and 3), the header as a
/// Python literal.
///
/// @param version 1, 2 or 3
/// @param type of the elements
/// @param fortran whether the first index varies fastest
/// @param shape in elements
/// @param data offset of the first byte behind the header
record Header(int version, ElementType type, boolean fortran, List<Long> shape, long data) {
  /// NumPy refuses longer ones unless pickles are allowed; this only bounds memory.
  private static final int LONGEST = 16 << 20;

  static boolean begins(ByteSource source) throws IOException {
    byte[] magic = new byte[6];
    try {
      source.read(0, magic, 0, 6);
    } catch (EOFException e) {
      return false;
    }
    return (magic[0] & 0xFF) == 0x93
        && new String(magic, 1, 5, StandardCharsets.US_ASCII).equals("NUMPY");
  }

  static Header read(ByteSource source) throws IOException, MalformedException {
    Cursor cursor = Cursor.of(source);
    cursor.skip(6);
    int version = cursor.u8("major version");
    cursor.skip(1);
    if (version < 1 || version > 3) {
      throw new MalformedException("version " + version + " of the format is not known", 6);
    }
    long length = version == 1 ? cursor.u16("header length") : cursor.u32("header length");
    long start = cursor.position();
    byte[] bytes = cursor.bytes(length, LONGEST, "header");
    String text =
        new String(bytes, version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    if (!(PythonLiteral.parse(text.strip(), start) instanceof PythonLiteral.Mapping(var items))) {
      throw new MalformedException("header is no dictionary", start);
    }
    PythonLiteral descr = items.get("descr");
    PythonLiteral order = items.get("fortran_order");
    PythonLiteral shape = items.get("shape");
    if (descr == null || order == null || shape == null) {
      throw new MalformedException("header lacks descr, fortran_order or shape", start);
    }
    boolean fortran = order instanceof PythonLiteral.Truth(boolean value) && value;
    return new Header(
        version, ElementType.of(descr), fortran, dimensions(shape, start), cursor.position());
  }

  /// Offset of what stands behind the header, by its declared length alone.
  static long data(ByteSource source) throws IOException, MalformedException {
    Cursor cursor = Cursor.of(source);
    cursor.skip(6);
    int version = cursor.u8("major version");
    cursor.skip(1);
    cursor.skip(version == 1 ? cursor.u16("header length") : cursor.u32("header length"));
    return cursor.position();
  }

  private static List<Long> dimensions(PythonLiteral shape, long offset) throws MalformedException {
    if (!(shape instanceof PythonLiteral.Sequence(boolean tuple, List<PythonLiteral> items))
        || !tuple) {
      throw new MalformedException("shape is no tuple", offset);
    }
    List<Long> dimensions = new ArrayList<>();
    for (PythonLiteral item : items) {
      if (!(item instanceof PythonLiteral.Whole(BigInteger value))
          || value.signum() < 0
          || value.bitLength() > 62) {
        throw new MalformedException("shape holds no size", offset);
      }
      dimensions.add(value.longValue());
    }
    return dimensions;
  }

  /// Of a number or of a tuple of numbers; -1 of anything else.
  static BigInteger product(PythonLiteral shape) {
    return switch (shape) {
      case PythonLiteral.Whole(BigInteger value) -> value;
      case PythonLiteral.Sequence(_, List<PythonLiteral> items) -> {
        BigInteger product = BigInteger.ONE;
        for (PythonLiteral item : items) {
          product =
              item instanceof PythonLiteral.Whole(BigInteger value)
                  ? product.multiply(value)
                  : BigInteger.ONE.negate();
        }
        yield product;
      }
      case PythonLiteral.Text _,
          PythonLiteral.Truth _,
          PythonLiteral.None _,
          PythonLiteral.Mapping _ ->
          BigInteger.ONE.negate();
    };
  }

  /// Bytes of the elements; -1 where that is not known or overflows 2^63.
  long size() {
    BigInteger size = BigInteger.valueOf(type.size());
    for (long dimension : shape) {
      size = size.multiply(BigInteger.valueOf(dimension));
    }
    return type.size() < 0 || size.bitLength() > 62 ? -1 : size.longValue();
  }
}
