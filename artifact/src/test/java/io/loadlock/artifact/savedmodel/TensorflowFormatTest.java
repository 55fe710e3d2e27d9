package io.loadlock.artifact.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.wire.Message;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.testkit.Corruptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TensorflowFormatTest {
  private static Message node(String name, String operator, Message... attributes) {
    Message node = Message.of().text(1, name).text(2, operator);
    for (Message attribute : attributes) {
      node.message(5, attribute);
    }
    return node;
  }

  private static Message attribute(String key, Message value) {
    return Message.of().text(1, key).message(2, value);
  }

  private static Message constant(String name, String value) {
    Message tensor = Message.of().number(1, 7).bytes(2, new byte[0]).text(8, value);
    return node(
        name,
        "Const",
        attribute("dtype", Message.of().number(6, 7)),
        attribute("value", Message.of().message(8, tensor)));
  }

  private static Message graph(Message... nodes) {
    Message graph = Message.of();
    for (Message node : nodes) {
      graph.message(1, node);
    }
    return graph;
  }

  private static Message meta(Message graph) {
    return Message.of()
        .message(1, Message.of().text(4, "serve").text(5, "2.21.0"))
        .message(2, graph);
  }

  private static byte[] saved(Message meta) {
    return Message.of().number(1, 1).message(2, meta).toByteArray();
  }

  private static byte[] inFunction(Message node) {
    Message function =
        Message.of().message(1, Message.of().text(1, "__inference_f_1")).message(3, node);
    Message graph = graph(node("a", "NoOp")).message(2, Message.of().message(1, function));
    return saved(meta(graph));
  }

  private static Reading read(byte[] bytes) throws IOException, MalformedException {
    ByteSource source = ByteSource.of(bytes);
    assertEquals(Format.Claim.CERTAIN, new TensorflowFormat().claims(source, "a"));
    return new TensorflowFormat().read(source, "a", Limits.DEFAULT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ReadFile",
        "WriteFile",
        "MatchingFiles",
        "PyFunc",
        "EagerPyFunc",
        "PyFuncStateless",
        "TextLineDataset",
        "SqlDataset",
        "RpcClient",
        "SaveDatasetV2"
      })
  void operatorsThatReachOut(String operator) throws IOException, MalformedException {
    Message node = node("n", operator);
    assertEquals(Verdict.RUNS_CODE, read(saved(meta(graph(node)))).verdict());
    assertEquals(Verdict.RUNS_CODE, read(graph(node).toByteArray()).verdict());
    assertEquals(Verdict.RUNS_CODE, read(meta(graph(node)).toByteArray()).verdict());
    assertEquals(Verdict.RUNS_CODE, read(inFunction(node)).verdict());
    String text = "node {\n  name: \"n\"\n  op: \"" + operator + "\"\n}\n";
    ByteSource source = ByteSource.of(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(
        Verdict.RUNS_CODE, new GraphTextFormat().read(source, "a.pbtxt", Limits.DEFAULT).verdict());
  }

  @Test
  void printsToAFile() throws IOException, MalformedException {
    Message file = attribute("output_stream", Message.of().text(2, "file:///tmp/x"));
    Message err = attribute("output_stream", Message.of().text(2, "stderr"));
    assertEquals(Verdict.RUNS_CODE, read(saved(meta(graph(node("p", "PrintV2", file))))).verdict());
    assertEquals(Verdict.PLAIN_DATA, read(saved(meta(graph(node("p", "PrintV2", err))))).verdict());
    Message urls =
        attribute(
            "debug_urls", Message.of().message(1, Message.of().text(2, "grpc://localhost:1")));
    assertEquals(
        Verdict.RUNS_CODE, read(saved(meta(graph(node("p", "DebugIdentity", urls))))).verdict());
    assertEquals(
        Verdict.PLAIN_DATA, read(saved(meta(graph(node("p", "DebugIdentity"))))).verdict());
  }

  @Test
  void checkpointsAtConstantPaths() throws IOException, MalformedException {
    Message save = node("s", "SaveV2").text(3, "c");
    assertEquals(
        Verdict.RUNS_CODE,
        read(saved(meta(graph(constant("c", "/etc/cron.d/x"), save)))).verdict());
    assertEquals(
        Verdict.RUNS_CODE, read(saved(meta(graph(save, constant("c", "../../x"))))).verdict());
    assertEquals(
        Verdict.PLAIN_DATA, read(saved(meta(graph(constant("c", "model"), save)))).verdict());
  }

  @Test
  void assets() throws IOException, MalformedException {
    Message table = node("t", "InitializeTableFromTextFileV2").text(3, "c");
    Message graph = graph(constant("c", "/home/somebody/vocabulary.txt"), table);
    Message tensor = Message.of().text(1, "c:0");
    Message good =
        meta(graph).message(6, Message.of().message(1, tensor).text(2, "vocabulary.txt"));
    assertEquals(Verdict.PLAIN_DATA, read(saved(good)).verdict());
    assertEquals(Verdict.RUNS_CODE, read(saved(meta(graph))).verdict());
    Message escaping = meta(graph).message(6, Message.of().message(1, tensor).text(2, "../../x"));
    assertEquals(Verdict.RUNS_CODE, read(saved(escaping)).verdict());
  }

  @Test
  void operatorsOfOthers() throws IOException, MalformedException {
    assertEquals(Verdict.UNKNOWN_CODE, read(saved(meta(graph(node("n", "EvilOp"))))).verdict());
    assertEquals(Verdict.PLAIN_DATA, read(saved(meta(graph(node("n", "MatMul"))))).verdict());
  }

  @Test
  void kerasMetadata() throws IOException, MalformedException {
    String layer =
        "{\"class_name\": \"Lambda\", \"config\": {\"function\": [\"4wEAAAAAAAAAAAAAAAEAAABTAAAA\","
            + " null, null]}}";
    Message node =
        Message.of().number(2, 1).text(3, "root").text(4, "_tf_keras_layer").text(5, layer);
    assertEquals(Verdict.RUNS_CODE, read(Message.of().message(1, node).toByteArray()).verdict());
    Message user = Message.of().text(1, "_tf_keras_layer").text(3, layer);
    Message objects = Message.of().message(1, Message.of().message(4, user));
    assertEquals(
        Verdict.RUNS_CODE,
        read(saved(meta(graph(node("a", "NoOp"))).message(7, objects))).verdict());
  }

  /// The text form: both brackets and quotes, escapes, texts in pieces, comments anywhere.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "node {\n op: \"WriteFile\"\n}",
        "node: {\n op: 'WriteFile'\n}",
        "node <\n op: \"WriteFile\"\n>",
        "node{op:\"\\127rite\\x46ile\"}",
        "node { op: \"Write\" 'File' }",
        "node { op: \"Write\" # and\n \"File\" }",
        "node { op # its name\n : \"WriteFile\" }",
        "meta_graphs < graph_def < node < op: \"PyFunc\" > > >",
      })
  void theTextFormIsReadAsTensorflowReadsIt(String text) throws IOException {
    GraphTextFormat format = new GraphTextFormat();
    ByteSource source = ByteSource.of(text.getBytes(StandardCharsets.UTF_8));
    assertNotEquals(Format.Claim.NO, format.claims(source, "graph"));
    assertEquals(Verdict.RUNS_CODE, format.read(source, "graph", Limits.DEFAULT).verdict());
  }

  @Test
  void damageEnds() {
    byte[] good = inFunction(node("n", "ReadFile"));
    TensorflowFormat format = new TensorflowFormat();
    java.util.stream.Stream.concat(Corruptions.cuts(good, 1, 0), Corruptions.seeded(good, 5, 3000))
        .forEach(
            damaged -> {
              try {
                ByteSource source = ByteSource.of(damaged.bytes());
                format.claims(source, "a.pb");
                Reading reading = format.read(source, "a.pb", Limits.DEFAULT);
                assertTrue(!reading.outcome().word().isEmpty());
              } catch (MalformedException nothing) {
                // Not TensorFlow's any more.
              } catch (IOException e) {
                throw new AssertionError(damaged.what(), e);
              }
            });
  }

  @Test
  void depthIsBounded() throws IOException, MalformedException {
    Message inner = Message.of().text(2, "x");
    for (int i = 0; i < 2000; i++) {
      inner = Message.of().message(1, inner);
    }
    byte[] bytes = saved(meta(graph(node("n", "NoOp", attribute("value", inner)))));
    assertEquals("complete", read(bytes).outcome().word());
  }
}
