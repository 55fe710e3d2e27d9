package io.loadlock.artifact.safetensors;

import io.loadlock.artifact.Cursor;
import io.loadlock.artifact.Elements;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Header length u64, a JSON object with one entry a tensor, the tensors' bytes without gap or
/// overlap. Whatever the reference library refuses is malformed here.
public final class SafetensorsFormat implements Format {
  private static final long LONGEST_HEADER = 100_000_000L;

  @Override
  public String name() {
    return "safetensors";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 64);
    boolean named = name.toLowerCase(Locale.ROOT).endsWith(".safetensors");
    if (head.length > 9 && head[4] == 0 && head[5] == 0 && head[6] == 0 && head[7] == 0) {
      int at = blanks(head, 8);
      if (at < head.length && head[at] == '{') {
        int next = blanks(head, at + 1);
        if (next < head.length && (head[next] == '"' || head[next] == '}')) {
          return Claim.CERTAIN;
        }
      }
    }
    return named ? Claim.POSSIBLE : Claim.NO;
  }

  private static int blanks(byte[] head, int from) {
    int at = from;
    while (at < head.length
        && (head[at] == ' ' || head[at] == '\n' || head[at] == '\r' || head[at] == '\t')) {
      at++;
    }
    return at;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    Cursor cursor = Cursor.of(content);
    long length = cursor.i64("header length");
    if (length < 0 || length > LONGEST_HEADER) {
      throw new MalformedException(
          "header of " + Long.toUnsignedString(length) + " bytes, more than " + LONGEST_HEADER, 0);
    }
    byte[] header = cursor.bytes(length, (int) LONGEST_HEADER, "header");
    HeaderReader reader = new HeaderReader(header);
    reader.read();
    check(reader.entries(), content.size() - cursor.position(), cursor.position());
    List<Tensor> tensors = new ArrayList<>();
    for (HeaderReader.Entry entry : reader.entries()) {
      tensors.add(tensor(entry, content, cursor.position()));
    }
    TreeMap<String, String> details = new TreeMap<>();
    reader.metadata().forEach((key, value) -> details.put("metadata " + key, value));
    return new Reading(
        name(),
        Outcome.COMPLETE,
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        tensors,
        List.of(),
        List.of(),
        details);
  }

  /// Its bytes are what it is written in already: C order, little-endian.
  private static Tensor tensor(HeaderReader.Entry entry, ByteSource content, long data) {
    long length = entry.end() - entry.begin();
    return new Tensor(
            entry.name(), entry.dtype(), entry.shape(), List.of(), "", entry.begin(), length)
        .with(
            new Elements(
                content.slice(data + entry.begin(), length),
                false,
                1,
                1,
                List.of(length),
                List.of(1L),
                0));
  }

  /// `Metadata::validate`: sorted by offset, each tensor begins where the one before ends, and is
  /// as large as its shape says; all of them are as large as what follows the header.
  private static void check(List<HeaderReader.Entry> entries, long available, long data)
      throws MalformedException {
    List<HeaderReader.Entry> sorted = new ArrayList<>(entries);
    sorted.sort(
        Comparator.comparingLong(HeaderReader.Entry::begin)
            .thenComparingLong(HeaderReader.Entry::end));
    long position = 0;
    for (HeaderReader.Entry entry : sorted) {
      if (entry.begin() != position || entry.end() < entry.begin()) {
        throw new MalformedException("offsets of '" + entry.name() + "' leave a gap or overlap", 8);
      }
      if (entry.size() != entry.end() - entry.begin()) {
        throw new MalformedException(
            "'"
                + entry.name()
                + "' takes "
                + (entry.end() - entry.begin())
                + " bytes, its shape and type take "
                + (entry.size() < 0
                    ? "no whole number, or more than 2^63"
                    : String.valueOf(entry.size())),
            8);
      }
      position = entry.end();
    }
    if (position != available) {
      throw new MalformedException(
          "tensors take " + position + " bytes, " + available + " follow the header", data);
    }
  }
}
