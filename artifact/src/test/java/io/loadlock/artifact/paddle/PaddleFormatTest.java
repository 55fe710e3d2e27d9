package io.loadlock.artifact.paddle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.wire.Message;
import io.loadlock.core.ByteSource;
import io.loadlock.testkit.Corruptions;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PaddleFormatTest {
  private static byte[] program(String operator) {
    Message attribute = Message.of().text(1, "file_path").number(2, 2).text(5, "/tmp/x");
    Message op = Message.of().text(3, operator).message(4, attribute);
    Message block = Message.of().number(1, 0).number(2, 0).message(4, op);
    return Message.of().message(1, block).message(4, Message.of().number(1, 0)).toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "py_func,RUNS_CODE",
    "load_combine,RUNS_CODE",
    "save,RUNS_CODE",
    "matmul_v2,PLAIN_DATA"
  })
  void operators(String operator, Verdict verdict) throws IOException {
    ByteSource source = ByteSource.of(program(operator));
    PaddleFormat format = new PaddleFormat();
    assertEquals(Format.Claim.CERTAIN, format.claims(source, "a"));
    assertEquals(verdict, format.read(source, "a", Limits.DEFAULT).verdict());
    Corruptions.seeded(program(operator), 1, 1000)
        .forEach(
            damaged -> {
              try {
                format.claims(ByteSource.of(damaged.bytes()), "a.pdmodel");
                format.read(ByteSource.of(damaged.bytes()), "a.pdmodel", Limits.DEFAULT);
              } catch (IOException e) {
                throw new AssertionError(damaged.what(), e);
              }
            });
  }
}
