package io.loadlock.artifact.numpy;

import java.math.BigInteger;
import java.util.List;

/// What `numpy.dtype(descr)` makes of a header's `descr`, as far as reading depends on it.
///
/// @param text as the file writes it
/// @param objects whether elements are Python objects, or may be: their bytes are then a pickle
/// @param size of an element in bytes; -1 where it is not known
public record ElementType(String text, boolean objects, long size) {
  static ElementType of(PythonLiteral descr) {
    return switch (descr) {
      case PythonLiteral.Text(String text) -> named(text);
      case PythonLiteral.Sequence(boolean tuple, List<PythonLiteral> items) ->
          tuple && items.size() == 2 ? subarray(items) : fields(items);
      case PythonLiteral.Whole _,
          PythonLiteral.Truth _,
          PythonLiteral.None _,
          PythonLiteral.Mapping _ ->
          new ElementType("?", true, -1);
    };
  }

  /// `<f4`, `|O`, `<U12`, `<M8[ns]`. Other words that `numpy.dtype` knows (`object`, `f4,O`) may
  /// mean objects.
  public static ElementType named(String text) {
    int at = !text.isEmpty() && "<>|=".indexOf(text.charAt(0)) >= 0 ? 1 : 0;
    if (at >= text.length()) {
      return new ElementType(text, true, -1);
    }
    char kind = text.charAt(at++);
    int digits = at;
    while (digits < text.length() && Character.isDigit(text.charAt(digits)) && digits - at < 10) {
      digits++;
    }
    boolean unit =
        digits < text.length() && (kind == 'M' || kind == 'm') && text.charAt(digits) == '[';
    if (digits < text.length() && !unit) {
      return new ElementType(text, true, -1);
    }
    long count = digits == at ? -1 : Long.parseLong(text.substring(at, digits));
    if (kind == 'O') {
      return new ElementType(text, true, 8);
    }
    if ("biufcmMSaUV".indexOf(kind) >= 0 && count >= 0) {
      return new ElementType(text, false, kind == 'U' ? 4 * count : count);
    }
    return kind == '?' ? new ElementType(text, false, 1) : new ElementType(text, true, -1);
  }

  private static ElementType subarray(List<PythonLiteral> items) {
    ElementType element = of(items.get(0));
    BigInteger count = Header.product(items.get(1));
    BigInteger size = count.multiply(BigInteger.valueOf(element.size));
    boolean known = element.size >= 0 && count.signum() >= 0 && size.bitLength() < 63;
    return new ElementType(
        "(" + element.text + ", " + count + ")", element.objects, known ? size.longValue() : -1);
  }

  /// `[('x', '<f4'), ('y', '|O', (2,))]`.
  private static ElementType fields(List<PythonLiteral> items) {
    StringBuilder text = new StringBuilder("[");
    boolean objects = false;
    long size = 0;
    for (PythonLiteral item : items) {
      if (!(item instanceof PythonLiteral.Sequence(_, List<PythonLiteral> parts))
          || parts.size() < 2) {
        return new ElementType("?", true, -1);
      }
      ElementType field = of(parts.get(1));
      if (parts.size() > 2) {
        field = subarray(List.of(parts.get(1), parts.get(2)));
      }
      objects |= field.objects;
      size = size < 0 || field.size < 0 || size + field.size < 0 ? -1 : size + field.size;
      text.append(text.length() > 1 ? ", " : "").append(field.text);
    }
    return new ElementType(text.append(']').toString(), objects, size);
  }
}
