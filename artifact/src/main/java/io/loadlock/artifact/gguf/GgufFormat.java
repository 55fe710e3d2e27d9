package io.loadlock.artifact.gguf;

import io.loadlock.artifact.Cursor;
import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.artifact.jinja.ChatTemplates;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// GGUF versions 1 to 3, both byte orders (`gguf.md` and `gguf.cpp` of ggml):
///
/// ```
/// "GGUF"  u32 version  u64 tensors  u64 pairs          (version 1: u32 each, and u32 lengths)
/// pair:   text key, u32 type, value                     text: u64 length, bytes
/// tensor: text name, u32 dimensions, u64 each, u32 type, u64 offset
/// padding to `general.alignment`, then the tensors' bytes
/// ```
public final class GgufFormat implements Format {
  private static final byte[] MAGIC = {'G', 'G', 'U', 'F'};

  private static final int TEXT = 8;
  private static final int ARRAY = 9;

  /// Bytes of each fixed type, by number; 0 for text, array and unknown types.
  private static final int[] WIDTH = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

  /// Of one text. Tokenizer merges and templates stay far below.
  private static final int LONGEST = 16 << 20;

  @Override
  public String name() {
    return "gguf";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    byte[] head = Head.of(content, 4);
    return Arrays.equals(head, MAGIC) ? Claim.CERTAIN : Claim.NO;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    Draft draft = new Draft(name());
    try {
      new Reader(content, limits, draft).read();
    } catch (MalformedException e) {
      draft.problem(e.toProblem());
    }
    return draft.reading();
  }

  private static final class Reader {
    private final Cursor in;
    private final Draft draft;
    private final int most;
    private long values;
    private boolean narrow;
    private long alignment = 32;
    private boolean big;
    private final long size;

    Reader(ByteSource content, Limits limits, Draft draft) {
      this.in = Cursor.of(content);
      this.size = content.size();
      this.most = limits.values();
      this.draft = draft;
    }

    void read() throws IOException, MalformedException {
      in.skip(4);
      long version = u32();
      if (version > 0xFFFF && Integer.reverseBytes((int) version) <= 0xFFFF) {
        big = true;
        version = Integer.reverseBytes((int) version);
        draft.detail("byte order", "big");
      }
      draft.detail("version", Long.toString(version));
      if (version < 1 || version > 3) {
        throw new MalformedException("version " + version + ", known are 1 to 3", 4);
      }
      narrow = version == 1;
      long tensors = length();
      long pairs = length();
      Set<String> keys = new HashSet<>();
      if (tensors < 0 || pairs < 0) {
        draft.problem("a count above 2^63", 8);
      }
      // A count that lies hides nothing: the pairs are read until they make no sense.
      for (long i = 0; Long.compareUnsigned(i, pairs) < 0; i++) {
        pair(keys);
      }
      tensors(tensors);
    }

    private long u32() throws IOException, MalformedException {
      return big ? in.u32Big("a number") : in.u32("a number");
    }

    private long u64() throws IOException, MalformedException {
      return big ? in.i64Big("a number") : in.i64("a number");
    }

    private long length() throws IOException, MalformedException {
      return narrow ? u32() : u64();
    }

    private String text() throws IOException, MalformedException {
      long length = length();
      return new String(in.bytes(length, LONGEST, "text"), StandardCharsets.UTF_8);
    }

    private void count(long more, long at) throws MalformedException {
      values += more;
      if (more < 0 || values > most) {
        throw new MalformedException("more than " + most + " values", at);
      }
    }

    private void pair(Set<String> keys) throws IOException, MalformedException {
      long at = in.position();
      count(1, at);
      String key = text();
      if (!keys.add(key)) {
        draft.notice(
            "gguf-duplicate-key",
            Severity.MEDIUM,
            at,
            "the key " + key + " comes twice; readers differ in which they take");
      }
      long type = u32();
      if (type == TEXT) {
        long where = in.position();
        String value = text();
        textPair(key, value, where);
      } else if (type == ARRAY) {
        array(key, 0);
      } else {
        long where = in.position();
        int width = width(type, where);
        if (key.equals("general.alignment") && width == 4) {
          alignment = u32();
          if (alignment == 0 || Long.bitCount(alignment) != 1) {
            throw new MalformedException("an alignment of " + alignment, where);
          }
        } else {
          in.skip(width);
        }
      }
    }

