package io.loadlock.artifact.hdf5;

import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The messages of an object header, of both versions, through all its continuations (section
/// IV.A).
final class Messages {
  /// @param type number of the message
  /// @param position of its content, from the start of the file
  record Message(int type, long position, int size) {}

  private record Block(long address, long length) {}

  private static final int MOST = 100_000;

  private final Hdf5File file;
  private final List<Message> messages = new ArrayList<>();
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Set<Long> seen = new HashSet<>();

  private Messages(Hdf5File file) {
    this.file = file;
  }

  static List<Message> of(Hdf5File file, long address) throws IOException, MalformedException {
    Messages reader = new Messages(file);
    reader.read(address);
    return reader.messages;
  }

  private void read(long address) throws IOException, MalformedException {
    Hdf5File.Place in = file.at(address);
    int first = in.u8();
    if (first == 1) {
      in.skip(7);
      long size = in.u32();
      in.skip(4);
      versionOne(in, size);
    } else if (first == 'O') {
      file.at(address);
      in = file.at(address);
      in.expect("OHDR");
      versionTwo(in);
    } else {
      throw new MalformedException("no object header", in.position() - 1);
    }
  }

  private void add(int type, long position, int size) throws MalformedException {
    if (messages.size() >= MOST) {
      throw new MalformedException("more than " + MOST + " messages in one header", position);
    }
    messages.add(new Message(type, position, size));
  }

  private void continuation(Hdf5File.Place in) throws IOException, MalformedException {
    long address = in.offset();
    long length = in.length();
    if (seen.add(address)) {
      blocks.add(new Block(address, length));
    }
  }

  private void versionOne(Hdf5File.Place first, long size) throws IOException, MalformedException {
    Hdf5File.Place in = first;
    long end = in.position() + size;
    while (true) {
      while (end - in.position() >= 8) {
        int type = in.u16();
        int length = in.u16();
        in.skip(4);
        message(in, type, length);
      }
      Block next = blocks.poll();
      if (next == null) {
        return;
      }
      in = file.at(next.address());
      end = in.position() + Math.clamp(next.length(), 0, in.remaining());
    }
  }

  private void message(Hdf5File.Place in, int type, int length)
      throws IOException, MalformedException {
    long at = in.position();
    if (type == 0x10) {
      continuation(in);
    } else if (type != 0) {
      add(type, at, length);
    }
    in.seek(at);
    in.skip(length);
  }

  private void versionTwo(Hdf5File.Place first) throws IOException, MalformedException {
    Hdf5File.Place in = first;
    in.skip(1);
    int flags = in.u8();
    in.skip((flags & 0x20) != 0 ? 16 : 0);
    in.skip((flags & 0x10) != 0 ? 4 : 0);
    long size = in.unsigned(1 << (flags & 3));
    int order = (flags & 4) != 0 ? 2 : 0;
    long end = in.position() + Math.clamp(size, 0, in.remaining());
    while (true) {
      while (end - in.position() >= 4 + order) {
        int type = in.u8();
        int length = in.u16();
        in.skip(1 + order);
        message(in, type, length);
      }
      Block next = blocks.poll();
      if (next == null) {
        return;
      }
      in = file.at(next.address());
      in.expect("OCHK");
      end = in.position() + Math.clamp(next.length() - 8, 0, in.remaining());
    }
  }
}
