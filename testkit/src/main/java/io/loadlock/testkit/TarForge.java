package io.loadlock.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Writes tar archives block by block, honest or not (POSIX.1-2017 `pax`): header and content of a
/// member need not agree.
public final class TarForge {
  private static final int BLOCK = 512;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /// A file as every tar writes it.
  public TarForge file(String name, byte[] content) {
    return header(name, '0', content.length, new byte[0]).raw(content);
  }

  /// A header alone, with a right checksum.
  ///
  /// @param size that it claims
  /// @param special from byte 386 on, where GNU's sparse files have their map
  public TarForge header(String name, char type, long size, byte[] special) {
    return header(name, type, "%011o".formatted(size), special);
  }

  /// A header whose size is any text.
  public TarForge header(String name, char type, String size, byte[] special) {
    byte[] block = new byte[BLOCK];
    put(block, 0, name);
    put(block, 100, "0000644");
    put(block, 124, size);
    put(block, 136, "00000000000");
    block[156] = (byte) type;
    put(block, 257, type == 'S' ? "ustar  " : "ustar");
    System.arraycopy(special, 0, block, 386, special.length);
    Arrays.fill(block, 148, 156, (byte) ' ');
    int sum = 0;
    for (byte value : block) {
      sum += value & 0xFF;
    }
    put(block, 148, "%06o".formatted(sum));
    block[154] = 0;
    out.writeBytes(block);
    return this;
  }

  /// An extended header: `length key=value` records, in the order given.
  public TarForge pax(char type, String... pairs) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      String rest = " " + pairs[i] + "=" + pairs[i + 1] + "\n";
      int length = rest.length() + 1;
      while (Integer.toString(length).length() + rest.length() != length) {
        length++;
      }
      text.append(length).append(rest);
    }
    byte[] records = text.toString().getBytes(StandardCharsets.UTF_8);
    return header("pax", type, records.length, new byte[0]).raw(records);
  }

  /// Content, filled up to a whole block.
  public TarForge raw(byte[] content) {
    out.writeBytes(content);
    out.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    return this;
  }

  /// With the two blocks of zeros behind it.
  public byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(out.toByteArray());
    whole.writeBytes(new byte[2 * BLOCK]);
    return whole.toByteArray();
  }

  private static void put(byte[] block, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, block, at, bytes.length);
  }
}
