package io.loadlock.artifact.xml;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.compressed.Head;
import io.loadlock.core.ByteSource;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// PMML, and OpenVINO's `.xml`, recognised by their root element. The text is not parsed: what can
/// do harm is a document type with entities, which a careless parser would resolve (CWE-611) or
/// unfold (CWE-776), and OpenVINO's extensions.
public final class XmlModelFormat implements Format {
  private static final int HEAD = 4096;

  /// The document type stands in front of the root element.
  private static final int PROLOG = 1 << 20;

  @Override
  public String name() {
    return "xml-model";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    String head = new String(Head.of(content, HEAD), StandardCharsets.ISO_8859_1).replace("\0", "");
    int start = head.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
    String text = head.substring(start).stripLeading();
    if (!text.startsWith("<")
        && !text.startsWith("\u00ff\u00fe")
        && !text.startsWith("\u00fe\u00ff")) {
      return Claim.NO;
    }
    return format(head).isEmpty() ? Claim.NO : Claim.CERTAIN;
  }

  private static String format(String head) {
    if (head.contains("<PMML") || head.contains("<!DOCTYPE PMML")) {
      return "pmml";
    }
    return head.contains("<net ") && head.contains("<layers") || head.contains("<!DOCTYPE net")
        ? "openvino"
        : "";
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    String text =
        new String(Head.of(content, PROLOG), StandardCharsets.ISO_8859_1).replace("\0", "");
    String format = format(text);
    Draft draft = new Draft(format.isEmpty() ? name() : format);
    int root = Math.max(text.indexOf("<PMML"), text.indexOf("<net"));
    String prolog = root < 0 ? text : text.substring(0, root);
    int type = prolog.indexOf("<!DOCTYPE");
    if (type >= 0) {
      boolean outside = prolog.indexOf("SYSTEM", type) >= 0 || prolog.indexOf("PUBLIC", type) >= 0;
      if (outside) {
        draft.effect(
            type,
            "document type",
            Verdict.RUNS_CODE,
            "a parser that resolves its entities reads other files or addresses");
      }
      if (outside || prolog.indexOf("<!ENTITY", type) >= 0) {
        draft.notice(
            "xml-entities",
            outside ? Severity.HIGH : Severity.MEDIUM,
            type,
            "The document type declares entities, which a careless parser resolves.");
      }
    }
    if (root < 0 && text.length() == PROLOG) {
      draft.problem("no root element in the first " + PROLOG + " bytes", PROLOG);
    }
    return draft.reading();
  }
}
