package io.loadlock.engine.inspect;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Format.Claim;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.artifact.zip.ZipKind;
import io.loadlock.core.ByteSource;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Who claims the bytes.
///
/// @param certain formats with proof, none of which refines another one here
/// @param possible formats without proof, none of which is refined by a format here
record Recognition(List<Format> certain, List<Format> possible) {
  /// @param asked the format that the container's loader takes the bytes for; empty where there is
  ///   none
  static Recognition of(List<Format> table, ByteSource content, String name, String asked)
      throws IOException {
    Map<Claim, List<Format>> claims = new EnumMap<>(Claim.class);
    Kinds kinds = new Kinds(content, name);
    for (Format format : table) {
      Claim claim =
          format.name().equals(asked)
              ? Claim.CERTAIN
              : format instanceof ZipKind kind ? kinds.claim(kind) : claim(format, content, name);
      claims.computeIfAbsent(claim, _ -> new ArrayList<>()).add(format);
    }
    List<Format> certain = claims.getOrDefault(Claim.CERTAIN, List.of());
    List<Format> possible = claims.getOrDefault(Claim.POSSIBLE, List.of());
    Set<String> replaced = new HashSet<>();
    certain.forEach(format -> replaced.addAll(format.refines()));
    List<Format> best =
        certain.stream().filter(format -> !replaced.contains(format.name())).toList();
    possible.forEach(format -> replaced.addAll(format.refines()));
    return new Recognition(
        best, possible.stream().filter(format -> !replaced.contains(format.name())).toList());
  }

  /// A format that wants more bytes than there are, or meets damage, does not claim them.
  private static Claim claim(Format format, ByteSource content, String name) throws IOException {
    try {
      return format.claims(content, name);
    } catch (EOFException e) {
      return Claim.NO;
    }
  }

  /// The kinds of zip archives, asked about one reading of the directory.
  private static final class Kinds {
    private final ByteSource content;
    private final String name;
    private boolean read;
    private Optional<List<String>> members = Optional.empty();

    Kinds(ByteSource content, String name) {
      this.content = content;
      this.name = name;
    }

    Claim claim(ZipKind kind) throws IOException {
      if (!read) {
        members = members(content);
        read = true;
      }
      return members.filter(names -> kind.holds(names, name)).isPresent()
          ? Claim.CERTAIN
          : Claim.NO;
    }

    /// Empty where this is no archive.
    private static Optional<List<String>> members(ByteSource content) throws IOException {
      try {
        return ZipFormat.recognises(content)
            ? Optional.of(ZipArchive.names(content))
            : Optional.empty();
      } catch (EOFException e) {
        return Optional.empty();
      }
    }
  }

  boolean nobody() {
    return certain.isEmpty() && possible.isEmpty();
  }
}
