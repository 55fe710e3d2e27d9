package io.loadlock.python.parse;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// From bytes to UTF-8: byte order marks, PEP 263 cookies, and nothing to do for nearly every file.
final class Encodings {
  /// PEP 263's own expression.
  private static final Pattern COOKIE =
      Pattern.compile("^[ \\t\\f]*#.*?coding[:=][ \\t]*([-_.a-zA-Z0-9]+)");

  private static final Pattern BLANK = Pattern.compile("^[ \\t\\f]*(?:#.*)?$");

  private Encodings() {}

  static FileText decode(byte[] bytes, Problems problems) {
    int mark = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    if (startsWith(bytes, 0xFF, 0xFE)) {
      return transcode(bytes, 2, StandardCharsets.UTF_16LE, problems);
    }
    if (startsWith(bytes, 0xFE, 0xFF)) {
      return transcode(bytes, 2, StandardCharsets.UTF_16BE, problems);
    }
    Optional<String> cookie = cookie(bytes, mark);
    if (cookie.isEmpty() || mark > 0 || isUtf8(cookie.get())) {
      checkUtf8(bytes, problems);
      return new FileText(bytes, mark, null);
    }
    Charset charset = charset(cookie.get());
    if (charset == null) {
      problems.add("the encoding '" + cookie.get() + "' is not known", 0, bytes.length);
      return new FileText(bytes, mark, null);
    }
    if (isAscii(bytes) && isAsciiCompatible(charset)) {
      return new FileText(bytes, mark, null);
    }
    return transcode(bytes, 0, charset, problems);
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    if (bytes.length < mark.length) {
      return false;
    }
    for (int i = 0; i < mark.length; i++) {
      if ((bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /// The encoding that one of the first two lines names; the second counts only below a blank or
  /// commented first.
  static Optional<String> cookie(byte[] bytes, int from) {
    int start = from;
    for (int line = 0; line < 2 && start < bytes.length; line++) {
      int end = start;
      while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r' && end - start < 1000) {
        end++;
      }
      String text = new String(bytes, start, end - start, StandardCharsets.ISO_8859_1);
      Matcher matcher = COOKIE.matcher(text);
      if (matcher.find()) {
        return Optional.of(matcher.group(1));
      }
      if (!BLANK.matcher(text).matches()) {
        break;
      }
      start =
          end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n'
              ? end + 2
              : end + 1;
    }
    return Optional.empty();
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static boolean isUtf8(String name) {
    String normal = normal(name);
    return normal.equals("utf-8")
        || normal.equals("utf8")
        || normal.startsWith("utf-8-")
        || normal.equals("u8")
        || normal.equals("cp65001");
  }

  /// Python's codec of that name as Java has it; null where there is none.
  private static @Nullable Charset charset(String name) {
    String normal = normal(name);
    for (String latin : new String[] {"latin-1", "iso-8859-1", "iso-latin-1"}) {
      if (normal.equals(latin) || normal.startsWith(latin + "-")) {
        return StandardCharsets.ISO_8859_1;
      }
    }
    String java =
        switch (normal) {
          case "latin1", "l1", "8859", "cp819" -> "ISO-8859-1";
          case "ascii", "us-ascii", "646" -> "US-ASCII";
          case "latin2", "latin-2", "l2" -> "ISO-8859-2";
          case "latin9", "latin-9", "l9", "iso8859-15" -> "ISO-8859-15";
          case "mbcs", "ansi", "cp1252" -> "windows-1252";
          case "sjis", "shiftjis", "shift-jis" -> "Shift_JIS";
          case "cp932", "ms932", "mskanji" -> "windows-31j";
          case "cp949", "uhc" -> "x-windows-949";
          case "eucjp", "ujis" -> "EUC-JP";
          case "euckr", "ksc5601" -> "EUC-KR";
          case "cp936", "gb2312", "euc-cn", "936" -> "GBK";
          case "big5-tw", "csbig5" -> "Big5";
          case "iso2022-jp", "csiso2022jp" -> "ISO-2022-JP";
          case "iso2022-kr", "csiso2022kr" -> "ISO-2022-KR";
          case "mac-roman", "macroman" -> "x-MacRoman";
          default -> normal.startsWith("cp125") ? "windows-" + normal.substring(2) : normal;
        };
    try {
      return Charset.forName(java);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  /// Whether ASCII bytes mean in `charset` what they mean in ASCII.
  private static boolean isAsciiCompatible(Charset charset) {
    byte[] all = new byte[128];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    String expected = new String(all, StandardCharsets.US_ASCII);
    return !charset.name().startsWith("ISO-2022") && new String(all, charset).equals(expected);
  }

  private static void checkUtf8(byte[] bytes, Problems problems) {
    int at = 0;
    while (at < bytes.length && bytes[at] >= 0) {
      at++;
    }
    if (at == bytes.length) {
      return;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, at, bytes.length - at);
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer out = CharBuffer.allocate(8192);
    while (true) {
      var result = decoder.decode(in, out, true);
      if (!result.isOverflow()) {
        if (result.isError()) {
          problems.add("a byte that is not UTF-8", in.position(), in.position() + result.length());
        }
        return;
      }
      out.clear();
    }
  }

  /// The same text in UTF-8, with the way back.
  private static FileText transcode(byte[] bytes, int from, Charset charset, Problems problems) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    ByteArrayOutputStream text = new ByteArrayOutputStream(bytes.length + 16);
    int[] origins = new int[bytes.length + 16];
    ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
    CharBuffer out = CharBuffer.allocate(2);
    while (in.hasRemaining()) {
      int start = in.position();
      out.clear().limit(1);
      var result = decoder.decode(in, out, true);
      if (out.position() == 0 && result.isOverflow()) {
        out.limit(2);
        decoder.decode(in, out, true);
      }
      if (in.position() == start && out.position() == 0) {
        break;
      }
      byte[] character = out.flip().toString().getBytes(StandardCharsets.UTF_8);
      if (text.size() + character.length >= origins.length) {
        origins = Arrays.copyOf(origins, origins.length * 2);
      }
      Arrays.fill(origins, text.size(), text.size() + character.length, start);
      text.writeBytes(character);
    }
    if (!isDecodable(bytes, from, charset)) {
      problems.add("not " + charset.name() + " all over", from, bytes.length);
    }
    origins = Arrays.copyOf(origins, text.size() + 1);
    origins[text.size()] = bytes.length;
    return new FileText(text.toByteArray(), 0, origins);
  }

  private static boolean isDecodable(byte[] bytes, int from, Charset charset) {
    try {
      charset.newDecoder().decode(ByteBuffer.wrap(bytes, from, bytes.length - from));
      return true;
    } catch (CharacterCodingException _) {
      return false;
    }
  }
}
