package io.loadlock.cli;

/// Words for people.
final class Text {
  private Text() {}

  /// `1 file`, `2 files`.
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /// Names from outside without what would move a terminal's cursor or turn its text round.
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean unseen =
                  Character.isISOControl(c)
                      || Character.getType(c) == Character.FORMAT
                      || c == 0x2028
                      || c == 0x2029;
              if (unseen) {
                plain.append("\\u{").append(Integer.toHexString(c)).append('}');
              } else {
                plain.appendCodePoint(c);
              }
            });
    return plain.toString();
  }

  /// `3.2 GB`: powers of ten, as disks are sold and `ls --si` counts.
  static String bytes(long count) {
    if (count < 1000) {
      return count + " B";
    }
    double value = count;
    int unit = -1;
    while (value >= 999.5 && unit < 4) {
      value /= 1000;
      unit++;
    }
    return String.format(
        java.util.Locale.ROOT, value < 9.95 ? "%.1f %sB" : "%.0f %sB", value, "kMGTP".charAt(unit));
  }
}
