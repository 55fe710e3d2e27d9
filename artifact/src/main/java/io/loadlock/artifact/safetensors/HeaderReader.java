package io.loadlock.artifact.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON object in front of the tensors.
final class HeaderReader {
  private static final JsonFactory JSON = new JsonFactory();

  /// Bits an element takes, by the library's names. Several types share a byte.
  private static final Map<String, Integer> BITS =
      Map.ofEntries(
          Map.entry("BOOL", 8),
          Map.entry("F4", 4),
          Map.entry("F6_E2M3", 6),
          Map.entry("F6_E3M2", 6),
          Map.entry("U8", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E8M0", 8),
          Map.entry("F8_E4M3FNUZ", 8),
          Map.entry("F8_E5M2FNUZ", 8),
          Map.entry("I16", 16),
          Map.entry("U16", 16),
          Map.entry("F16", 16),
          Map.entry("BF16", 16),
          Map.entry("I32", 32),
          Map.entry("U32", 32),
          Map.entry("F32", 32),
          Map.entry("C64", 64),
          Map.entry("F64", 64),
          Map.entry("I64", 64),
          Map.entry("U64", 64));

  private final byte[] header;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  /// One tensor.
  ///
  /// @param begin offset of its first byte behind the header
  /// @param end offset behind its last byte
  record Entry(String name, String dtype, List<Long> shape, long begin, long end) {
    /// In bytes by shape and type; -1 where that is no whole number of bytes or overflows 2^63.
    long size() {
      Integer bits = BITS.get(dtype);
      if (bits == null) {
        return -1;
      }
      BigInteger size = BigInteger.valueOf(bits);
      for (long dimension : shape) {
        size = size.multiply(BigInteger.valueOf(dimension));
      }
      return size.bitLength() > 65 || size.testBit(0) || size.testBit(1) || size.testBit(2)
          ? -1
          : size.shiftRight(3).longValueExact();
    }
  }

  HeaderReader(byte[] header) {
    this.header = header;
  }

  static JsonParser parser(byte[] header) throws IOException {
    return JSON.createParser(header);
  }

  List<Entry> entries() {
    return List.copyOf(entries.values());
  }

  Map<String, String> metadata() {
    return metadata;
  }

  void read() throws IOException, MalformedException {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header));
    } catch (CharacterCodingException e) {
      throw new MalformedException("header is not UTF-8", 8);
    }
    try (JsonParser json = parser(header)) {
      expect(json.nextToken(), JsonToken.START_OBJECT, json, "header is no JSON object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        if (name.equals("__metadata__")) {
          metadata(json);
        } else {
          tensor(json, name);
        }
      }
      if (json.nextToken() != null) {
        throw malformed(json, "something follows the header's object");
      }
    } catch (JsonParseException | StreamConstraintsException e) {
      throw new MalformedException(
          "header is no JSON: " + e.getOriginalMessage(), 8 + Math.max(0, at(e)));
    }
  }

  /// Where a parser gave up; limits of the parser's own name no place.
  private static long at(JsonProcessingException e) {
    JsonLocation place = e.getLocation();
    return place == null ? 0 : place.getByteOffset();
  }

  private static MalformedException malformed(JsonParser json, String problem) {
    return new MalformedException(problem, 8 + json.currentTokenLocation().getByteOffset());
  }

  private static void expect(
      @Nullable JsonToken actual, JsonToken wanted, JsonParser json, String problem)
      throws MalformedException {
    if (actual != wanted) {
      throw malformed(json, problem);
    }
  }

  private void metadata(JsonParser json) throws IOException, MalformedException {
    if (!metadata.isEmpty()) {
      throw malformed(json, "two __metadata__ entries");
    }
    JsonToken first = json.nextToken();
    if (first == JsonToken.VALUE_NULL) {
      return;
    }
    expect(first, JsonToken.START_OBJECT, json, "__metadata__ is no object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      expect(
          json.nextToken(),
          JsonToken.VALUE_STRING,
          json,
          "__metadata__ holds something else than text");
      metadata.put(key, json.getText());
    }
  }

  private void tensor(JsonParser json, String name) throws IOException, MalformedException {
    expect(json.nextToken(), JsonToken.START_OBJECT, json, "entry of '" + name + "' is no object");
    String dtype = "";
    List<Long> shape = null;
    List<Long> offsets = List.of();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      JsonToken value = json.nextToken();
      switch (field) {
        case "dtype" -> {
          expect(value, JsonToken.VALUE_STRING, json, "dtype is no text");
          dtype = json.getText();
        }
        case "shape" -> shape = numbers(json, value);
        case "data_offsets" -> offsets = numbers(json, value);
        default -> json.skipChildren();
      }
    }
    if (!BITS.containsKey(dtype)) {
      throw malformed(json, "type '" + dtype + "' of '" + name + "' is not known");
    }
    if (shape == null || offsets.size() != 2) {
      throw malformed(json, "entry of '" + name + "' lacks shape or two data_offsets");
    }
    // The library keeps the last of two entries with one name; the check of the offsets then
    // judges.
    entries.put(name, new Entry(name, dtype, shape, offsets.get(0), offsets.get(1)));
  }

  private static List<Long> numbers(JsonParser json, @Nullable JsonToken first)
      throws IOException, MalformedException {
    expect(first, JsonToken.START_ARRAY, json, "no list of numbers");
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, json, "no whole number");
      BigInteger value = json.getBigIntegerValue();
      if (value.signum() < 0 || value.bitLength() > 63) {
        throw malformed(json, "number is negative or above 2^63");
      }
      numbers.add(value.longValue());
    }
    return numbers;
  }
}
