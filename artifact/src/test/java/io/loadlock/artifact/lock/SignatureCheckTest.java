package io.loadlock.artifact.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.loadlock.artifact.lock.SignatureCheck.Refused;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Bundles made by the reference tool: `src/test/oracle/model_signing_bundles.py`.
class SignatureCheckTest {
  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384", "p521"})
  void acceptsWhatTheReferenceToolSigned(String curve) throws Exception {
    ModelSignature bundle = ModelSignature.parse(file(curve + ".sig"));
    SignatureCheck.withKey(bundle, file(curve + ".pub"));
    List<ModelSignature.Resource> resources = bundle.resources();
    assertEquals(
        List.of("model.safetensors", "tokenizer/vocab.txt"),
        resources.stream().map(ModelSignature.Resource::path).toList());
    for (ModelSignature.Resource resource : resources) {
      assertEquals(Sha256.of(file("model/" + resource.path())), resource.sha256());
      assertEquals(-1, resource.end());
    }
  }

  @Test
  void acceptsACertificateThatLeadsToTheTrustedOne() throws Exception {
    ModelSignature bundle = ModelSignature.parse(file("certificate.sig"));
    SignatureCheck.withCertificates(bundle, file("root.pem"));
    assertEquals(2, bundle.resources().size());
  }

  @Test
  void readsShardsAndWhatTheSignerLeftOut() throws Exception {
    ModelSignature shards = ModelSignature.parse(file("shards.sig"));
    SignatureCheck.withKey(shards, file("more.pub"));
    assertEquals(
        List.of("model.safetensors 0 7", "model.safetensors 7 14", "model.safetensors 14 16"),
        shards.resources().stream()
            .filter(one -> !one.path().startsWith("tokenizer"))
            .map(one -> one.path() + " " + one.start() + " " + one.end())
            .toList());
    ModelSignature part = ModelSignature.parse(file("left-out.sig"));
    SignatureCheck.withKey(part, file("more.pub"));
    assertEquals(1, part.resources().size());
    assertEquals(true, part.ignoredPaths().contains("tokenizer"), "" + part.ignoredPaths());
  }

  @Test
  void otherDigestsAndOtherKeysAreNamed() throws Exception {
    ModelSignature bundle = ModelSignature.parse(file("blake3.sig"));
    SignatureCheck.withKey(bundle, file("more.pub"));
    MalformedException other = assertThrows(MalformedException.class, bundle::resources);
    assertEquals(
        "it signs digests of blake3, and only SHA-256 can be compared", other.toProblem().reason());
    Refused refused =
        assertThrows(Refused.class, () -> SignatureCheck.withKey(bundle, file("rsa.pub")));
    assertEquals(
        "models are signed with keys on elliptic curves, and this one is RSA",
        refused.getMessage());
  }

  @Test
  void refusesAnotherKey() throws Exception {
    ModelSignature bundle = ModelSignature.parse(file("p256.sig"));
    Refused refused =
        assertThrows(Refused.class, () -> SignatureCheck.withKey(bundle, file("p384.pub")));
    assertEquals("it was signed with another key", refused.getMessage());
    ModelSignature withoutHint =
        new ModelSignature(
            bundle.payloadType(), bundle.payload(), bundle.signature(), "", List.of());
    assertThrows(Refused.class, () -> SignatureCheck.withKey(withoutHint, file("p384.pub")));
  }

  @Test
  void refusesAChangedStatement() throws Exception {
    ModelSignature bundle = ModelSignature.parse(file("p256.sig"));
    String statement = new String(bundle.payload(), StandardCharsets.UTF_8);
    byte[] changed = statement.replace("vocab", "other").getBytes(StandardCharsets.UTF_8);
    ModelSignature forged =
        new ModelSignature(
            bundle.payloadType(), changed, bundle.signature(), bundle.keyHint(), List.of());
    Refused refused =
        assertThrows(Refused.class, () -> SignatureCheck.withKey(forged, file("p256.pub")));
    assertEquals("the signature does not fit the statement", refused.getMessage());
  }

  @Test
  void refusesACertificateThatNobodyTrusts() throws Exception {
    ModelSignature bundle = ModelSignature.parse(file("certificate.sig"));
    assertThrows(Refused.class, () -> SignatureCheck.withCertificates(bundle, file("p256.pub")));
    ModelSignature bare = ModelSignature.parse(file("p256.sig"));
    assertThrows(Refused.class, () -> SignatureCheck.withCertificates(bare, file("root.pem")));
    ModelSignature selfTrusted =
        new ModelSignature(
            bundle.payloadType(),
            bundle.payload(),
            bundle.signature(),
            "",
            bundle.certificates().subList(0, 1));
    SignatureCheck.withCertificates(selfTrusted, file("root.pem"));
  }

  @Test
  void aStatementThatNamesFilesOutsideTheModelIsMalformed() throws Exception {
    ModelSignature bundle = ModelSignature.parse(file("p256.sig"));
    String statement = new String(bundle.payload(), StandardCharsets.UTF_8);
    for (String name : List.of("../up", "/etc/x", "a/../../b", "C:/x", "a\\\\b", "")) {
      byte[] payload =
          statement.replace("tokenizer/vocab.txt", name).getBytes(StandardCharsets.UTF_8);
      ModelSignature hostile =
          new ModelSignature(bundle.payloadType(), payload, bundle.signature(), "", List.of());
      assertThrows(MalformedException.class, hostile::resources, name);
    }
  }

  @Test
  void damagedBundlesAreMalformedAndNothingElse() throws Exception {
    byte[] whole = file("certificate.sig");
    for (int length = 0; length < whole.length; length += 7) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      assertThrows(MalformedException.class, () -> ModelSignature.parse(cut));
    }
    String deep = "{\"a\":".repeat(100) + "1" + "}".repeat(100);
    assertThrows(
        MalformedException.class,
        () -> ModelSignature.parse(deep.getBytes(StandardCharsets.UTF_8)));
  }

  private static byte[] file(String name) throws IOException {
    try (InputStream in = SignatureCheckTest.class.getResourceAsStream("signing/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
