package io.loadlock.artifact.sevenzip;

import io.loadlock.artifact.ArchivePath;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.compressed.Codec;
import io.loadlock.artifact.compressed.DecodedSource;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;

/// By commons-compress, with its memory bounded. Encrypted members cannot be read, and are said.
public final class SevenZipFormat implements Format {
  private static final byte[] MAGIC = {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C};
  private static final int MEMORY_KIB = 96 << 10;

  @Override
  public String name() {
    return "7z";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    return Arrays.equals(Head.of(content, MAGIC.length), MAGIC) ? Claim.CERTAIN : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    List<Nested> nested = new ArrayList<>();
    List<Notice> notices = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    int index = 0;
    try (SevenZFile archive = open(content)) {
      for (SevenZArchiveEntry entry : archive.getEntries()) {
        String member = entry.getName() == null ? "(" + index + ")" : entry.getName();
        String escape = ArchivePath.escape(member);
        if (!escape.isEmpty()) {
          notices.add(
              new Notice("archive-path", Severity.HIGH, -1, "'" + member + "' " + escape + "."));
        }
        if (nested.size() >= limits.members()) {
          problems.add(Problem.of("more than " + limits.members() + " members"));
          break;
        }
        if (entry.hasStream() && !entry.isDirectory() && !entry.isAntiItem()) {
          int at = index;
          DecodedSource member7 =
              new DecodedSource(
                  () -> new Member(open(content), at), entry.getSize(), Codec.HEAVY, limits);
          nested.add(new Nested(member, -1, true, member7));
        }
        index++;
      }
    } catch (IOException | RuntimeException e) {
      throw new MalformedException("7z archive cannot be read: " + e.getMessage(), 0);
    }
    TreeMap<String, String> details = new TreeMap<>();
    details.put("members", Integer.toString(index));
    return new Reading(
        name(),
        Outcome.of(problems),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        notices,
        nested,
        details);
  }

  private static SevenZFile open(ByteSource content) throws IOException {
    return SevenZFile.builder()
        .setSeekableByteChannel(new SourceChannel(content))
        .setMaxMemoryLimitKiB(MEMORY_KIB)
        .get();
  }
}
