package io.loadlock.artifact.hdf5;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Inflating;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.Arrays;

/// HDF5: Keras' `.h5` and `.weights.h5`, pandas' and PyTables' stores, and any other.
public final class Hdf5Format implements Format {
  /// The library looks for the signature at 0, 512 and each double of it; behind a user block.
  private static final long[] PLACES = {0, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536};

  @Override
  public String name() {
    return "hdf5";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 8);
    if (Arrays.equals(head, Hdf5File.SIGNATURE)) {
      return Claim.CERTAIN;
    }
    return !(content instanceof Inflating) && find(content) >= 0 ? Claim.CERTAIN : Claim.NO;
  }

  private static long find(ByteSource content) throws IOException {
    for (long place : PLACES) {
      if (place + 16 <= content.size()
          && Arrays.equals(content.bytes(place, 8), Hdf5File.SIGNATURE)) {
        return place;
      }
    }
    return -1;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    long place = find(content);
    if (place < 0) {
      throw new MalformedException("ends within the superblock", content.size());
    }
    Draft draft = new Draft(name());
    Hdf5File file = Hdf5File.open(content, place, 4L * limits.values());
    draft.detail("superblock version", Integer.toString(file.version()));
    Hdf5Reader reader = new Hdf5Reader(file, limits, draft);
    reader.read();
    if (reader.model()) {
      draft.detail("holds", "a Keras model");
    }
    return draft.reading();
  }
}
