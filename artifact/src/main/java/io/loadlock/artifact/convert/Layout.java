package io.loadlock.artifact.convert;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// Where everything goes in one safetensors file: the same places, byte for byte, that the
/// `safetensors` library's `save_file` chooses (safetensors 0.8 `tensor.rs`, `prepare`): tensors by
/// descending type, then by name in UTF-8 order; the header padded with blanks to a multiple of
/// eight bytes.
///
/// ```
/// u64 little-endian   length of the header
/// header              {"__metadata__":{…},"name":{"dtype":"F32","shape":[…],"data_offsets":[from,to]},…}
/// data                tensors without holes, C order, little-endian
/// ```
///
/// @param header its bytes, length and padding included
/// @param slots what stands in the data, in order
/// @param dataBytes length of the data
record Layout(byte[] header, List<Slot> slots, long dataBytes) {
  /// The library's own limit, in bytes.
  private static final int MAX_HEADER = 100_000_000;

  private static final int ALIGNMENT = 8;
  private static final Comparator<byte[]> UTF8 = Arrays::compareUnsigned;

  /// One tensor in the file.
  ///
  /// @param dtype under which it is written: the weight's own, or what its values are rounded to
  /// @param bytes that it fills
  record Slot(Weight weight, Dtype dtype, long bytes) {}

  /// Lays out these tensors.
  ///
  /// @param metadata text to text; sorted, where the library's own order is not defined
  /// @throws ConversionException for two tensors of one name, a reserved name, sizes beyond 2^63, a
  ///   header over 100 MB
  static Layout of(List<Slot> tensors, SortedMap<String, String> metadata)
      throws ConversionException {
    Set<String> names = new HashSet<>();
    for (Slot slot : tensors) {
      String name = slot.weight().name();
      if (!names.add(name)) {
        throw new ConversionException("two tensors are called " + name);
      }
      if (name.equals("__metadata__")) {
        throw new ConversionException("a tensor cannot be called __metadata__ in safetensors");
      }
    }
    List<Slot> slots = new ArrayList<>(tensors);
    slots.sort(
        Comparator.comparing(Slot::dtype)
            .reversed()
            .thenComparing(slot -> slot.weight().name().getBytes(StandardCharsets.UTF_8), UTF8));
    try {
      long total = 0;
      for (Slot slot : slots) {
        total = Math.addExact(total, slot.bytes());
      }
      return new Layout(header(slots, metadata), List.copyOf(slots), total);
    } catch (ArithmeticException e) {
      throw new ConversionException("the tensors together exceed 2^63 bytes");
    }
  }

  private static byte[] header(List<Slot> slots, SortedMap<String, String> metadata)
      throws ConversionException {
    StringBuilder json = new StringBuilder("{");
    if (!metadata.isEmpty()) {
      json.append("\"__metadata__\":{");
      metadata.forEach((key, value) -> quote(quote(json, key).append(':'), value).append(','));
      json.setCharAt(json.length() - 1, '}');
      json.append(',');
    }
    long from = 0;
    for (Slot slot : slots) {
      long to = from + slot.bytes();
      quote(json, slot.weight().name());
      json.append(":{\"dtype\":\"").append(slot.dtype().word()).append("\",\"shape\":[");
      json.append(shape(slot).stream().map(String::valueOf).collect(Collectors.joining(",")));
      json.append("],\"data_offsets\":[").append(from).append(',').append(to).append("]},");
      from = to;
    }
    if (json.length() > 1) {
      json.setLength(json.length() - 1);
    }
    byte[] text = json.append('}').toString().getBytes(StandardCharsets.UTF_8);
    int length = Math.ceilDiv(text.length, ALIGNMENT) * ALIGNMENT;
    if (length > MAX_HEADER) {
      throw new ConversionException(
          "the header would have " + length + " bytes; safetensors allows " + MAX_HEADER);
    }
    ByteBuffer header = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(length).put(text);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.array();
  }

  /// A JSON string as serde_json writes it, which decides whether the file equals the library's:
  /// everything but quotes, backslashes and control characters as it is, hexadecimal digits small.
  private static StringBuilder quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return json.append('"');
  }

  private static List<Long> shape(Slot slot) throws ConversionException {
    if (slot.dtype() != Dtype.F4) {
      return slot.weight().shape();
    }
    List<Long> shape = new ArrayList<>(slot.weight().shape());
    if (shape.isEmpty()) {
      throw new ConversionException(slot.weight().name() + ": a float4 tensor without dimensions");
    }
    shape.set(shape.size() - 1, Math.multiplyExact(shape.getLast(), 2L));
    return shape;
  }

  /// Length of the whole file, in bytes.
  long fileBytes() {
    return Math.addExact(header.length, dataBytes);
  }
}
