package io.loadlock.artifact.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.wire.Message;
import io.loadlock.core.ByteSource;
import io.loadlock.testkit.Corruptions;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OnnxFormatTest {
  private static Message node(String operator, String domain) {
    return Message.of().text(1, "x").text(2, "y").text(4, operator).text(7, domain);
  }

  private static Message tensor(int bytes) {
    return Message.of()
        .number(1, 2)
        .number(1, 3)
        .number(2, 1)
        .text(8, "w")
        .bytes(9, new byte[bytes]);
  }

  private static Message external(String path) {
    Message entry = Message.of().text(1, "location").text(2, path);
    return Message.of().number(1, 2).number(2, 1).text(8, "w").message(13, entry).number(14, 1);
  }

  private static byte[] model(Message graph, Message... functions) {
    Message model = Message.of().number(1, 8).text(2, "loadlock").message(7, graph);
    model.message(8, Message.of().text(1, "").number(2, 18));
    for (Message function : functions) {
      model.message(25, function);
    }
    return model.toByteArray();
  }

  private static Reading read(byte[] bytes) throws IOException {
    return new OnnxFormat().read(ByteSource.of(bytes), "a.onnx", Limits.DEFAULT);
  }

  @Test
  void ordinaryModel() throws IOException {
    byte[] bytes =
        model(Message.of().message(1, node("Relu", "")).text(2, "g").message(5, tensor(24)));
    assertEquals(Format.Claim.CERTAIN, new OnnxFormat().claims(ByteSource.of(bytes), "a"));
    Reading reading = read(bytes);
    assertEquals(Verdict.PLAIN_DATA, reading.verdict());
    assertEquals("complete", reading.outcome().word());
    assertEquals(
        "w float32 [2, 3] 24",
        reading.tensors().stream()
            .map(t -> t.name() + " " + t.dtype() + " " + t.shape() + " " + t.bytes())
            .findFirst()
            .orElse(""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../b",
        "C:\\a",
        "..\\a",
        "file:/etc/passwd",
        "~/a"
      })
  void externalDataOutside(String path) throws IOException {
    Reading inGraph = read(model(Message.of().message(5, external(path))));
    assertEquals(Verdict.RUNS_CODE, inGraph.verdict());
    Message attribute = Message.of().text(1, "value").message(5, external(path));
    Message constant = Message.of().text(4, "Constant").message(5, attribute);
    assertEquals(Verdict.RUNS_CODE, read(model(Message.of().message(1, constant))).verdict());
    Message branch =
        Message.of().text(1, "then_branch").message(6, Message.of().message(1, constant));
    Message nested = Message.of().text(4, "If").message(5, branch);
    assertEquals(Verdict.RUNS_CODE, read(model(Message.of().message(1, nested))).verdict());
    Message sparse = Message.of().message(1, external(path));
    assertEquals(Verdict.RUNS_CODE, read(model(Message.of().message(15, sparse))).verdict());
    Message function = Message.of().text(1, "F").text(10, "d").message(7, constant);
    assertEquals(Verdict.RUNS_CODE, read(model(Message.of(), function)).verdict());
  }

  @Test
  void externalDataBesideIt() throws IOException {
    assertEquals(
        Verdict.PLAIN_DATA,
        read(model(Message.of().message(5, external("weights/w.bin")))).verdict());
  }

  @Test
  void operatorsOfOthers() throws IOException {
    byte[] unknown = model(Message.of().message(1, node("Run", "evil.ops")));
    assertEquals(Verdict.UNKNOWN_CODE, read(unknown).verdict());
    Message own = Message.of().text(1, "Run").text(10, "evil.ops").message(7, node("Relu", ""));
    assertEquals(
        Verdict.PLAIN_DATA,
        read(model(Message.of().message(1, node("Run", "evil.ops")), own)).verdict());
    assertEquals(
        Verdict.RUNS_CODE,
        read(model(Message.of().message(1, node("PythonOp", "com.microsoft")))).verdict());
  }

  @Test
  void sizesThatLie() throws IOException {
    assertEquals("partial", read(model(Message.of().message(5, tensor(23)))).outcome().word());
    Message huge =
        Message.of()
            .number(1, Long.MAX_VALUE)
            .number(1, 9)
            .number(2, 1)
            .text(8, "w")
            .bytes(9, new byte[4]);
    assertEquals("partial", read(model(Message.of().message(5, huge))).outcome().word());
  }

  @Test
  void depthIsBounded() throws IOException {
    Message graph = Message.of().message(1, node("Relu", ""));
    for (int i = 0; i < 300; i++) {
      Message attribute = Message.of().text(1, "body").message(6, graph);
      graph = Message.of().message(1, Message.of().text(4, "Loop").message(5, attribute));
    }
    assertEquals("partial", read(model(graph)).outcome().word());
  }

  @Test
  void damageEnds() {
    byte[] good =
        model(
            Message.of()
                .message(1, node("Run", "evil.ops"))
                .message(5, tensor(24))
                .message(5, external("../x")));
    Corruptions.seeded(good, 5, 3000)
        .forEach(
            damaged -> {
              try {
                new OnnxFormat().claims(ByteSource.of(damaged.bytes()), "a.onnx");
                read(damaged.bytes());
              } catch (IOException e) {
                throw new AssertionError(damaged.what(), e);
              }
            });
    Corruptions.cuts(good, 5, 0)
        .forEach(
            damaged -> {
              try {
                if (new OnnxFormat().claims(ByteSource.of(damaged.bytes()), "a.onnx")
                    == Format.Claim.CERTAIN) {
                  assertNotEquals(
                      Verdict.PLAIN_DATA, read(damaged.bytes()).verdict(), damaged::what);
                } else {
                  read(damaged.bytes());
                }
              } catch (IOException e) {
                throw new AssertionError(damaged.what(), e);
              }
            });
  }
}
