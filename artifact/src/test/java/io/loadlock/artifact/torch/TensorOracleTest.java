package io.loadlock.artifact.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Our tensors against those that the real `torch.load(weights_only=True)` gave for the same file,
/// on files that six releases wrote (`./dev oracle tensors`).
@SuppressWarnings("StringSplitter") // rows of a test
class TensorOracleTest {
  @Test
  void findsTheTensorsThatTorchLoads() throws Exception {
    TreeSet<String> releases = new TreeSet<>();
    int files = 0;
    for (String line : TensorTable.lines()) {
      String[] columns = line.split("\t", -1);
      List<String> theirs = List.of(columns).subList(3, columns.length);
      assertEquals(theirs, ours(TensorTable.unpacked(columns[2])), columns[0]);
      releases.addAll(List.of(columns[1].split(" ")));
      files++;
    }
    assertTrue(files > 500, "as many as were committed");
    assertEquals(6, releases.size(), releases::toString);
  }

  private static List<String> ours(byte[] file)
      throws IOException, MalformedException, NoSuchAlgorithmException {
    TorchCheckpoint checkpoint = TorchCheckpoint.read(ByteSource.of(file), Limits.DEFAULT);
    assertEquals(List.of(), checkpoint.problems());
    List<Tensor> tensors = new ArrayList<>();
    if (checkpoint.format().equals("torch-legacy")) {
      tensors.addAll(checkpoint.pickles().get(0).tensors());
    }
    for (Nested nested : checkpoint.nested()) {
      for (Reading reading : nested.readings()) {
        tensors.addAll(reading.tensors());
      }
    }
    List<String> rows = new ArrayList<>();
    for (Tensor tensor : tensors) {
      rows.add(row(tensor));
    }
    return rows;
  }

  private static String row(Tensor tensor) throws IOException, NoSuchAlgorithmException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartArray();
      json.writeString(tensor.name());
      json.writeString(tensor.dtype());
      json.writeStartArray();
      for (long dimension : tensor.shape()) {
        json.writeNumber(dimension);
      }
      json.writeEndArray();
      json.writeString(digest(tensor));
      json.writeEndArray();
    }
    return out.toString();
  }

  private static String digest(Tensor tensor) throws IOException, NoSuchAlgorithmException {
    if (tensor.elements().isEmpty()) {
      return "";
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WritableByteChannel channel = Channels.newChannel(bytes)) {
      tensor.elements().get().write(channel, _ -> {});
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    return HexFormat.of().formatHex(digest).substring(0, 16);
  }
}
