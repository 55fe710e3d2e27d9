package io.loadlock.artifact.lock;

import io.loadlock.core.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A digest that the author of a file published.
///
/// @param path as published, relative to the place of the list; checked by [LockEntry]
/// @param sha256 64 lower-case hexadecimal digits
/// @param size in bytes, where it was published too
public record PublishedDigest(
    String path, String sha256, Optional<Long> size, LockEntry.Source source) {

  /// A list as `sha256sum` writes it (`digest name`, `digest *name`, `\` before names with escapes)
  /// or with its `--tag` (`SHA256 (name) = digest`); `#` lines are comments. A list with a single
  /// digest and no name is one for `ownName`, as `FILE.sha256` often is.
  ///
  /// @param ownName the name of the file that the list lies beside, without `.sha256`
  public static List<PublishedDigest> parseSums(byte[] content, String ownName)
      throws MalformedException {
    List<PublishedDigest> digests = new ArrayList<>();
    int line = 0;
    for (String row : new String(content, StandardCharsets.UTF_8).split("\\r?\\n", -1)) {
      line++;
      String text = row.startsWith("\uFEFF") ? row.substring(1) : row;
      if (!text.isBlank() && !text.startsWith("#")) {
        digests.add(row(text, ownName, line));
      }
    }
    return digests;
  }

  private static PublishedDigest row(String text, String ownName, int line)
      throws MalformedException {
    int tagEnd = text.lastIndexOf(") = ");
    if (text.startsWith("SHA256 (") && tagEnd > 0) {
      return sum(text.substring(tagEnd + 4).strip(), text.substring(8, tagEnd), line);
    }
    boolean escaped = text.startsWith("\\");
    String rest = escaped ? text.substring(1) : text;
    if (rest.length() < 64) {
      throw malformed(line);
    }
    String digest = rest.substring(0, 64);
    String name = rest.substring(64);
    if (name.isBlank()) {
      return sum(digest, ownName, line);
    }
    if (name.length() < 3
        || name.charAt(0) != ' '
        || name.charAt(1) != ' ' && name.charAt(1) != '*') {
      throw malformed(line);
    }
    name = name.substring(2);
    return sum(digest, escaped ? unescaped(name) : name, line);
  }

  /// coreutils write a backslash, a line feed and a carriage return in a name as two characters
  /// each.
  private static String unescaped(String name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '\\' && i + 1 < name.length()) {
        char next = name.charAt(++i);
        text.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static PublishedDigest sum(String digest, String name, int line)
      throws MalformedException {
    String hex = digest.toLowerCase(Locale.ROOT);
    String path = name.startsWith("./") ? name.substring(2) : name;
    if (!Sha256.isHex(hex) || !LockEntry.isInside(path)) {
      throw malformed(line);
    }
    return new PublishedDigest(path, hex, Optional.empty(), LockEntry.Source.SHA256SUMS);
  }

  /// A Git LFS pointer file (Git LFS specification v1): at most 1,024 bytes, `version` first, then
  /// `oid sha256:` and `size`. Empty when `content` is none.
  public static Optional<PublishedDigest> parsePointer(byte[] content, String path) {
    if (content.length > 1024) {
      return Optional.empty();
    }
    String oid = "";
    long size = -1;
    String[] rows = new String(content, StandardCharsets.UTF_8).split("\\n", -1);
    if (!rows[0].startsWith("version https://git-lfs.github.com/spec/")) {
      return Optional.empty();
    }
    for (String row : rows) {
      if (row.startsWith("oid sha256:")) {
        oid = row.substring(11).strip();
      } else if (row.startsWith("size ") && row.length() < 24) {
        String digits = row.substring(5).strip();
        size =
            !digits.isEmpty() && digits.chars().allMatch(Character::isDigit)
                ? Long.parseLong(digits)
                : -1;
      }
    }
    return Sha256.isHex(oid) && size >= 0
        ? Optional.of(
            new PublishedDigest(path, oid, Optional.of(size), LockEntry.Source.LFS_POINTER))
        : Optional.empty();
  }

  private static MalformedException malformed(int line) {
    return new MalformedException("line " + line + ": not a line of sha256sum", 0);
  }
}
