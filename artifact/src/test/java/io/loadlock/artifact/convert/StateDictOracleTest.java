package io.loadlock.artifact.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.lock.Sha256;
import io.loadlock.artifact.torch.TensorTable;
import io.loadlock.artifact.torch.TorchCheckpoint;
import io.loadlock.core.ByteSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What is written of a checkpoint against what six releases of torch loaded from it (`./dev oracle
/// tensors`), in every container: all of its tensors under their names, or a refusal that names the
/// one for which safetensors has no words.
@SuppressWarnings("StringSplitter") // rows of a test
class StateDictOracleTest {
  private static final StateDict.Selection FLAT = new StateDict.Selection("", true, "");

  @Test
  void writesTheTensorsThatTorchLoadsOrRefusesByName() throws Exception {
    Map<String, Integer> converted = new TreeMap<>();
    int refused = 0;
    for (String line : TensorTable.lines()) {
      String[] columns = line.split("\t", -1);
      List<String> theirs = List.of(columns).subList(3, columns.length);
      TorchCheckpoint checkpoint =
          TorchCheckpoint.read(ByteSource.of(TensorTable.unpacked(columns[2])), Limits.DEFAULT);
      if (theirs.stream().allMatch(StateDictOracleTest::hasWords)) {
        List<String> ours = new ArrayList<>();
        for (Weight weight : StateDict.of(checkpoint, FLAT, new Unpacked()).weights()) {
          ours.add(row(weight));
        }
        assertEquals(theirs, ours, columns[0]);
        converted.merge(columns[0].split("-")[columns[0].split("-").length - 2], 1, Integer::sum);
      } else {
        String message =
            String.valueOf(
                assertThrows(
                        ConversionException.class,
                        () -> StateDict.of(checkpoint, FLAT, new Unpacked()),
                        columns[0])
                    .getMessage());
        assertTrue(
            theirs.stream().anyMatch(row -> message.startsWith(name(row) + " ")),
            columns[0] + ": " + message);
        refused++;
      }
    }
    assertEquals(List.of("big", "parts", "raw", "tar", "zip"), List.copyOf(converted.keySet()));
    assertTrue(
        converted.getOrDefault("zip", 0) > 300 && converted.getOrDefault("raw", 0) > 100,
        converted::toString);
    assertTrue(refused > 30, "there are " + refused);
  }

  /// Rows say nothing of quantized, sparse and such tensors but their name; of two types
  /// safetensors has no counterpart.
  private static boolean hasWords(String row) {
    return !row.endsWith(",\"\"]")
        && !row.contains("\"torch.q")
        && !row.contains("\"torch.complex32\"")
        && !row.contains("\"torch.complex128\"");
  }

  /// Where the row names nothing, the tensor is the whole checkpoint.
  private static String name(String row) {
    String name = row.substring(2, row.indexOf("\",\"torch."));
    return name.isEmpty() ? "tensor" : name;
  }

  private static String row(Weight weight) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WritableByteChannel channel = Channels.newChannel(bytes)) {
      weight.elements().write(channel, _ -> {});
    }
    return "[\"%s\",\"%s\",[%s],\"%s\"]"
        .formatted(
            weight.name().equals("tensor") ? "" : weight.name(),
            weight.dtype().torch(),
            weight.shape().stream().map(String::valueOf).collect(Collectors.joining(",")),
            Sha256.of(bytes.toByteArray()).substring(0, 16));
  }
}
