package io.loadlock.artifact.sevenzip;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/// One member's bytes, from an archive that is opened for it and closed with it.
final class Member extends InputStream {
  private final SevenZFile archive;
  private final InputStream content;

  Member(SevenZFile archive, int index) throws IOException {
    this.archive = archive;
    Iterator<SevenZArchiveEntry> entries = archive.getEntries().iterator();
    SevenZArchiveEntry entry = entries.next();
    for (int i = 0; i < index; i++) {
      entry = entries.next();
    }
    this.content = archive.getInputStream(entry);
  }

  @Override
  public int read() throws IOException {
    return content.read();
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    return content.read(target, from, length);
  }

  @Override
  public void close() throws IOException {
    archive.close();
  }
}
