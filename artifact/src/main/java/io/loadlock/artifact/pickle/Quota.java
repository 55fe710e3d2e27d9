package io.loadlock.artifact.pickle;

/// What one machine may still do. Values weigh by what they hold, in units of about 64 bytes.
final class Quota {
  private long opcodes;
  private long values;

  Quota(long opcodes, long values) {
    this.opcodes = opcodes;
    this.values = values;
  }

  boolean opcode() {
    return --opcodes >= 0;
  }

  boolean values(long weight) {
    values -= weight;
    return values >= 0;
  }
}
