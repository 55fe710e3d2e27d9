package io.loadlock.artifact.pickle;

/// How the operand behind an opcode is laid out. Names are those of
/// `pickletools.ArgumentDescriptor`; integers are little endian.
public enum Operand {
  NONE(""),
  UINT1("uint1"),
  UINT2("uint2"),
  INT4("int4"),
  UINT4("uint4"),
  UINT8("uint8"),
  /// A decimal integer, or `00` and `01` for booleans, up to a newline.
  DECIMALNL_SHORT("decimalnl_short"),
  /// A decimal integer with an optional `L` behind it, up to a newline.
  DECIMALNL_LONG("decimalnl_long"),
  /// Decimal text of a float, up to a newline.
  FLOATNL("floatnl"),
  /// Eight bytes, big endian.
  FLOAT8("float8"),
  /// A quoted string literal of Python 2, up to a newline.
  STRINGNL("stringnl"),
  /// ASCII up to a newline.
  STRINGNL_NOESCAPE("stringnl_noescape"),
  /// Two lines: module and name.
  STRINGNL_NOESCAPE_PAIR("stringnl_noescape_pair"),
  /// `raw-unicode-escape` up to a newline.
  UNICODESTRINGNL("unicodestringnl"),
  /// A length in one byte, then that many of Latin-1.
  STRING1("string1"),
  /// A *signed* length in four bytes, then that many of Latin-1.
  STRING4("string4"),
  BYTES1("bytes1"),
  BYTES4("bytes4"),
  BYTES8("bytes8"),
  BYTEARRAY8("bytearray8"),
  UNICODESTRING1("unicodestring1"),
  UNICODESTRING4("unicodestring4"),
  UNICODESTRING8("unicodestring8"),
  /// A length in one byte, then a two's complement integer of that many.
  LONG1("long1"),
  /// A *signed* length in four bytes, then a two's complement integer of that many.
  LONG4("long4");

  private final String word;

  Operand(String word) {
    this.word = word;
  }

  /// The name in `pickletools`; empty for none.
  public String word() {
    return word;
  }
}
