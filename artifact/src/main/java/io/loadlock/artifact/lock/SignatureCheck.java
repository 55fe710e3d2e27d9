package io.loadlock.artifact.lock;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/// Whether a bundle was signed by who the user trusts. The JDK does the cryptography; what is ours
/// is which key, which chain and which digest the specification asks for.
public final class SignatureCheck {
  private static final int DIGITAL_SIGNATURE = 0;
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";

  private SignatureCheck() {}

  /// The signature is not one of the trusted key, or cannot be checked; the message says why.
  public static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String why) {
      super(why);
    }
  }

  /// Checks a bundle against an EC public key (P-256, P-384 or P-521) in PEM.
  public static void withKey(ModelSignature bundle, byte[] pem) throws Refused {
    byte[] der =
        pemBlocks(pem, "PUBLIC KEY").stream()
            .findFirst()
            .orElseThrow(() -> new Refused("no public key in the file"));
    try {
      PublicKey key = key(der);
      if (key instanceof ECPublicKey
          && !bundle.keyHint().isEmpty()
          && !hint(der).equals(bundle.keyHint())) {
        throw new Refused("it was signed with another key");
      }
      check(bundle, key);
    } catch (GeneralSecurityException e) {
      throw new Refused("the key cannot be used: " + e.getMessage());
    }
  }

  /// Checks a bundle against trusted certificates in PEM: the bundle's own chain has to lead to one
  /// of them, as it stood when the signing certificate's validity began, and its leaf has to be one
  /// for signing.
  public static void withCertificates(ModelSignature bundle, byte[] pem) throws Refused {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      List<X509Certificate> chain = certificates(factory, bundle.certificates());
      if (chain.isEmpty()) {
        throw new Refused("it holds no certificate");
      }
      X509Certificate leaf = chain.getFirst();
      List<X509Certificate> trusted = certificates(factory, pemBlocks(pem, "CERTIFICATE"));
      if (trusted.isEmpty()) {
        throw new Refused("no certificate in the file");
      }
      validate(factory, chain, trusted);
      if (!maySign(leaf)) {
        throw new Refused("its certificate is not one for signing");
      }
      check(bundle, leaf.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new Refused("its certificate is not trusted: " + e.getMessage());
    }
  }

  /// A key on an elliptic curve; of another kind, [#check] says so.
  private static PublicKey key(byte[] der) throws GeneralSecurityException {
    X509EncodedKeySpec encoded = new X509EncodedKeySpec(der);
    for (String kind : List.of("RSA", "EdDSA", "DSA")) {
      try {
        return KeyFactory.getInstance(kind).generatePublic(encoded);
      } catch (InvalidKeySpecException e) {
        // It is of another kind.
      }
    }
    return KeyFactory.getInstance("EC").generatePublic(encoded);
  }

  private static void validate(
      CertificateFactory factory, List<X509Certificate> chain, List<X509Certificate> trusted)
      throws GeneralSecurityException {
    Set<TrustAnchor> anchors = new HashSet<>();
    trusted.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
    // A path ends below its anchor.
    List<X509Certificate> path = new ArrayList<>(chain);
    path.removeIf(certificate -> path.indexOf(certificate) > 0 && trusted.contains(certificate));
    PKIXParameters parameters = new PKIXParameters(anchors);
    parameters.setRevocationEnabled(false); // offline by design
    parameters.setDate(chain.getFirst().getNotBefore());
    CertPathValidator.getInstance("PKIX").validate(factory.generateCertPath(path), parameters);
  }

  private static boolean maySign(X509Certificate certificate) throws CertificateException {
    boolean[] usage = certificate.getKeyUsage();
    List<String> extended = certificate.getExtendedKeyUsage();
    return usage != null && usage[DIGITAL_SIGNATURE]
        || extended != null && extended.contains(CODE_SIGNING);
  }

  private static void check(ModelSignature bundle, PublicKey key)
      throws GeneralSecurityException, Refused {
    if (!bundle.payloadType().equals(ModelSignature.PAYLOAD_TYPE)) {
      throw new Refused("its payload is " + bundle.payloadType());
    }
    if (!(key instanceof ECPublicKey elliptic)) {
      throw new Refused(
          "models are signed with keys on elliptic curves, and this one is " + key.getAlgorithm());
    }
    int bits = elliptic.getParams().getCurve().getField().getFieldSize();
    String algorithm =
        switch (bits) {
          case 256 -> "SHA256withECDSA";
          case 384 -> "SHA384withECDSA";
          case 521 -> "SHA512withECDSA";
          default -> throw new Refused("a curve of " + bits + " bits is not supported");
        };
    Signature signature = Signature.getInstance(algorithm);
    signature.initVerify(key);
    signature.update(bundle.preAuthenticationEncoding());
    if (!signature.verify(bundle.signature())) {
      throw new Refused("the signature does not fit the statement");
    }
  }

  /// The reference tool's hint: SHA-256 of the key's PEM text, 64 columns wide, with a final
  /// newline.
  private static String hint(byte[] der) throws GeneralSecurityException {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    String pem = "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n";
    MessageDigest digest = Sha256.newDigest();
    return HexFormat.of().formatHex(digest.digest(pem.getBytes(StandardCharsets.US_ASCII)));
  }

  private static List<X509Certificate> certificates(
      CertificateFactory factory, List<byte[]> encoded) throws CertificateException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (byte[] der : encoded) {
      certificates.add(
          (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
    }
    return certificates;
  }

  /// The decoded blocks with this label (RFC 7468), in order; whatever stands between blocks is
  /// passed over.
  private static List<byte[]> pemBlocks(byte[] content, String label) throws Refused {
    List<byte[]> blocks = new ArrayList<>();
    String text = new String(content, StandardCharsets.ISO_8859_1);
    String begin = "-----BEGIN " + label + "-----";
    String end = "-----END " + label + "-----";
    for (int at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
      int close = text.indexOf(end, at);
      if (close < 0) {
        throw new Refused("the PEM file is cut short");
      }
      try {
        blocks.add(Base64.getMimeDecoder().decode(text.substring(at + begin.length(), close)));
      } catch (IllegalArgumentException e) {
        throw new Refused("the PEM file is damaged: " + e.getMessage());
      }
    }
    return blocks;
  }
}
