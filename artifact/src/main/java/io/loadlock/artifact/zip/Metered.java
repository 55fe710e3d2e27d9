package io.loadlock.artifact.zip;

import io.loadlock.artifact.Budget;
import io.loadlock.core.ByteSource;
import java.io.IOException;

/// A stored member. Its bytes cost what inflated ones cost, because a thousand members may all lie
/// on the same bytes.
final class Metered implements ByteSource {
  private final ByteSource content;
  private final Budget budget;

  Metered(ByteSource content, Budget budget) {
    this.content = content;
    this.budget = budget;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public void read(long position, byte[] target, int from, int length) throws IOException {
    if (!budget.spend(length)) {
      throw new IOException("more bytes are read than the budget allows");
    }
    content.read(position, target, from, length);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
