package io.loadlock.artifact.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class XmlModelFormatTest {
  private static Reading read(String text) throws IOException {
    ByteSource source = ByteSource.of(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(Format.Claim.CERTAIN, new XmlModelFormat().claims(source, "a"));
    return new XmlModelFormat().read(source, "a", Limits.DEFAULT);
  }

  @Test
  void entities() throws IOException {
    assertEquals(
        Verdict.PLAIN_DATA,
        read("<?xml version=\"1.0\"?>\n<PMML version=\"4.4\"></PMML>").verdict());
    String outside = "<!DOCTYPE PMML [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><PMML>&x;</PMML>";
    assertEquals(Verdict.RUNS_CODE, read(outside).verdict());
    Reading inside = read("<!DOCTYPE PMML [<!ENTITY x \"yyyy\">]><PMML>&x;</PMML>");
    assertEquals("xml-entities", inside.notices().getFirst().kind());
    assertEquals(
        "openvino", read("<net name=\"a\" version=\"11\"><layers></layers></net>").format());
  }

  @Test
  void othersAreNotClaimed() throws IOException {
    ByteSource html =
        ByteSource.of("<html><body>PMML</body></html>".getBytes(StandardCharsets.UTF_8));
    assertEquals(Format.Claim.NO, new XmlModelFormat().claims(html, "a"));
  }
}
