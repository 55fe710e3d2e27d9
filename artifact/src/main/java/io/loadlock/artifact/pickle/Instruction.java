package io.loadlock.artifact.pickle;

/// One opcode with its operand.
///
/// @param offset byte of the opcode in its source
/// @param operand [Value.Int] for numbers, counts and memo keys; the value itself for the opcodes
///   that push one; [Value.Global] for the pair of GLOBAL and INST; [Value.None] where there is
///   none
/// @param end byte behind the operand
public record Instruction(Opcode opcode, long offset, Value operand, long end) {
  /// The operand as a number, for opcodes that have one.
  long number() {
    return operand instanceof Value.Int(long value) ? value : -1;
  }
}
