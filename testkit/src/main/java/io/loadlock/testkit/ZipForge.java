package io.loadlock.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// Writes zip archives that lie: each field of each record can be set by itself (APPNOTE 4.3).
public final class ZipForge {
  private final List<Member> members = new ArrayList<>();
  private byte[] comment = {};
  private byte[] front = {};

  /// One member; the fields are what its two records will say.
  public static final class Member {
    private final byte[] packed;
    public String localName;
    public String centralName;
    public int localFlags = 0x800;
    public int centralFlags = 0x800;
    public int localMethod;
    public int centralMethod;
    public int localCrc;
    public int centralCrc;
    public int localPacked;
    public int centralPacked;
    public int localSize;
    public int centralSize;

    /// Whether the directory names it.
    public boolean listed = true;

    private int offset;

    private Member(String name, byte[] content, boolean deflate) {
      this.packed = deflate ? deflate(content) : content;
      this.localName = name;
      this.centralName = name;
      this.localMethod = deflate ? 8 : 0;
      this.centralMethod = localMethod;
      CRC32 crc = new CRC32();
      crc.update(content);
      this.localCrc = (int) crc.getValue();
      this.centralCrc = localCrc;
      this.localPacked = packed.length;
      this.centralPacked = packed.length;
      this.localSize = content.length;
      this.centralSize = content.length;
    }

    private static byte[] deflate(byte[] content) {
      Deflater deflater = new Deflater(9, true);
      deflater.setInput(content);
      deflater.finish();
      byte[] out = new byte[content.length + 64];
      int length = deflater.deflate(out);
      deflater.end();
      return java.util.Arrays.copyOf(out, length);
    }
  }

  /// Adds a stored member and lets `lie` change what is said of it.
  public ZipForge stored(String name, byte[] content, Consumer<Member> lie) {
    return add(new Member(name, content, false), lie);
  }

  public ZipForge stored(String name, byte[] content) {
    return stored(name, content, _ -> {});
  }

  /// Adds a deflated member and lets `lie` change what is said of it.
  public ZipForge deflated(String name, byte[] content, Consumer<Member> lie) {
    return add(new Member(name, content, true), lie);
  }

  private ZipForge add(Member member, Consumer<Member> lie) {
    lie.accept(member);
    members.add(member);
    return this;
  }

  public ZipForge comment(byte[] bytes) {
    this.comment = bytes.clone();
    return this;
  }

  /// Bytes in front that the archive's offsets count.
  public ZipForge front(byte[] bytes) {
    this.front = bytes.clone();
    return this;
  }

  public byte[] bytes() {
    Out out = new Out();
    out.write(front);
    for (Member member : members) {
      member.offset = out.size();
      byte[] name = member.localName.getBytes(StandardCharsets.UTF_8);
      out.u32(0x04034b50).u16(20).u16(member.localFlags).u16(member.localMethod).u32(0);
      out.u32(member.localCrc).u32(member.localPacked).u32(member.localSize);
      out.u16(name.length).u16(0).write(name);
      out.write(member.packed);
    }
    int start = out.size();
    int listed = 0;
    for (Member member : members) {
      if (member.listed) {
        listed++;
        byte[] name = member.centralName.getBytes(StandardCharsets.UTF_8);
        out.u32(0x02014b50).u16(20).u16(20).u16(member.centralFlags).u16(member.centralMethod);
        out.u32(0).u32(member.centralCrc).u32(member.centralPacked).u32(member.centralSize);
        out.u16(name.length).u16(0).u16(0).u16(0).u16(0).u32(0).u32(member.offset).write(name);
      }
    }
    int size = out.size() - start;
    out.u32(0x06054b50).u16(0).u16(0).u16(listed).u16(listed).u32(size).u32(start);
    return out.u16(comment.length).write(comment).toByteArray();
  }

  private static final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Out u16(int value) {
      bytes.write(value);
      bytes.write(value >> 8);
      return this;
    }

    Out u32(int value) {
      return u16(value).u16(value >> 16);
    }

    Out write(byte[] more) {
      bytes.writeBytes(more);
      return this;
    }

    int size() {
      return bytes.size();
    }

    byte[] toByteArray() {
      return bytes.toByteArray();
    }
  }
}
