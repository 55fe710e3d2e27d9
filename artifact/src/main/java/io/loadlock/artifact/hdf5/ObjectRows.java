package io.loadlock.artifact.hdf5;

import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The rows of a dataset whose elements have variable length, kept in chunks that a B-tree of
/// version 1 finds (sections III.A.1 and IV.A.2.i): what PyTables and pandas write for objects.
final class ObjectRows {
  /// Dimensions that a dataset may have, and levels of the tree.
  private static final int DEEP = 16;

  private static final int MOST = 100_000;

  private final Hdf5File file;
  private final int dimensions;
  private final long perChunk;
  private final List<Row> rows = new ArrayList<>();

  /// One row's bytes.
  ///
  /// @param position from the start of the file
  record Row(long position, long length) {}

  private ObjectRows(Hdf5File file, int dimensions, long perChunk) {
    this.file = file;
    this.dimensions = dimensions;
    this.perChunk = perChunk;
  }

  /// @param in at a layout message, 0x08
  /// @param count how many rows there are
  /// @throws MalformedException where they are kept in another way than in unfiltered chunks
  static List<Row> read(Hdf5File file, Hdf5File.Place in, long count)
      throws IOException, MalformedException {
    long at = in.position();
    int version = in.u8();
    int kind = in.u8();
    if (version != 3 || kind != 2) {
      throw new MalformedException("rows of objects in a layout that is not read", at);
    }
    int dimensions = in.u8();
    long tree = in.offset();
    long perChunk = 1;
    for (int i = 0; i + 1 < dimensions; i++) {
      perChunk = Math.multiplyExact(perChunk, in.u32());
    }
    if (dimensions < 1 || dimensions > DEEP || perChunk > MOST) {
      throw new MalformedException("chunks of " + perChunk + " rows", at);
    }
    ObjectRows reader = new ObjectRows(file, dimensions, perChunk);
    if (tree != Hdf5File.UNDEFINED) {
      reader.node(tree, 0);
    }
    if (reader.rows.size() < count) {
      throw new MalformedException(
          "only " + reader.rows.size() + " of " + count + " rows of objects found", at);
    }
    return reader.rows;
  }

  private void node(long address, int depth) throws IOException, MalformedException {
    Hdf5File.Place in = file.at(address);
    long at = in.position();
    in.expect("TREE");
    int type = in.u8();
    int level = in.u8();
    int entries = in.u16();
    if (type != 1 || level > DEEP || depth > DEEP) {
      throw new MalformedException("no tree of chunks", at);
    }
    in.offset();
    in.offset();
    for (int i = 0; i < entries; i++) {
      in.skip(8 + 8L * dimensions);
      long child = in.offset();
      if (level > 0) {
        node(child, depth + 1);
      } else {
        chunk(child);
      }
    }
  }

  private void chunk(long address) throws IOException, MalformedException {
    Hdf5File.Place in = file.at(address);
    for (long i = 0; i < perChunk; i++) {
      long length = in.u32();
      long heap = in.offset();
      long index = in.u32();
      if (rows.size() >= MOST) {
        throw new MalformedException("more than " + MOST + " rows of objects", in.position());
      }
      if (heap > 0) {
        rows.add(new Row(GlobalHeap.object(file, heap, index).position(), length));
      }
    }
  }
}
