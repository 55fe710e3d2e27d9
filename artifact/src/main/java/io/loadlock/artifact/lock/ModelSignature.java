package io.loadlock.artifact.lock;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An OpenSSF Model Signing v1.0 bundle: a Sigstore bundle whose DSSE envelope holds an in-toto
/// statement about the files of a model. Source: the Model Signing specification; DSSE v1.0.0
/// `protocol.md`; in-toto Statement v1.
///
/// @param payloadType DSSE's type of the payload
/// @param payload the statement as it was signed
/// @param signature the first signature of the envelope
/// @param keyHint what the bundle says of the key it was signed with; empty in older bundles
/// @param certificates the signing certificate (DER) and the chain above it; empty when signed with
///   a bare key
public record ModelSignature(
    String payloadType,
    byte[] payload,
    byte[] signature,
    String keyHint,
    List<byte[]> certificates) {
  static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
  private static final String STATEMENT_TYPE = "https://in-toto.io/Statement/v1";
  private static final String PREDICATE_TYPE = "https://model_signing/signature/v1.0";
  private static final int MAX_DEPTH = 32;
  private static final JsonFactory JSON = new JsonFactory();

  public ModelSignature {
    certificates = List.copyOf(certificates);
  }

  /// One signed stretch of one file.
  ///
  /// @param path relative to the model's folder
  /// @param start first byte
  /// @param end the byte behind the last one; -1 for a whole file
  /// @param sha256 64 lower-case hexadecimal digits
  public record Resource(String path, long start, long end, String sha256) {}

  /// Reads a bundle without believing it: [SignatureCheck] does that.
  public static ModelSignature parse(byte[] bundle) throws MalformedException {
    Map<?, ?> root = object(json(bundle));
    Map<?, ?> envelope = object(root.get("dsseEnvelope"));
    Map<?, ?> material = object(root.get("verificationMaterial"));
    if (!(envelope.get("signatures") instanceof List<?> signatures) || signatures.isEmpty()) {
      throw malformed("it has no signature");
    }
    List<byte[]> certificates = new ArrayList<>();
    if (material.get("x509CertificateChain") instanceof Map<?, ?> chain
        && chain.get("certificates") instanceof List<?> links) {
      for (Object link : links) {
        certificates.add(base64(object(link).get("rawBytes")));
      }
    }
    String hint =
        material.get("publicKey") instanceof Map<?, ?> key && key.get("hint") instanceof String text
            ? text
            : "";
    return new ModelSignature(
        text(envelope.get("payloadType")),
        base64(envelope.get("payload")),
        base64(object(signatures.getFirst()).get("sig")),
        hint,
        certificates);
  }

  /// What the statement says of each file, in its order. Call it only on a bundle whose signature
  /// was checked.
  public List<Resource> resources() throws MalformedException {
    Map<?, ?> statement = object(json(payload));
    if (!STATEMENT_TYPE.equals(statement.get("_type"))
        || !PREDICATE_TYPE.equals(statement.get("predicateType"))) {
      throw malformed("its statement is not about a model: " + statement.get("predicateType"));
    }
    Map<?, ?> predicate = object(statement.get("predicate"));
    boolean shards =
        predicate.get("serialization") instanceof Map<?, ?> serialization
            && "shards".equals(serialization.get("method"));
    if (!(predicate.get("resources") instanceof List<?> rows)) {
      throw malformed("its statement names no resources");
    }
    List<Resource> resources = new ArrayList<>();
    MessageDigest together = Sha256.newDigest();
    for (Object row : rows) {
      Resource resource = resource(object(row), shards);
      together.update(HexFormat.of().parseHex(resource.sha256()));
      resources.add(resource);
    }
    if (!subject(statement).equals(HexFormat.of().formatHex(together.digest()))) {
      throw malformed("its subject is not the digest of its resources");
    }
    return resources;
  }

  /// Files and folders that the signer left out, relative to the model's folder. Like
  /// [#resources()], for a bundle whose signature was checked.
  public List<String> ignoredPaths() throws MalformedException {
    Map<?, ?> predicate = object(object(json(payload)).get("predicate"));
    List<String> ignored = new ArrayList<>();
    if (predicate.get("serialization") instanceof Map<?, ?> serialization
        && serialization.get("ignore_paths") instanceof List<?> paths) {
      for (Object path : paths) {
        // Whatever else stands there names nothing inside, or all of it.
        if (path instanceof String name && LockEntry.isInside(name)) {
          ignored.add(name);
        }
      }
    }
    return ignored;
  }

  /// The digest of the one subject.
  private static String subject(Map<?, ?> statement) throws MalformedException {
    if (!(statement.get("subject") instanceof List<?> subjects) || subjects.size() != 1) {
      throw malformed("it is not about one subject");
    }
    return text(object(object(subjects.getFirst()).get("digest")).get("sha256"));
  }

  /// DSSE's pre-authentication encoding: what the signature is over.
  byte[] preAuthenticationEncoding() {
    byte[] head =
        ("DSSEv1 " + payloadType.length() + " " + payloadType + " " + payload.length + " ")
            .getBytes(StandardCharsets.UTF_8);
    byte[] encoded = new byte[head.length + payload.length];
    System.arraycopy(head, 0, encoded, 0, head.length);
    System.arraycopy(payload, 0, encoded, head.length, payload.length);
    return encoded;
  }

  private static Resource resource(Map<?, ?> row, boolean shards) throws MalformedException {
    String name = text(row.get("name"));
    String digest = text(row.get("digest"));
    String algorithm = text(row.get("algorithm"));
    // The reference tool adds the length of a shard: sha256-sharded-1000000000.
    if (!algorithm.equals("sha256") && !(shards && algorithm.startsWith("sha256-sharded-"))) {
      throw new MalformedException(
          "it signs digests of " + algorithm + ", and only SHA-256 can be compared", 0);
    }
    if (!Sha256.isHex(digest)) {
      throw malformed("a digest that is no SHA-256: " + digest);
    }
    long start = 0;
    long end = -1;
    if (shards) {
      int second = name.lastIndexOf(':');
      int first = second < 0 ? -1 : name.lastIndexOf(':', second - 1);
      if (first < 0) {
        throw malformed("a shard without a range: " + name);
      }
      start = number(name.substring(first + 1, second));
      end = number(name.substring(second + 1));
      name = name.substring(0, first);
    }
    if (!LockEntry.isInside(name) || end >= 0 && end < start) {
      throw malformed("a name outside the model: " + name);
    }
    return new Resource(name, start, end, digest);
  }

  private static long number(String digits) throws MalformedException {
    if (digits.isEmpty()
        || digits.length() > 18
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw malformed("not a position: " + digits);
    }
    return Long.parseLong(digits);
  }

  private static Object json(byte[] content) throws MalformedException {
    try (JsonParser parser = JSON.createParser(content)) {
      parser.nextToken();
      return value(parser, 0).orElseThrow(() -> malformed("it is empty"));
    } catch (JsonProcessingException e) {
      throw malformed("not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
  }

  private static Optional<Object> value(JsonParser parser, int depth)
      throws IOException, MalformedException {
    if (depth > MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH);
    }
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      Map<String, Object> object = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        Optional<Object> value = value(parser, depth + 1);
        if (object.containsKey(name)) {
          throw malformed("the key " + name + " stands twice");
        }
        value.ifPresent(present -> object.put(name, present));
      }
      return Optional.of(object);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Object> array = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        value(parser, depth + 1).ifPresent(array::add);
      }
      return Optional.of(array);
    }
    return token == null || token == JsonToken.VALUE_NULL
        ? Optional.empty()
        : Optional.of(parser.getText());
  }

  private static Map<?, ?> object(@Nullable Object value) throws MalformedException {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw malformed("it lacks what a signing bundle has");
  }

  private static String text(@Nullable Object value) throws MalformedException {
    if (value instanceof String text) {
      return text;
    }
    throw malformed("it lacks what a signing bundle has");
  }

  private static byte[] base64(@Nullable Object value) throws MalformedException {
    try {
      return Base64.getDecoder().decode(text(value));
    } catch (IllegalArgumentException e) {
      throw malformed("not base64: " + e.getMessage());
    }
  }

  private static MalformedException malformed(String problem) {
    return new MalformedException("not a model signing bundle: " + problem, 0);
  }
}