    private void textPair(String key, String value, long where) {
      if (isTemplate(key)) {
        template(key, value, where);
        return;
      }
      ChatTemplates.suspect(value, where, key, draft);
      if (key.equals("general.architecture") || key.equals("general.name")) {
        draft.detail(key, value.length() > 200 ? value.substring(0, 200) : value);
      }
    }

    private static boolean isTemplate(String key) {
      return key.toLowerCase(Locale.ROOT).contains("template");
    }

    private void template(String key, String value, long where) {
      draft.detail(key, value.length() + " characters");
      ChatTemplates.judge(value, where, key, draft);
    }

    private static int width(long type, long where) throws MalformedException {
      int width = type < 0 || type >= WIDTH.length ? 0 : WIDTH[(int) type];
      if (width == 0) {
        throw new MalformedException("a value of unknown type " + type, where);
      }
      return width;
    }

    private void array(String key, int depth) throws IOException, MalformedException {
      long at = in.position();
      if (depth > 8) {
        throw new MalformedException("arrays nested deeper than 8", at);
      }
      long type = u32();
      long length = length();
      if (type == TEXT) {
        count(length, at);
        for (long i = 0; i < length; i++) {
          if (isTemplate(key)) {
            long where = in.position();
            template(key, text(), where);
          } else {
            in.skip(length());
          }
        }
      } else if (type == ARRAY) {
        count(length, at);
        for (long i = 0; i < length; i++) {
          array(key, depth + 1);
        }
      } else {
        long width = width(type, at);
        if (length < 0 || length > in.remaining() / width) {
          throw new MalformedException(
              "an array of " + Long.toUnsignedString(length) + " values does not fit", at);
        }
        in.skip(length * width);
      }
    }

    private record Placed(String name, long offset, long bytes, long at) {}

    private void tensors(long count) throws IOException, MalformedException {
      List<Placed> placed = new ArrayList<>();
      Set<String> names = new HashSet<>();
      for (long i = 0; Long.compareUnsigned(i, count) < 0; i++) {
        long at = in.position();
        count(1, at);
        placed.add(tensor(at, names));
      }
      long start = (in.position() + alignment - 1) / alignment * alignment;
      for (Placed tensor : placed) {
        boolean inside =
            tensor.offset() >= 0
                && tensor.bytes() >= 0
                && start <= size
                && tensor.offset() <= size - start - tensor.bytes();
        if (!inside) {
          throw new MalformedException(
              "the bytes of " + tensor.name() + " reach behind the end of the file", tensor.at());
        }
        if (tensor.offset() % alignment != 0) {
          throw new MalformedException(
              "the bytes of " + tensor.name() + " are not aligned to " + alignment, tensor.at());
        }
      }
    }

    private Placed tensor(long at, Set<String> names) throws IOException, MalformedException {
      String name = text();
      if (!names.add(name)) {
        throw new MalformedException("the tensor " + name + " comes twice", at);
      }
      long dimensions = u32();
      if (dimensions > 8) {
        throw new MalformedException(dimensions + " dimensions", at);
      }
      List<Long> shape = new ArrayList<>();
      long elements = 1;
      for (long i = 0; i < dimensions; i++) {
        long extent = length();
        shape.add(extent);
        elements = extent < 0 ? -1 : product(elements, extent);
      }
      long number = u32();
      TensorType type = TensorType.of(number).orElse(null);
      long offset = u64();
      if (type == null) {
        draft.problem("the tensor " + name + " is of unknown type " + number, at);
        return new Placed(name, offset, 0, at);
      }
      long bytes = elements < 0 ? -1 : bytes(type, elements);
      draft.tensor(new Tensor(name, type.name(), shape, List.of(), name, 0, bytes));
      return new Placed(name, offset, bytes, at);
    }

    private static long product(long a, long b) {
      if (a < 0) {
        return -1;
      }
      long high = Math.multiplyHigh(a, b);
      long low = a * b;
      return high != 0 || low < 0 ? -1 : low;
    }

    private static long bytes(TensorType type, long elements) {
      try {
        return type.size(elements);
      } catch (ArithmeticException tooMany) {
        return -1;
      }
    }
  }
}
