package io.loadlock.artifact;

/// Bounds on work, so that results do not depend on the machine. One record for all readers.
///
/// @param opcodes pickle opcodes executed in one stream
/// @param values values alive in one machine
/// @param inflated bytes of work (see [Budget]) that one outermost file may cost, and that one
///   compressed stream may make
/// @param members entries of one container, and of one outermost file
/// @param depth containers within containers
/// @param read bytes that a reader may hold in memory at once
/// @param budget what is left of `inflated` and `members` for the outermost file that is being read
public record Limits(
    long opcodes, int values, long inflated, int members, int depth, int read, Budget budget) {
  /// For reading one thing alone.
  public static final Limits DEFAULT =
      new Limits(20_000_000L, 4_000_000, 2L << 30, 200_000, 8, 256 << 20);

  public Limits(long opcodes, int values, long inflated, int members, int depth, int read) {
    this(opcodes, values, inflated, members, depth, read, Budget.endless());
  }

  /// These bounds with a budget of its own, for one more outermost file.
  public Limits fresh() {
    return new Limits(
        opcodes, values, inflated, members, depth, read, Budget.of(inflated, members));
  }
}
