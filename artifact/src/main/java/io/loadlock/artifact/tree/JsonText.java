package io.loadlock.artifact.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.compressed.SourceStream;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Problem;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads JSON as Python's `json` does: `NaN` and `Infinity` are numbers, repeated keys are kept,
/// UTF-8, UTF-16 and UTF-32 are told apart by their first bytes.
public final class JsonText {
  /// Python's reader recurses, and gives up near this depth.
  private static final int DEPTH = 1000;

  /// Characters of all texts together.
  private static final long CHARACTERS = 64L << 20;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(DEPTH + 10)
                  .maxStringLength((int) CHARACTERS)
                  .maxNumberLength(100_000)
                  .maxNameLength(1 << 20)
                  .build())
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private JsonText() {}

  public static Tree parse(ByteSource content, Limits limits) throws IOException {
    return parse(content, limits, Set.of());
  }

  /// @param skipped keys whose containers are passed over, for parts that cannot matter and can be
  ///   large; they appear as empty containers
  public static Tree parse(ByteSource content, Limits limits, Set<String> skipped)
      throws IOException {
    Growing tree = new Growing();
    List<Problem> problems = new ArrayList<>();
    try (JsonParser parser = FACTORY.createParser(new SourceStream(content, 0, content.size()))) {
      fill(parser, tree, limits.values(), skipped);
    } catch (JsonProcessingException e) {
      long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
      problems.add(new Problem("not JSON: " + firstLine(e), at < 0 ? "" : "byte " + at));
    } catch (CharConversionException e) {
      problems.add(Problem.of("not JSON: " + e.getMessage()));
    } catch (Exhausted e) {
      problems.add(new Problem(e.reason, "byte " + e.offset));
    }
    return new Tree(tree.finish(), problems);
  }

  private static String firstLine(JsonProcessingException e) {
    String message = String.valueOf(e.getOriginalMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.length() > 160 ? line.substring(0, 160) : line;
  }

  /// In bytes; in UTF-16 and UTF-32, of which only characters are counted, in characters.
  private static long offset(JsonLocation location) {
    long bytes = location.getByteOffset();
    return Math.max(0, bytes < 0 ? location.getCharOffset() : bytes);
  }

  private static void fill(JsonParser parser, Growing tree, int values, Set<String> skipped)
      throws IOException, Exhausted {
    long characters = 0;
    int count = 0;
    boolean skip = false;
    for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
      long at = offset(parser.currentTokenLocation());
      if (++count > values) {
        throw new Exhausted("more than " + values + " values", at);
      }
      if (tree.depth() > DEPTH) {
        throw new Exhausted("nested deeper than " + DEPTH, at);
      }
      if (tree.depth() == 0 && tree.documents() > 0) {
        throw new Exhausted("text behind the end of the value", at);
      }
      switch (token) {
        case START_OBJECT, START_ARRAY -> {
          tree.begin(at, token == JsonToken.START_OBJECT, "");
          if (skip) {
            parser.skipChildren();
            tree.end();
          }
        }
        case END_OBJECT, END_ARRAY -> tree.end();
        case FIELD_NAME, VALUE_STRING -> {
          String text = parser.getText();
          characters += text.length();
          if (characters > CHARACTERS) {
            throw new Exhausted("more than " + CHARACTERS + " characters of text", at);
          }
          tree.add(new Node.Scalar(at, Node.Kind.TEXT, text, ""));
        }
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
            tree.add(new Node.Scalar(at, Node.Kind.NUMBER, parser.getText(), ""));
        case VALUE_TRUE -> tree.add(new Node.Scalar(at, Node.Kind.TRUE, "true", ""));
        case VALUE_FALSE -> tree.add(new Node.Scalar(at, Node.Kind.FALSE, "false", ""));
        case VALUE_NULL -> tree.add(new Node.Scalar(at, Node.Kind.NULL, "null", ""));
        case NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
            throw new IllegalStateException("a token that byte streams do not give: " + token);
      }
      skip = token == JsonToken.FIELD_NAME && skipped.contains(parser.currentName());
    }
    if (tree.depth() == 0 && tree.documents() == 0) {
      throw new Exhausted("not JSON: nothing in it", 0);
    }
  }

  private static final class Exhausted extends Exception {
    private static final long serialVersionUID = 1L;
    final String reason;
    final long offset;

    Exhausted(String reason, long offset) {
      super(reason, null, false, false);
      this.reason = reason;
      this.offset = offset;
    }
  }
}
