package io.loadlock.artifact.coreml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.wire.Message;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CoreMlFormatTest {
  private static Verdict verdict(Message rest, int field) throws IOException {
    byte[] bytes =
        Message.of()
            .number(1, 4)
            .message(2, Message.of().text(1, "x"))
            .message(field, rest)
            .toByteArray();
    ByteSource source = ByteSource.of(bytes);
    assertEquals(Format.Claim.CERTAIN, new CoreMlFormat().claims(source, "a"));
    return new CoreMlFormat().read(source, "a", Limits.DEFAULT).verdict();
  }

  @Test
  void customClasses() throws IOException {
    Message layer = Message.of().text(1, "l").message(500, Message.of().text(10, "MyLayer"));
    assertEquals(Verdict.UNKNOWN_CODE, verdict(Message.of().message(1, layer), 500));
    assertEquals(Verdict.UNKNOWN_CODE, verdict(Message.of().text(1, "MyModel"), 555));
    Message inner = Message.of().number(1, 4).message(555, Message.of().text(1, "MyModel"));
    assertEquals(Verdict.UNKNOWN_CODE, verdict(Message.of().message(1, inner), 202));
    assertEquals(
        Verdict.PLAIN_DATA, verdict(Message.of().message(1, Message.of().text(1, "l")), 500));
  }
}
