package io.loadlock.artifact.dbm;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// SQLite databases: `dbm.sqlite3`, and what `sqlitedict`, `diskcache` and others keep pickles in.
/// Every blob of every table is handed back. Source: "Database File Format" of the SQLite
/// documentation.
public final class SqliteFormat implements Format {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    return java.util.Arrays.equals(Head.of(content, MAGIC.length), MAGIC)
        ? Claim.CERTAIN
        : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    Records records = new Records(limits);
    Pages.of(content, limits).database(records);
    return records.reading(name());
  }
}
