package io.loadlock.artifact.text;

import io.loadlock.artifact.Draft;
import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.jinja.ChatTemplates;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A Jinja template in a file of its own, such as `chat_template.jinja` beside a model.
public final class JinjaFormat implements Format {
  private static final List<String> TAGS = List.of("{{", "{%");

  @Override
  public String name() {
    return "jinja";
  }

  @Override
  public Claim claims(ByteSource content, String name) throws IOException {
    String leaf = Needles.leaf(name);
    boolean named = leaf.endsWith(".jinja") || leaf.endsWith(".jinja2") || leaf.endsWith(".j2");
    if (!named || Needles.binary(Needles.head(content))) {
      return Claim.NO;
    }
    return leaf.endsWith(".jinja") && Needles.any(Needles.text(content), TAGS)
        ? Claim.CERTAIN
        : Claim.POSSIBLE;
  }

  @Override
  public Reading read(ByteSource content, String name, Limits limits) throws IOException {
    Draft draft = new Draft(name());
    int most = 16 << 20;
    int length = (int) Math.min(most, content.size());
    String text = new String(content.bytes(0, length), StandardCharsets.UTF_8);
    if (length < content.size()) {
      draft.problem("only the first " + most + " bytes of the template were read", length);
    }
    ChatTemplates.judge(text, 0, "template", draft);
    return draft.reading();
  }
}
