package io.loadlock.artifact.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.skops.SkopsFormat;
import io.loadlock.artifact.text.JsonFormat;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// Archives with a layout of their own are told from plain ones, and hand every member back.
class KerasArchiveFormatTest {
  private static final String LAMBDA =
      "{\"module\": \"keras.layers\", \"class_name\": \"Lambda\", \"config\": {\"function\":"
          + " {\"class_name\": \"__lambda__\", \"config\": {\"value\":"
          + " [\"4wEAAAAAAAAAAAAAAAEAAABT\"]}}}}";

  private static ByteSource zip(String... namesAndTexts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndTexts.length; i += 2) {
        zip.putNextEntry(new ZipEntry(namesAndTexts[i]));
        zip.write(namesAndTexts[i + 1].getBytes(StandardCharsets.UTF_8));
      }
    }
    return ByteSource.of(out.toByteArray());
  }

  @Test
  void handsTheConfigurationBack() throws IOException, MalformedException {
    ByteSource archive =
        zip("metadata.json", "{\"keras_version\": \"3.15.1\"}", "config.json", LAMBDA);
    KerasArchiveFormat format = new KerasArchiveFormat();
    assertEquals(Format.Claim.CERTAIN, format.claims(archive, "a.bin"));
    Reading reading = format.read(archive, "a.bin", Limits.DEFAULT);
    assertEquals("keras", reading.format());
    assertEquals(
        List.of("metadata.json", "config.json"),
        reading.nested().stream().map(Nested::name).toList());
    assertTrue(reading.nested().stream().allMatch(Nested::loaded));
    Nested config = reading.nested().get(1);
    assertEquals(
        Verdict.RUNS_CODE,
        JsonFormat.standard().read(config.content(), config.name(), Limits.DEFAULT).verdict());
  }

  @Test
  void layoutsAreToldApart() throws IOException {
    ByteSource keras = zip("config.json", "{}", "model.weights.h5", "x");
    ByteSource skops = zip("schema.json", "{}", "1.npy", "x");
    ByteSource plain = zip("config.json", "{}", "readme", "x");
    assertEquals(Format.Claim.CERTAIN, new KerasArchiveFormat().claims(keras, "a"));
    assertEquals(Format.Claim.NO, new KerasArchiveFormat().claims(skops, "a"));
    assertEquals(Format.Claim.NO, new KerasArchiveFormat().claims(plain, "a"));
    assertEquals(Format.Claim.CERTAIN, new SkopsFormat().claims(skops, "a"));
    assertEquals(Format.Claim.NO, new SkopsFormat().claims(keras, "a"));
    assertEquals(Format.Claim.NO, new SkopsFormat().claims(ByteSource.of(new byte[40]), "a"));
  }
}
