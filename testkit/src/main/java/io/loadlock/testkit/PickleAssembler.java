package io.loadlock.testkit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Writes pickles opcode by opcode, so that a test says exactly what is in the stream. Method names
/// are those of `pickletools`, shortened where an opcode has several lengths. Payloads of tests are
/// inert.
public final class PickleAssembler {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public static PickleAssembler protocol(int number) {
    return new PickleAssembler().raw(0x80, number);
  }

  /// Without PROTO, as protocols 0 and 1 are written.
  public static PickleAssembler bare() {
    return new PickleAssembler();
  }

  public PickleAssembler raw(int... bytes) {
    for (int one : bytes) {
      out.write(one);
    }
    return this;
  }

  public PickleAssembler raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public PickleAssembler ascii(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8));
  }

  /// GLOBAL
  public PickleAssembler global(String module, String name) {
    return ascii("c" + module + "\n" + name + "\n");
  }

  /// Two texts and STACK_GLOBAL.
  public PickleAssembler stackGlobal(String module, String name) {
    return text(module).text(name).raw(0x93);
  }

  /// INST
  public PickleAssembler inst(String module, String name) {
    return ascii("i" + module + "\n" + name + "\n");
  }

  /// BINUNICODE
  public PickleAssembler text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return raw('X').int4(bytes.length).raw(bytes);
  }

  /// BINBYTES
  public PickleAssembler bytes(byte[] bytes) {
    return raw('B').int4(bytes.length).raw(bytes);
  }

  public PickleAssembler bytes(String ascii) {
    return bytes(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /// BININT
  public PickleAssembler integer(int value) {
    return raw('J').int4(value);
  }

  public PickleAssembler int4(int value) {
    return raw(value & 0xff, value >> 8 & 0xff, value >> 16 & 0xff, value >> 24 & 0xff);
  }

  /// Eight bytes, little endian.
  public PickleAssembler int8(long value) {
    return int4((int) value).int4((int) (value >> 32));
  }

  public PickleAssembler none() {
    return raw('N');
  }

  public PickleAssembler yes() {
    return raw(0x88);
  }

  public PickleAssembler no() {
    return raw(0x89);
  }

  public PickleAssembler mark() {
    return raw('(');
  }

  public PickleAssembler emptyTuple() {
    return raw(')');
  }

  public PickleAssembler tuple1() {
    return raw(0x85);
  }

  public PickleAssembler tuple2() {
    return raw(0x86);
  }

  public PickleAssembler tuple3() {
    return raw(0x87);
  }

  /// TUPLE: everything above the mark.
  public PickleAssembler tuple() {
    return raw('t');
  }

  public PickleAssembler emptyList() {
    return raw(']');
  }

  /// LIST: everything above the mark.
  public PickleAssembler list() {
    return raw('l');
  }

  public PickleAssembler emptyDict() {
    return raw('}');
  }

  /// DICT: everything above the mark.
  public PickleAssembler dict() {
    return raw('d');
  }

  public PickleAssembler emptySet() {
    return raw(0x8f);
  }

  public PickleAssembler addItems() {
    return raw(0x90);
  }

  public PickleAssembler append() {
    return raw('a');
  }

  public PickleAssembler appends() {
    return raw('e');
  }

  public PickleAssembler setItem() {
    return raw('s');
  }

  public PickleAssembler setItems() {
    return raw('u');
  }

  public PickleAssembler reduce() {
    return raw('R');
  }

  public PickleAssembler build() {
    return raw('b');
  }

  public PickleAssembler obj() {
    return raw('o');
  }

  public PickleAssembler newObj() {
    return raw(0x81);
  }

  public PickleAssembler newObjEx() {
    return raw(0x92);
  }

  /// BINPUT
  public PickleAssembler put(int key) {
    return raw('q', key);
  }

  /// BINGET
  public PickleAssembler get(int key) {
    return raw('h', key);
  }

  public PickleAssembler memoize() {
    return raw(0x94);
  }

  public PickleAssembler pop() {
    return raw('0');
  }

  public PickleAssembler dup() {
    return raw('2');
  }

  public PickleAssembler popMark() {
    return raw('1');
  }

  public PickleAssembler frame(long length) {
    return raw(0x95).int8(length);
  }

  public PickleAssembler ext1(int code) {
    return raw(0x82, code);
  }

  /// BINPERSID
  public PickleAssembler binPersid() {
    return raw('Q');
  }

  /// A global called with texts.
  public PickleAssembler call(String module, String name, String... texts) {
    global(module, name).mark();
    for (String text : texts) {
      text(text);
    }
    return tuple().reduce();
  }

  /// STOP, and the stream so far.
  public byte[] stop() {
    out.write('.');
    return out.toByteArray();
  }

  /// The stream so far, without STOP.
  public byte[] unfinished() {
    return out.toByteArray();
  }
}
