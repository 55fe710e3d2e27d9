package io.loadlock.artifact.hdf5;

import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Dataspaces and datatypes, as far as readings show them (sections IV.A.2.b and d).
final class Types {
  private Types() {}

  /// Extents; empty for a scalar.
  static List<Long> dataspace(Hdf5File.Place in) throws IOException, MalformedException {
    int version = in.u8();
    int rank = in.u8();
    if (version < 1 || version > 2 || rank > 32) {
      throw new MalformedException(
          "a dataspace of version " + version + " and rank " + rank, in.position());
    }
    in.skip(version == 1 ? 6 : 2);
    List<Long> extents = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      extents.add(in.length());
    }
    return extents;
  }

  /// @param kind 3 text of fixed length, 9 variable length, others as the specification numbers
  ///   them
  /// @param size of one value in bytes
  /// @param text for variable length: whether it is text
  record Datatype(int kind, long size, boolean text, String name) {}

  static Datatype datatype(Hdf5File.Place in) throws IOException, MalformedException {
    int first = in.u8();
    int bits = in.u8();
    in.skip(2);
    long size = in.u32();
    int kind = first & 15;
    boolean big = (bits & 1) != 0;
    String name =
        switch (kind) {
          case 0 -> (big ? ">" : "<") + ((bits & 8) != 0 ? "i" : "u") + size;
          case 1 -> (big ? ">" : "<") + "f" + size;
          case 3 -> "S" + size;
          case 4 -> "bits" + size;
          case 5 -> "opaque" + size;
          case 6 -> "compound" + size;
          case 7 -> "reference";
          case 8 -> "enum" + size;
          case 9 -> (bits & 15) == 1 ? "text" : "variable";
          case 10 -> "array" + size;
          default -> "type" + kind;
        };
    return new Datatype(kind, size, kind == 9 && (bits & 15) == 1, name);
  }

  /// Bytes that so many values fill; -1 above 2^63.
  static long bytes(List<Long> extents, long size) {
    long bytes = size;
    for (long extent : extents) {
      if (extent < 0 || Math.multiplyHigh(bytes, extent) != 0 || bytes * extent < 0) {
        return -1;
      }
      bytes *= extent;
    }
    return bytes;
  }
}
