package io.loadlock.artifact.baselines;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.zip.Entry;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.artifact.zip.ZipKind;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// A zip with checkpoints of torch (`policy.pth` …) and a member `data`: a JSON object in which
/// each value that JSON cannot hold is an object with a pickle in base64 under `:serialized:`, made
/// by cloudpickle and loaded with the model.
public final class BaselinesFormat implements ZipKind {
  private static final String DATA = "data";
  private static final String SERIALIZED = ":serialized:";
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  @Override
  public String name() {
    return "stable-baselines3";
  }

  @Override
  public Set<String> refines() {
    return Set.of(ZipFormat.NAME);
  }

  @Override
  public boolean holds(List<String> members, String name) {
    boolean own =
        members.contains("_stable_baselines3_version")
            || members.contains("pytorch_variables.pth")
            || members.contains("policy.pth");
    return own && members.contains(DATA);
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits)
      throws IOException, MalformedException {
    ZipArchive archive = ZipArchive.read(content, limits);
    List<Problem> problems = new ArrayList<>(archive.problems());
    List<Nested> nested = new ArrayList<>();
    for (Entry entry : archive.entries()) {
      if (entry.name().equals(DATA) && ZipArchive.readable(entry.method())) {
        data(archive.content(entry), entry, limits, nested, problems);
      }
    }
    nested.addAll(ZipFormat.nested(archive, entry -> !entry.name().equals(DATA), problems));
    return new Reading(
        name(),
        Outcome.of(problems),
        Verdict.PLAIN_DATA,
        List.of(),
        List.of(),
        List.of(),
        archive.notices(),
        nested,
        new TreeMap<>());
  }

  private static void data(
      ByteSource content, Entry entry, Limits limits, List<Nested> nested, List<Problem> problems)
      throws IOException {
    long size = content.size();
    if (size > limits.read()) {
      problems.add(new Problem(size + " bytes of JSON", DATA));
      return;
    }
    try (JsonParser json = JSON.createParser(content.bytes(0, (int) size))) {
      String variable = "";
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME && json.getParsingContext().getNestingDepth() == 1) {
          variable = json.currentName();
        }
        if (token == JsonToken.VALUE_STRING && SERIALIZED.equals(json.currentName())) {
          byte[] pickle = Base64.getMimeDecoder().decode(json.getText());
          nested.add(
              new Nested(
                  DATA + "/" + variable + ".pkl",
                  entry.header(),
                  true,
                  ByteSource.of(pickle),
                  "pickle"));
        }
      }
    } catch (JsonParseException | StreamConstraintsException e) {
      problems.add(new Problem("no JSON: " + e.getOriginalMessage(), DATA));
    } catch (IllegalArgumentException e) {
      problems.add(new Problem("no base64: " + e.getMessage(), DATA));
    }
  }
}
