package io.loadlock.artifact;

/// Names of members that lead out of the folder an archive is unpacked to.
public final class ArchivePath {
  private ArchivePath() {}

  /// Why a member of this name is a trap, as a clause after the name; empty when it is none.
  public static String escape(String name) {
    if (name.startsWith("/") || name.startsWith("\\")) {
      return "is an absolute path";
    }
    if (name.length() > 1 && name.charAt(1) == ':' && Character.isLetter(name.charAt(0))) {
      return "names a drive";
    }
    int start = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '/' || name.charAt(i) == '\\') {
        if (i - start == 2 && name.startsWith("..", start)) {
          return "leads out of the folder it is unpacked to";
        }
        start = i + 1;
      }
    }
    return name.indexOf('\\') >= 0 ? "has backslashes, which some readers take for folders" : "";
  }
}
