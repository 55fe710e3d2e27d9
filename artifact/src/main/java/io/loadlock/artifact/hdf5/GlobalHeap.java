package io.loadlock.artifact.hdf5;

import io.loadlock.core.MalformedException;
import java.io.IOException;

/// Collections of values of variable length (section III.E).
final class GlobalHeap {
  private GlobalHeap() {}

  /// The object with this index in the collection at this address.
  static Hdf5File.Place object(Hdf5File file, long address, long index)
      throws IOException, MalformedException {
    Hdf5File.Place in = file.at(address);
    long start = in.position();
    in.expect("GCOL");
    in.skip(4);
    long size = in.length();
    long end = start + Math.clamp(size, 0, in.remaining());
    for (int i = 0; i < 100_000 && in.position() < end; i++) {
      int number = in.u16();
      in.skip(6);
      long length = in.length();
      if (number == index) {
        return in;
      }
      if (number == 0 || length < 0) {
        break;
      }
      in.skip(length + (-length & 7));
    }
    throw new MalformedException("no object " + index + " in a global heap", start);
  }
}
