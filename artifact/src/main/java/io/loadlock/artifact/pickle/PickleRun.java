package io.loadlock.artifact.pickle;

import io.loadlock.core.Problem;
import java.util.Optional;

/// What became of one pickle of a stream.
///
/// @param result what STOP returned; empty where it was not reached
/// @param start byte of its first opcode
/// @param end byte behind STOP, or where it broke
/// @param protocol the highest number that PROTO gave, 0 where there is none
/// @param opcodes how many were executed
/// @param broken why it did not reach STOP; what ran before counts all the same
/// @param exhausted whether it broke because a limit was reached, not because the bytes are wrong
public record PickleRun(
    Optional<Value> result,
    long start,
    long end,
    int protocol,
    long opcodes,
    Optional<Problem> broken,
    boolean exhausted) {}
