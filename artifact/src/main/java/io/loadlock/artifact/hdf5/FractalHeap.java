package io.loadlock.artifact.hdf5;

import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Where groups with many links and objects with many attributes keep them (section III.G), with
/// the version 2 B-tree that lists them (section III.A.2).
final class FractalHeap {
  private final Hdf5File file;
  private int idLength;
  private boolean filtered;
  private int width;
  private long startSize;
  private long maxDirect;
  private int offsetBytes;
  private int lengthBytes;
  private long root;
  private int rows;

  private FractalHeap(Hdf5File file) {
    this.file = file;
  }

  static FractalHeap of(Hdf5File file, long address) throws IOException, MalformedException {
    FractalHeap heap = new FractalHeap(file);
    heap.readHeader(address);
    return heap;
  }

  private void readHeader(long address) throws IOException, MalformedException {
    Hdf5File.Place in = file.at(address);
    in.expect("FRHP");
    in.skip(1);
    idLength = in.u16();
    filtered = in.u16() != 0;
    in.skip(1);
    long maxObject = in.u32();
    in.length();
    in.offset();
    in.length();
    in.offset();
    for (int i = 0; i < 8; i++) {
      in.length();
    }
    width = in.u16();
    startSize = in.length();
    maxDirect = in.length();
    int bits = in.u16();
    in.u16();
    root = in.offset();
    rows = in.u16();
    if (width == 0
        || width > 4096
        || Long.bitCount(startSize) != 1
        || Long.bitCount(maxDirect) != 1
        || bits > 64
        || rows > 64) {
      throw new MalformedException("a fractal heap that no writer makes", in.position());
    }
    offsetBytes = (bits + 7) / 8;
    lengthBytes = bytesFor(Math.min(maxDirect, maxObject));
  }

  private static int bytesFor(long value) {
    return Math.max(1, (64 - Long.numberOfLeadingZeros(value) + 7) / 8);
  }

  /// Where an object lies in the file, by its ID: byte 0 tells the kind.
  private long locate(Hdf5File.Place id) throws IOException, MalformedException {
    int kind = id.u8() >> 4 & 3;
    if (kind != 0 || filtered) {
      throw new MalformedException("an object outside of the heap's blocks", id.position());
    }
    long offset = id.unsigned(offsetBytes);
    id.unsigned(lengthBytes);
    return rows == 0 ? file.at(root).position() + offset : inIndirect(root, rows, 0, offset, 0);
  }

  private long blockSize(int row) {
    return row < 2 ? startSize : startSize << Math.min(row - 1, 40);
  }

  private long inIndirect(long address, int height, long start, long wanted, int depth)
      throws IOException, MalformedException {
    if (depth > 16) {
      throw new MalformedException("a fractal heap nested deeper than 16", address);
    }
    Hdf5File.Place in = file.at(address);
    in.expect("FHIB");
    in.skip(1);
    in.offset();
    in.skip(offsetBytes);
    long at = start;
    for (int row = 0; row < height; row++) {
      long size = blockSize(row);
      for (int column = 0; column < width; column++) {
        long child = in.offset();
        if (wanted >= at && wanted - at < size) {
          if (child == Hdf5File.UNDEFINED) {
            throw new MalformedException("an object in a block that is not there", in.position());
          }
          if (size <= maxDirect) {
            return file.at(child).position() + (wanted - at);
          }
          int below =
              Long.numberOfTrailingZeros(size) - Long.numberOfTrailingZeros(startSize * width) + 1;
          return inIndirect(child, Math.clamp(below, 1, 64), at, wanted, depth + 1);
        }
        at += size;
      }
    }
    throw new MalformedException("an object behind the heap's end", address);
  }

  /// Positions of all objects that the B-tree lists.
  ///
  /// @param skip bytes of a record in front of the heap ID
  List<Long> objects(long tree, int skip) throws IOException, MalformedException {
    List<Long> positions = new ArrayList<>();
    if (tree == Hdf5File.UNDEFINED) {
      return positions;
    }
    Hdf5File.Place in = file.at(tree);
    in.expect("BTHD");
    in.skip(2);
    long nodeSize = in.u32();
    int recordSize = in.u16();
    int depth = in.u16();
    in.skip(2);
    long top = in.offset();
    int count = in.u16();
    if (recordSize < skip + idLength || depth > 16) {
      throw new MalformedException("a B-tree that no writer makes", in.position());
    }
    if (top != Hdf5File.UNDEFINED) {
      new Tree(nodeSize, recordSize, skip, positions).node(top, count, depth);
    }
    return positions;
  }

  private final class Tree {
    private final long nodeSize;
    private final int recordSize;
    private final int skip;
    private final List<Long> positions;

    Tree(long nodeSize, int recordSize, int skip, List<Long> positions) {
      this.nodeSize = nodeSize;
      this.recordSize = recordSize;
      this.skip = skip;
      this.positions = positions;
    }

    void node(long address, long count, int depth) throws IOException, MalformedException {
      Hdf5File.Place in = file.at(address);
      in.expect(depth == 0 ? "BTLF" : "BTIN");
      in.skip(2);
      for (long i = 0; i < count; i++) {
        long at = in.position();
        in.skip(skip);
        if (positions.size() > 200_000) {
          throw new MalformedException("more than 200000 records in a B-tree", at);
        }
        positions.add(locate(in));
        in.seek(at);
        in.skip(recordSize);
      }
      if (depth == 0) {
        return;
      }
      long leafMost = (nodeSize - 10) / recordSize;
      int countBytes = bytesFor(leafMost);
      long below = leafMost;
      for (int level = 1; level < depth; level++) {
        long pointer = 8L + countBytes + (level > 1 ? bytesFor(below) : 0);
        below = below * ((nodeSize - 10 - pointer) / (recordSize + pointer) + 1);
      }
      for (long i = 0; i <= count; i++) {
        long child = in.offset();
        long records = in.unsigned(countBytes);
        in.skip(depth > 1 ? bytesFor(below) : 0);
        long back = in.position();
        node(child, records, depth - 1);
        in.seek(back);
      }
    }
  }
}
