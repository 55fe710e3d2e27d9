package io.loadlock.artifact.pickle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The 68 opcodes, in the order of `pickletools.opcodes`; reader, printer and documentation come
/// from these rows.
@SuppressWarnings("ImmutableEnumChecker") // the lists are immutable
public enum Opcode {
  INT(0x49, Operand.DECIMALNL_SHORT, 0, "", "int_or_bool"),
  BININT(0x4a, Operand.INT4, 1, "", "int"),
  BININT1(0x4b, Operand.UINT1, 1, "", "int"),
  BININT2(0x4d, Operand.UINT2, 1, "", "int"),
  LONG(0x4c, Operand.DECIMALNL_LONG, 0, "", "int"),
  LONG1(0x8a, Operand.LONG1, 2, "", "int"),
  LONG4(0x8b, Operand.LONG4, 2, "", "int"),
  STRING(0x53, Operand.STRINGNL, 0, "", "bytes_or_str"),
  BINSTRING(0x54, Operand.STRING4, 1, "", "bytes_or_str"),
  SHORT_BINSTRING(0x55, Operand.STRING1, 1, "", "bytes_or_str"),
  BINBYTES(0x42, Operand.BYTES4, 3, "", "bytes"),
  SHORT_BINBYTES(0x43, Operand.BYTES1, 3, "", "bytes"),
  BINBYTES8(0x8e, Operand.BYTES8, 4, "", "bytes"),
  BYTEARRAY8(0x96, Operand.BYTEARRAY8, 5, "", "bytearray"),
  NEXT_BUFFER(0x97, Operand.NONE, 5, "", "buffer"),
  READONLY_BUFFER(0x98, Operand.NONE, 5, "buffer", "buffer"),
  NONE(0x4e, Operand.NONE, 0, "", "None"),
  NEWTRUE(0x88, Operand.NONE, 2, "", "bool"),
  NEWFALSE(0x89, Operand.NONE, 2, "", "bool"),
  UNICODE(0x56, Operand.UNICODESTRINGNL, 0, "", "str"),
  SHORT_BINUNICODE(0x8c, Operand.UNICODESTRING1, 4, "", "str"),
  BINUNICODE(0x58, Operand.UNICODESTRING4, 1, "", "str"),
  BINUNICODE8(0x8d, Operand.UNICODESTRING8, 4, "", "str"),
  FLOAT(0x46, Operand.FLOATNL, 0, "", "float"),
  BINFLOAT(0x47, Operand.FLOAT8, 1, "", "float"),
  EMPTY_LIST(0x5d, Operand.NONE, 1, "", "list"),
  APPEND(0x61, Operand.NONE, 0, "list any", "list"),
  APPENDS(0x65, Operand.NONE, 1, "list mark stackslice", "list"),
  LIST(0x6c, Operand.NONE, 0, "mark stackslice", "list"),
  EMPTY_TUPLE(0x29, Operand.NONE, 1, "", "tuple"),
  TUPLE(0x74, Operand.NONE, 0, "mark stackslice", "tuple"),
  TUPLE1(0x85, Operand.NONE, 2, "any", "tuple"),
  TUPLE2(0x86, Operand.NONE, 2, "any any", "tuple"),
  TUPLE3(0x87, Operand.NONE, 2, "any any any", "tuple"),
  EMPTY_DICT(0x7d, Operand.NONE, 1, "", "dict"),
  DICT(0x64, Operand.NONE, 0, "mark stackslice", "dict"),
  SETITEM(0x73, Operand.NONE, 0, "dict any any", "dict"),
  SETITEMS(0x75, Operand.NONE, 1, "dict mark stackslice", "dict"),
  EMPTY_SET(0x8f, Operand.NONE, 4, "", "set"),
  ADDITEMS(0x90, Operand.NONE, 4, "set mark stackslice", "set"),
  FROZENSET(0x91, Operand.NONE, 4, "mark stackslice", "frozenset"),
  POP(0x30, Operand.NONE, 0, "any", ""),
  DUP(0x32, Operand.NONE, 0, "any", "any any"),
  MARK(0x28, Operand.NONE, 0, "", "mark"),
  POP_MARK(0x31, Operand.NONE, 1, "mark stackslice", ""),
  GET(0x67, Operand.DECIMALNL_SHORT, 0, "", "any"),
  BINGET(0x68, Operand.UINT1, 1, "", "any"),
  LONG_BINGET(0x6a, Operand.UINT4, 1, "", "any"),
  PUT(0x70, Operand.DECIMALNL_SHORT, 0, "", ""),
  BINPUT(0x71, Operand.UINT1, 1, "", ""),
  LONG_BINPUT(0x72, Operand.UINT4, 1, "", ""),
  MEMOIZE(0x94, Operand.NONE, 4, "any", "any"),
  EXT1(0x82, Operand.UINT1, 2, "", "any"),
  EXT2(0x83, Operand.UINT2, 2, "", "any"),
  EXT4(0x84, Operand.INT4, 2, "", "any"),
  GLOBAL(0x63, Operand.STRINGNL_NOESCAPE_PAIR, 0, "", "any"),
  STACK_GLOBAL(0x93, Operand.NONE, 4, "str str", "any"),
  REDUCE(0x52, Operand.NONE, 0, "any any", "any"),
  BUILD(0x62, Operand.NONE, 0, "any any", "any"),
  INST(0x69, Operand.STRINGNL_NOESCAPE_PAIR, 0, "mark stackslice", "any"),
  OBJ(0x6f, Operand.NONE, 1, "mark any stackslice", "any"),
  NEWOBJ(0x81, Operand.NONE, 2, "any any", "any"),
  NEWOBJ_EX(0x92, Operand.NONE, 4, "any any any", "any"),
  PROTO(0x80, Operand.UINT1, 2, "", ""),
  STOP(0x2e, Operand.NONE, 0, "any", ""),
  FRAME(0x95, Operand.UINT8, 4, "", ""),
  PERSID(0x50, Operand.STRINGNL_NOESCAPE, 0, "", "any"),
  BINPERSID(0x51, Operand.NONE, 1, "any", "any");

  private static final @Nullable Opcode[] BY_CODE = new @Nullable Opcode[256];

  static {
    for (Opcode opcode : values()) {
      BY_CODE[opcode.code] = opcode;
    }
  }

  private final int code;
  private final Operand operand;
  private final int protocol;
  private final List<String> before;
  private final List<String> after;

  Opcode(int code, Operand operand, int protocol, String before, String after) {
    this.code = code;
    this.operand = operand;
    this.protocol = protocol;
    this.before = before.isEmpty() ? List.of() : List.of(before.split(" "));
    this.after = after.isEmpty() ? List.of() : List.of(after.split(" "));
  }

  /// The opcode that this byte stands for, 0 to 255; null where there is none.
  static @Nullable Opcode of(int code) {
    return BY_CODE[code];
  }

  /// The byte, 0 to 255.
  public int code() {
    return code;
  }

  public Operand operand() {
    return operand;
  }

  /// The protocol that brought it, 0 to 5.
  public int protocol() {
    return protocol;
  }

  /// What it takes from the stack, bottom first; `mark stackslice` is everything down to the
  /// topmost mark, the mark included.
  public List<String> before() {
    return before;
  }

  /// What it leaves on the stack, bottom first.
  public List<String> after() {
    return after;
  }
}
