package io.loadlock.artifact.hdf5;

import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// The members of groups, old and new (sections III.A.1, III.C, III.D and IV.A.2.c, g, r).
final class Links {
  sealed interface Link {
    String name();
  }

  /// @param address of the object's header
  record Hard(String name, long address) implements Link {}

  record Soft(String name, String path) implements Link {}

  /// @param position of the file's name
  record External(String name, String file, String path, long position) implements Link {}

  private static final int NAME = 65_535;

  private final Hdf5File file;
  private final Consumer<Link> found;
  private final Set<Long> nodes = new HashSet<>();

  Links(Hdf5File file, Consumer<Link> found) {
    this.file = file;
    this.found = found;
  }

  /// Message 0x06.
  void message(Hdf5File.Place in) throws IOException, MalformedException {
    int version = in.u8();
    int flags = in.u8();
    if (version != 1) {
      throw new MalformedException("a link of version " + version, in.position());
    }
    int type = (flags & 8) != 0 ? in.u8() : 0;
    in.skip((flags & 4) != 0 ? 8 : 0);
    in.skip((flags & 16) != 0 ? 1 : 0);
    long length = in.unsigned(1 << (flags & 3));
    String name = new String(in.bytes(length, NAME), StandardCharsets.UTF_8);
    switch (type) {
      case 0 -> found.accept(new Hard(name, in.offset()));
      case 1 -> {
        int size = in.u16();
        found.accept(new Soft(name, new String(in.bytes(size, NAME), StandardCharsets.UTF_8)));
      }
      case 64 -> {
        in.skip(3);
        long at = in.position();
        String target = in.zeroEnded(NAME);
        found.accept(new External(name, target, in.zeroEnded(NAME), at));
      }
      default -> found.accept(new External(name, "link of type " + type, "", in.position()));
    }
  }

  /// Message 0x02: links in a fractal heap.
  void dense(Hdf5File.Place in) throws IOException, MalformedException {
    in.skip(1);
    int flags = in.u8();
    in.skip((flags & 1) != 0 ? 8 : 0);
    long heap = in.offset();
    long index = in.offset();
    if (heap == Hdf5File.UNDEFINED) {
      return;
    }
    for (long position : FractalHeap.of(file, heap).objects(index, 4)) {
      Hdf5File.Place object = file.at(0);
      object.seek(position);
      message(object);
    }
  }

  /// Message 0x11: a version 1 B-tree and a local heap.
  void symbolTable(Hdf5File.Place in) throws IOException, MalformedException {
    long tree = in.offset();
    long heap = in.offset();
    Hdf5File.Place local = file.at(heap);
    local.expect("HEAP");
    local.skip(4);
    local.length();
    local.length();
    node(tree, local.offset(), 0);
  }

  private void node(long address, long names, int depth) throws IOException, MalformedException {
    if (depth > 32 || !nodes.add(address)) {
      throw new MalformedException("a B-tree that leads back into itself", address);
    }
    Hdf5File.Place in = file.at(address);
    in.expect("TREE");
    int type = in.u8();
    int level = in.u8();
    int count = in.u16();
    if (type != 0) {
      throw new MalformedException("a B-tree of type " + type + " for a group", in.position());
    }
    in.offset();
    in.offset();
    in.length();
    List<Long> children = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      children.add(in.offset());
      in.length();
    }
    for (long child : children) {
      if (level > 0) {
        node(child, names, depth + 1);
      } else {
        symbols(child, names);
      }
    }
  }

  private void symbols(long address, long names) throws IOException, MalformedException {
    if (!nodes.add(address)) {
      throw new MalformedException("a symbol table that comes twice", address);
    }
    Hdf5File.Place in = file.at(address);
    in.expect("SNOD");
    in.skip(2);
    int count = in.u16();
    for (int i = 0; i < count; i++) {
      long name = in.offset();
      long header = in.offset();
      long cache = in.u32();
      in.skip(4);
      long scratch = in.position();
      long value = in.u32();
      in.seek(scratch);
      in.skip(16);
      String text = file.at(names + name).zeroEnded(NAME);
      found.accept(
          cache == 2
              ? new Soft(text, file.at(names + value).zeroEnded(NAME))
              : new Hard(text, header));
    }
  }
}
