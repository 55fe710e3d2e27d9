package io.loadlock.artifact.recognised;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.artifact.Format.Claim;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Verdict;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecognisedTest {
  @ParameterizedTest
  @CsvSource({
    "catboost,CBM1....,PLAIN_DATA",
    "xgboost-ubj,{i\u0007learner{,PLAIN_DATA",
    "lightgbm,'tree\nversion=v4\nnum_class=1',PLAIN_DATA",
    "ggml,lmgg....,PLAIN_DATA",
    "tensorrt,ftrt....,UNKNOWN_CODE",
    "'',plain text,PLAIN_DATA",
  })
  void byTheirBeginning(String name, String text, Verdict verdict) throws IOException {
    ByteSource source = ByteSource.of(text.getBytes(StandardCharsets.ISO_8859_1));
    List<String> claiming = new java.util.ArrayList<>();
    for (Recognised format : Recognised.ALL) {
      if (format.claims(source, "a") == Claim.CERTAIN) {
        claiming.add(format.name());
        assertEquals(verdict, format.read(source, "a", Limits.DEFAULT).verdict());
      }
    }
    assertEquals(name.isEmpty() ? List.of() : List.of(name), claiming);
  }
}
