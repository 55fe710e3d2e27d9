package io.loadlock.artifact.dbm;

import io.loadlock.artifact.Cursor;
import io.loadlock.core.MalformedException;
import java.io.IOException;

/// Numbers in the byte order of the machine that wrote the file.
record Endian(Cursor cursor, boolean big) {
  int u16(String what) throws IOException, MalformedException {
    int value = cursor.u16(what);
    return big ? Short.toUnsignedInt(Short.reverseBytes((short) value)) : value;
  }

  long u32(String what) throws IOException, MalformedException {
    return big ? cursor.u32Big(what) : cursor.u32(what);
  }

  long i64(String what) throws IOException, MalformedException {
    return big ? cursor.i64Big(what) : cursor.i64(what);
  }

  void seek(long position) throws MalformedException {
    cursor.seek(position);
  }
}
