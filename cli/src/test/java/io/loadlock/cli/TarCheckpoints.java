package io.loadlock.cli;

import io.loadlock.testkit.PickleAssembler;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Checkpoints as torch wrote them before 0.1.10: tars, with parts that may be wrong.
final class TarCheckpoints {
  private static final int BLOCK = 512;

  private TarCheckpoints() {}

  /// A tar in the old format, without times and owners.
  static byte[] tar(Map<String, byte[]> members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    members.forEach(
        (name, content) -> {
          ByteBuffer header = ByteBuffer.allocate(BLOCK);
          header.put(0, name.getBytes(StandardCharsets.US_ASCII));
          header.put(124, "%011o".formatted(content.length).getBytes(StandardCharsets.US_ASCII));
          header.put(148, "        ".getBytes(StandardCharsets.US_ASCII)).put(156, (byte) '0');
          int sum = 0;
          for (byte one : header.array()) {
            sum += one & 0xFF;
          }
          header.put(148, "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII));
          out.writeBytes(header.array());
          out.writeBytes(content);
          out.writeBytes(new byte[Math.floorMod(-content.length, BLOCK)]);
        });
    out.writeBytes(new byte[2 * BLOCK]);
    return out.toByteArray();
  }

  /// The object: a dict of one tensor, which is kept elsewhere under the number 7.
  static byte[] object() {
    return begun().emptyDict().text("w").text("7").binPersid().setItem().stop();
  }

  /// One storage, called 1, of six floats, of whose bytes there are so many.
  static byte[] storages(int bytes) {
    byte[] key = begun().integer(1).text("cpu").global("torch", "FloatStorage").tuple3().stop();
    return joined(
        begun().integer(1).stop(),
        key,
        numbers(6),
        new byte[bytes],
        bytes < 24 ? new byte[0] : begun().emptyList().stop());
  }

  /// One tensor, called 7: a vector in the storage of this key.
  static byte[] tensors(int storage, long size) {
    byte[] key = begun().integer(7).integer(storage).global("torch", "FloatTensor").tuple3().stop();
    return joined(begun().integer(1).stop(), key, numbers(1, size, 1, 0));
  }

  private static PickleAssembler begun() {
    return PickleAssembler.protocol(2);
  }

  private static byte[] numbers(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putLong(value);
    }
    return bytes.array();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
