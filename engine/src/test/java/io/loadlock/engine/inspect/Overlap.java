package io.loadlock.engine.inspect;

import io.loadlock.testkit.ZipForge;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Archives whose members all lie on the same bytes.
final class Overlap {
  private Overlap() {}

  /// `members` records for one pickle of `opcodes` numbers.
  static byte[] zip(int members, int opcodes) {
    byte[] pickle = new byte[2 * opcodes + 6];
    pickle[0] = (byte) 0x80;
    pickle[1] = 2;
    pickle[2] = ']';
    pickle[3] = '(';
    for (int i = 0; i < opcodes; i++) {
      pickle[4 + 2 * i] = 'K';
    }
    pickle[pickle.length - 2] = 'e';
    pickle[pickle.length - 1] = '.';
    byte[] single = new ZipForge().deflated("a.pkl", pickle, _ -> {}).bytes();
    ByteBuffer end = ByteBuffer.wrap(single).order(ByteOrder.LITTLE_ENDIAN);
    int size = end.getInt(single.length - 10);
    int start = end.getInt(single.length - 6);
    byte[] all = new byte[start + size * members + 22];
    System.arraycopy(single, 0, all, 0, start);
    for (int i = 0; i < members; i++) {
      System.arraycopy(single, start, all, start + i * size, size);
    }
    System.arraycopy(single, single.length - 22, all, all.length - 22, 22);
    ByteBuffer.wrap(all)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(all.length - 14, (short) members)
        .putShort(all.length - 12, (short) members)
        .putInt(all.length - 10, size * members);
    return all;
  }
}
