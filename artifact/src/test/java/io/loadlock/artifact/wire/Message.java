package io.loadlock.artifact.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes messages of protocol buffers field by field.
public final class Message {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public static Message of() {
    return new Message();
  }

  public Message number(int field, long value) {
    varint((long) field << 3);
    varint(value);
    return this;
  }

  public Message bytes(int field, byte[] value) {
    varint((long) field << 3 | 2);
    varint(value.length);
    out.writeBytes(value);
    return this;
  }

  public Message text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  public Message message(int field, Message value) {
    return bytes(field, value.toByteArray());
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }
}
