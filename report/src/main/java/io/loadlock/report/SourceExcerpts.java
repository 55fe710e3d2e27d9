package io.loadlock.report;

import io.loadlock.core.Location;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Excerpts from the bytes of files. The last few files are kept, because findings come by file.
/// Not for several threads at once.
public final class SourceExcerpts implements Excerpts {
  private static final int KEPT = 8;

  /// PEP 263, on one of the first two lines.
  private static final Pattern COOKIE =
      Pattern.compile("\\A(?:[^\\r\\n]*\\R)?[ \\t\\f]*#[^\\r\\n]*?coding[:=][ \\t]*([-\\w.]+)");

  private final Files files;
  private final Map<String, Optional<Text>> kept =
      new LinkedHashMap<>(KEPT * 2, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Text>> eldest) {
          return size() > KEPT;
        }
      };

  private SourceExcerpts(Files files) {
    this.files = files;
  }

  /// Where bytes come from.
  public interface Files {
    /// The file that [Location#path] names; empty when it is gone or too large to be shown.
    Optional<byte[]> bytes(String path);
  }

  public static SourceExcerpts reading(Files files) {
    return new SourceExcerpts(files);
  }

  @Override
  public Optional<Excerpt> of(Location.Source place, int around) {
    return file(place.path()).flatMap(text -> text.excerpt(place, around));
  }

  @Override
  public Optional<String> text(String path) {
    return file(path).map(Text::whole);
  }

  private Optional<Text> file(String path) {
    Optional<Text> known = kept.get(path);
    if (known == null) {
      known = files.bytes(path).map(Text::of);
      kept.put(path, known);
    }
    return known;
  }

  /// A file once read.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Text(byte[] bytes, String whole, List<String> lines) {
    static Text of(byte[] bytes) {
      String whole = new String(bytes, charset(bytes));
      return new Text(bytes, whole, split(whole.startsWith("\uFEFF") ? whole.substring(1) : whole));
    }

    Optional<Excerpt> excerpt(Location.Source place, int around) {
      if (place.cell().isEmpty()) {
        return excerpt(
            lines,
            new Mark(place.start().line() - 1, place.start().column() - 1),
            new Mark(place.end().line() - 1, place.end().column() - 1),
            around);
      }
      return NotebookCell.read(bytes, place.cell().get().cell())
          .flatMap(
              cell -> {
                List<String> source = split(cell.text());
                return excerpt(
                    source,
                    mark(source, cell.text(), cell.offsetOf(place.startByte())),
                    mark(source, cell.text(), cell.offsetOf(place.endByte())),
                    around);
              });
    }

    /// Positions that are not there any more, as when a file has changed since, give nothing.
    private static Optional<Excerpt> excerpt(List<String> lines, Mark from, Mark to, int around) {
      if (from.line() < 0 || to.line() >= lines.size() || from.compareTo(to) > 0) {
        return Optional.empty();
      }
      int first = Math.max(0, from.line() - around);
      int end = Math.min(lines.size(), to.line() + 1 + around);
      if (from.column() > lines.get(from.line()).length()
          || to.column() > lines.get(to.line()).length()) {
        return Optional.empty();
      }
      return Optional.of(
          new Excerpt(
              first + 1,
              lines.subList(first, end),
              new Mark(from.line() - first, from.column()),
              new Mark(to.line() - first, to.column())));
    }

    private static Mark mark(List<String> lines, String text, int offset) {
      int line = 0;
      int begin = 0;
      while (line < lines.size() - 1) {
        int next = begin + lines.get(line).length();
        next += text.startsWith("\r\n", next) ? 2 : 1;
        if (next > offset) {
          break;
        }
        begin = next;
        line++;
      }
      return new Mark(line, Math.min(offset - begin, lines.get(line).length()));
    }

    /// At `\n`, `\r\n` and `\r`, as Python counts lines.
    private static List<String> split(String text) {
      List<String> lines = new ArrayList<>();
      int begin = 0;
      for (int at = 0; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '\n' || c == '\r') {
          lines.add(text.substring(begin, at));
          if (c == '\r' && text.startsWith("\n", at + 1)) {
            at++;
          }
          begin = at + 1;
        }
      }
      lines.add(text.substring(begin));
      return lines;
    }

    private static Charset charset(byte[] bytes) {
      String head = new String(bytes, 0, Math.min(bytes.length, 400), StandardCharsets.ISO_8859_1);
      Matcher cookie = COOKIE.matcher(head);
      try {
        return cookie.find() ? Charset.forName(cookie.group(1)) : StandardCharsets.UTF_8;
      } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
        return StandardCharsets.UTF_8;
      }
    }
  }
}
