package io.loadlock.artifact;

/// Bounds on work, so that results do not depend on the machine. One record for all readers.
///
/// @param opcodes pickle opcodes executed in one stream
/// @param values values alive in one machine
/// @param inflated bytes that decompression may make of one outermost file
/// @param members entries of one container
/// @param depth containers within containers
/// @param read bytes that a reader may hold in memory at once
public record Limits(long opcodes, int values, long inflated, int members, int depth, int read) {
  public static final Limits DEFAULT = new Limits(20_000_000L, 4_000_000, 8L << 30, 200_000, 8, 256 << 20);
}
