package io.loadlock.artifact.hdf5;

import io.loadlock.core.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A named value at a group or dataset (section IV.A.2.m), if it is text.
final class Attribute {
  private static final int NAME = 4096;

  /// Bytes of one attribute's texts. Keras' configurations are far smaller.
  private static final int MOST = 64 << 20;

  private static final int TEXTS = 4096;

  private final String name;
  private final long position;
  private final byte[] value;

  private Attribute(String name, long position, byte[] value) {
    this.name = name;
    this.position = position;
    this.value = value;
  }

  String name() {
    return name;
  }

  /// Of its first byte, from the start of the file.
  long position() {
    return position;
  }

  /// The bytes of its texts, one after another, not a copy; empty for numbers.
  byte[] value() {
    return value;
  }

  String text() {
    return new String(value, StandardCharsets.UTF_8);
  }

  static Attribute read(Hdf5File file, Hdf5File.Place in) throws IOException, MalformedException {
    int version = in.u8();
    if (version < 1 || version > 3) {
      throw new MalformedException("an attribute of version " + version, in.position());
    }
    int flags = in.u8();
    int nameSize = in.u16();
    int typeSize = in.u16();
    int spaceSize = in.u16();
    in.skip(version == 3 ? 1 : 0);
    long at = in.position();
    byte[] name = in.bytes(nameSize, NAME);
    int length = 0;
    while (length < name.length && name[length] != 0) {
      length++;
    }
    String text = new String(name, 0, length, StandardCharsets.UTF_8);
    long type = at + padded(nameSize, version);
    in.seek(type);
    if (version > 1 && (flags & 2) != 0) {
      throw new MalformedException("the dataspace of " + text + " lies elsewhere", type);
    }
    boolean committed = version > 1 && (flags & 1) != 0;
    Types.Datatype datatype = committed ? committed(file, in) : Types.datatype(in);
    long space = type + padded(typeSize, version);
    in.seek(space);
    List<Long> extents = spaceSize == 0 ? new ArrayList<>() : Types.dataspace(in);
    in.seek(space + padded(spaceSize, version));
    long count = Types.bytes(extents, 1);
    return value(file, in, text, datatype, count);
  }

  /// A datatype that is an object of its own, which a shared message points to (section IV.A.2).
  private static Types.Datatype committed(Hdf5File file, Hdf5File.Place in)
      throws IOException, MalformedException {
    long at = in.position();
    int version = in.u8();
    int kind = in.u8();
    in.skip(version == 1 ? 6 : 0);
    if (version < 1 || version > 3 || version == 3 && kind != 2) {
      throw new MalformedException("a datatype in a heap of shared messages", at);
    }
    for (Messages.Message message : Messages.of(file, in.offset())) {
      if (message.type() == 0x03) {
        Hdf5File.Place type = file.at(0);
        type.seek(message.position());
        return Types.datatype(type);
      }
    }
    throw new MalformedException("a shared datatype that is none", at);
  }

  private static long padded(int size, int version) {
    return version == 1 ? (size + 7) / 8 * 8 : size;
  }

  private static Attribute value(
      Hdf5File file, Hdf5File.Place in, String name, Types.Datatype datatype, long count)
      throws IOException, MalformedException {
    long at = in.position();
    boolean bytes =
        datatype.kind() == 3
            || datatype.kind() == 5
            || datatype.size() == 1 && datatype.kind() == 0;
    if (bytes) {
      long size = Types.bytes(List.of(count), datatype.size());
      return new Attribute(name, at, in.bytes(size, MOST));
    }
    if (datatype.kind() != 9) {
      return new Attribute(name, at, new byte[0]);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long first = at;
    for (long i = 0; i < count && i < TEXTS; i++) {
      long length = in.u32();
      long heap = in.offset();
      long index = in.u32();
      long back = in.position();
      if (heap > 0 && length > 0) {
        Hdf5File.Place object = GlobalHeap.object(file, heap, index);
        first = i == 0 ? object.position() : first;
        out.writeBytes(object.bytes(length, MOST - out.size()));
      }
      in.seek(back);
    }
    return new Attribute(name, first, out.toByteArray());
  }
}
