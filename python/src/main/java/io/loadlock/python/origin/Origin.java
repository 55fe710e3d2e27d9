package io.loadlock.python.origin;

/// Where the path or the bytes come from, farthest first. It orders findings of one severity and
/// never changes one.
public enum Origin {
  NETWORK("network", 100, "comes over the network"),
  UPLOAD("upload", 95, "is sent by a client"),
  HUB("hub", 80, "comes from a model hub"),
  ARGUMENT("argument", 65, "is named on the command line"),
  ENVIRONMENT("environment", 62, "is named by the environment"),
  CONFIGURATION("configuration", 60, "is named in a configuration"),
  UNKNOWN("unknown", 50, ""),
  CONSTANT("constant", 30, ""),
  OWN_FILE("own-file", 10, "");

  private final String word;
  private final int rank;
  private final String clause;

  Origin(String word, int rank, String clause) {
    this.word = word;
    this.rank = rank;
    this.clause = clause;
  }

  /// As in the property `origin` of every output.
  public String word() {
    return word;
  }

  /// 0–100: the higher, the earlier among findings of one severity.
  public int rank() {
    return rank;
  }

  /// What a sentence says of something that comes from there, behind its subject; empty where there
  /// is nothing worth saying.
  public String clause() {
    return clause;
  }
}
