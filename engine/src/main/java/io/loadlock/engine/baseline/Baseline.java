package io.loadlock.engine.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Suppression;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A file of findings that were there when it was made, as JSON that is read well in a diff: one
/// line for each, sorted by path, with the fingerprint that finds it again.
///
/// @param entries in the order of the file
public record Baseline(List<Entry> entries) {
  private static final int VERSION = 1;

  public Baseline {
    entries = List.copyOf(entries);
  }

  /// One finding.
  ///
  /// @param fingerprint how it is found again
  /// @param rule for people
  /// @param kind for people
  /// @param path for people: where it was when the file was made
  public record Entry(String fingerprint, String rule, String kind, String path) {}

  /// The text of places in sources.
  public interface Texts {
    /// All of the file at this path; empty when it cannot be read.
    Optional<byte[]> of(String path);
  }

  /// What is found now, without what a comment accepts already.
  public static Baseline of(List<Finding> findings, Texts texts) {
    List<String> prints = Fingerprints.of(findings, place -> text(place, texts));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      if (finding.suppression().isEmpty()) {
        entries.add(
            new Entry(
                prints.get(i), finding.rule().value(), finding.kind(), finding.location().path()));
      }
    }
    return new Baseline(entries);
  }

  /// The findings, of which those that the baseline knows are marked as accepted.
  public List<Finding> apply(List<Finding> findings, Texts texts, String name) {
    Set<String> known = new HashSet<>();
    entries.forEach(entry -> known.add(entry.fingerprint()));
    List<String> prints = Fingerprints.of(findings, place -> text(place, texts));
    List<Finding> applied = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      boolean old = finding.suppression().isEmpty() && known.contains(prints.get(i));
      applied.add(old ? accepted(finding, name) : finding);
    }
    return applied;
  }

  /// How many entries no finding of these matches any more.
  public int gone(List<Finding> findings, Texts texts) {
    Set<String> prints = new HashSet<>(Fingerprints.of(findings, place -> text(place, texts)));
    return (int) entries.stream().filter(entry -> !prints.contains(entry.fingerprint())).count();
  }

  private static Finding accepted(Finding finding, String name) {
    return finding.with(
        Optional.of(new Suppression("baseline " + name, 1, "known when the baseline was made")));
  }

  private static String text(Location.Source place, Texts texts) {
    Optional<byte[]> content = texts.of(place.path());
    int start = (int) Math.min(Integer.MAX_VALUE, place.startByte());
    int end = (int) Math.min(Integer.MAX_VALUE, place.endByte());
    if (content.isEmpty() || start < 0 || end > content.get().length || start > end) {
      return "";
    }
    return new String(content.get(), start, end - start, StandardCharsets.UTF_8);
  }

  /// Writes the file.
  public void write(OutputStream out) throws IOException {
    try (JsonGenerator json =
        new JsonFactory().createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new DefaultPrettyPrinter.FixedSpaceIndenter());
      printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
      json.setPrettyPrinter(printer);
      json.writeStartObject();
      json.writeNumberField("version", VERSION);
      json.writeArrayFieldStart("findings");
      for (Entry entry : entries) {
        json.writeStartObject();
        json.writeStringField("fingerprint", entry.fingerprint());
        json.writeStringField("rule", entry.rule());
        json.writeStringField("kind", entry.kind());
        json.writeStringField("path", entry.path());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
      json.writeRaw('\n');
    }
  }

  /// Reads a file that [#write] has written.
  ///
  /// @throws MalformedException when it is none, or one of another version
  public static Baseline read(byte[] content) throws MalformedException {
    try (JsonParser json = new JsonFactory().createParser(content)) {
      List<Entry> entries = new ArrayList<>();
      int version = 0;
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("it is no baseline", 0);
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        if (name.equals("version") && value == JsonToken.VALUE_NUMBER_INT) {
          version = json.getIntValue();
        } else if (name.equals("findings") && value == JsonToken.START_ARRAY) {
          while (json.nextToken() == JsonToken.START_OBJECT) {
            entries.add(entry(json));
          }
        } else {
          json.skipChildren();
        }
      }
      if (version != VERSION) {
        throw new MalformedException(
            version == 0
                ? "it is no baseline"
                : "it is a baseline of version "
                    + version
                    + ", and this loadlock reads "
                    + VERSION
                    + ": make it anew with 'loadlock baseline create'",
            0);
      }
      return new Baseline(entries);
    } catch (IOException e) {
      throw new MalformedException("it is no JSON: " + e.getMessage(), 0);
    }
  }

  private static Entry entry(JsonParser json) throws IOException {
    String fingerprint = "";
    String rule = "";
    String kind = "";
    String path = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      String value = json.nextToken().isScalarValue() ? json.getText() : "";
      switch (name) {
        case "fingerprint" -> fingerprint = value;
        case "rule" -> rule = value;
        case "kind" -> kind = value;
        case "path" -> path = value;
        default -> json.skipChildren();
      }
    }
    return new Entry(fingerprint, rule, kind, path);
  }
}
