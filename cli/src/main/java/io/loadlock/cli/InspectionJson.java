package io.loadlock.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.loadlock.artifact.Effect;
import io.loadlock.artifact.GlobalUse;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.core.Outcome;
import io.loadlock.core.Problem;
import io.loadlock.engine.inspect.Inspection;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One file as a JSON object: `docs/schema/inspect.schema.json`. What members hold is listed with
/// the way to it, so that nobody has to descend to learn what a file does.
final class InspectionJson {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonGenerator json;

  private InspectionJson(JsonGenerator json) {
    this.json = json;
  }

  /// On one line, without its end.
  static String line(InspectedFile file) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      new InspectionJson(json).file(file);
    } catch (IOException e) {
      throw new IllegalStateException("a string takes all that is written to it", e);
    }
    return out.toString();
  }

  private void file(InspectedFile file) throws IOException {
    Inspection inspection = file.inspection();
    json.writeStartObject();
    json.writeStringField("path", inspection.name());
    json.writeNumberField("size", file.size());
    if (!file.digests().file().isEmpty()) {
      json.writeStringField("sha256", file.digests().file());
    }
    json.writeStringField("format", inspection.format());
    verdict(inspection);
    json.writeStringField("outcome", inspection.outcome().word());
    if (inspection.outcome() instanceof Outcome.Skipped(String reason)) {
      json.writeStringField("reason", reason);
    }
    json.writeArrayFieldStart("globals");
    each(inspection, (members, reading) -> globals(members, reading.globals()));
    json.writeEndArray();
    json.writeArrayFieldStart("effects");
    each(inspection, (members, reading) -> effects(members, reading.effects()));
    json.writeEndArray();
    json.writeObjectFieldStart("weightsOnly");
    for (Map.Entry<TorchVersion, WeightsOnly> answer : inspection.weightsOnly().entrySet()) {
      weightsOnly(answer.getKey().toString(), answer.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("notices");
    notices(inspection);
    json.writeEndArray();
    json.writeArrayFieldStart("problems");
    for (Problem problem : inspection.outcome().problems()) {
      json.writeStartObject();
      json.writeStringField("reason", problem.reason());
      json.writeStringField("where", problem.where());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("tensors");
    each(inspection, (members, reading) -> tensors(members, reading.tensors(), file.digests()));
    json.writeEndArray();
    json.writeFieldName("tree");
    tree(inspection);
    json.writeEndObject();
  }

  /// A file of which nothing is known has no verdict: null.
  private void verdict(Inspection inspection) throws IOException {
    if (inspection.readings().isEmpty() || inspection.outcome() instanceof Outcome.Failed) {
      json.writeNullField("verdict");
    } else {
      json.writeStringField("verdict", inspection.verdict().word());
    }
  }

  @FunctionalInterface
  private interface Part {
    void write(List<String> members, Reading reading) throws IOException;
  }

  private static void each(Inspection inspection, Part part) throws IOException {
    try {
      inspection.walk(
          (members, at) -> {
            for (Reading reading : at.readings()) {
              try {
                part.write(members, reading);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            }
          });
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void member(List<String> members) throws IOException {
    json.writeStringField("member", String.join("!", members));
  }

  private void globals(List<String> members, List<GlobalUse> globals) throws IOException {
    for (GlobalUse global : globals) {
      json.writeStartObject();
      json.writeStringField("module", global.module());
      json.writeStringField("name", global.name());
      json.writeStringField("use", global.use().name().toLowerCase(Locale.ROOT));
      json.writeStringField("verdict", global.verdict().word());
      json.writeStringField("why", global.why());
      member(members);
      json.writeNumberField("offset", global.offset());
      json.writeEndObject();
    }
  }

  private void effects(List<String> members, List<Effect> effects) throws IOException {
    for (Effect effect : effects) {
      json.writeStartObject();
      json.writeStringField("text", effect.text());
      json.writeStringField("verdict", effect.verdict().word());
      json.writeStringField("why", effect.why());
      member(members);
      json.writeNumberField("offset", effect.offset());
      json.writeEndObject();
    }
  }

  /// `accept`; or what torch refuses: the globals to be allowed, the one that its message names
  /// first.
  private void weightsOnly(String version, WeightsOnly answer) throws IOException {
    switch (answer) {
      case WeightsOnly.Accept _ -> json.writeStringField(version, answer.word());
      case WeightsOnly.AcceptAfter(List<String> allow, boolean vetted) -> {
        refusal(version, answer.word(), allow);
        json.writeBooleanField("vetted", vetted);
        json.writeEndObject();
      }
      case WeightsOnly.Refused(String why, List<String> globals) -> {
        refusal(version, answer.word(), globals);
        json.writeStringField("why", why);
        json.writeEndObject();
      }
      case WeightsOnly.Unknown(String why) -> {
        refusal(version, answer.word(), List.of());
        json.writeStringField("why", why);
        json.writeEndObject();
      }
    }
  }

  private void refusal(String version, String word, List<String> globals) throws IOException {
    json.writeObjectFieldStart(version);
    json.writeStringField("answer", word);
    json.writeArrayFieldStart("globals");
    for (String global : globals) {
      json.writeString(global);
    }
    json.writeEndArray();
  }

  private void notices(Inspection inspection) throws IOException {
    try {
      inspection.walk(
          (members, at) -> {
            try {
              for (Reading reading : at.readings()) {
                notices(members, reading.notices());
              }
              notices(members, at.notices());
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void notices(List<String> members, List<Notice> notices) throws IOException {
    for (Notice notice : notices) {
      json.writeStartObject();
      json.writeStringField("kind", notice.kind());
      json.writeStringField("severity", notice.severity().word());
      json.writeStringField("message", notice.message());
      member(members);
      json.writeNumberField("offset", notice.offset());
      json.writeEndObject();
    }
  }

  private void tensors(List<String> members, List<Tensor> tensors, Digests digests)
      throws IOException {
    for (Tensor tensor : tensors) {
      json.writeStartObject();
      json.writeStringField("name", tensor.name());
      json.writeStringField("dtype", tensor.dtype());
      json.writeArrayFieldStart("shape");
      for (long dimension : tensor.shape()) {
        json.writeNumber(dimension);
      }
      json.writeEndArray();
      json.writeNumberField("bytes", tensor.bytes());
      json.writeStringField("kind", tensor.kind().name().toLowerCase(Locale.ROOT));
      json.writeStringField("storage", tensor.storage());
      String digest = digests.tensors().get(tensor);
      if (digest != null) {
        json.writeStringField("sha256", digest);
      }
      member(members);
      json.writeEndObject();
    }
  }

  private void tree(Inspection inspection) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", inspection.name());
    json.writeNumberField("offset", inspection.offset());
    json.writeBooleanField("loaded", inspection.loaded());
    json.writeStringField("format", inspection.format());
    verdict(inspection);
    json.writeStringField("outcome", inspection.outcome().word());
    json.writeObjectFieldStart("details");
    for (Reading reading : inspection.readings()) {
      for (Map.Entry<String, String> detail : reading.details().entrySet()) {
        json.writeStringField(detail.getKey(), detail.getValue());
      }
    }
    json.writeEndObject();
    json.writeArrayFieldStart("nested");
    for (Inspection nested : inspection.nested()) {
      tree(nested);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
