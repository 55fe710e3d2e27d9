package io.loadlock.engine.baseline;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.loadlock.core.Finding;
import io.loadlock.core.Fingerprints;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Suppression;
import java.io.IOException;
import java.io.OutputStream;
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

  /// What is found now, without what a comment accepts already.
  public static Baseline of(List<Finding> findings, Fingerprints.Texts texts) {
    List<String> prints = Fingerprints.of(findings, texts);
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

  /// The findings, of which those that the baseline knows are marked as accepted. One that has come
  /// under another rule, because a proof is gone, is new.
  public List<Finding> apply(List<Finding> findings, Fingerprints.Texts texts, String name) {
    Set<String> known = new HashSet<>();
    entries.forEach(entry -> known.add(entry.fingerprint() + entry.rule()));
    List<String> prints = Fingerprints.of(findings, texts);
    List<Finding> applied = new ArrayList<>();
    for (int i = 0; i < findings.size(); i++) {
      Finding finding = findings.get(i);
      boolean old =
          finding.suppression().isEmpty() && known.contains(prints.get(i) + finding.rule());
      applied.add(old ? accepted(finding, name) : finding);
    }
    return applied;
  }

  /// How many entries no finding of these matches any more.
  public int gone(List<Finding> findings, Fingerprints.Texts texts) {
    List<String> prints = Fingerprints.of(findings, texts);
    Set<String> there = new HashSet<>();
    for (int i = 0; i < prints.size(); i++) {
      there.add(prints.get(i) + findings.get(i).rule());
    }
    return (int)
        entries.stream()
            .filter(entry -> !there.contains(entry.fingerprint() + entry.rule()))
            .count();
  }

  private static Finding accepted(Finding finding, String name) {
    return finding.with(
        Optional.of(new Suppression("baseline " + name, 1, "known when the baseline was made")));
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
