package io.loadlock.artifact.zip;

import io.loadlock.artifact.Format;
import io.loadlock.core.ByteSource;
import java.io.IOException;
import java.util.List;

/// A zip archive of a kind that the names of its members tell. Whoever asks several kinds reads the
/// directory once for all of them, which matters where it has thousands of entries.
public interface ZipKind extends Format {
  /// Whether an archive is one.
  ///
  /// @param members as [ZipArchive#names] gives them
  /// @param name of the archive: a hint
  boolean holds(List<String> members, String name);

  @Override
  default Claim claims(ByteSource content, String name) throws IOException {
    return ZipFormat.recognises(content) && holds(ZipArchive.names(content), name)
        ? Claim.CERTAIN
        : Claim.NO;
  }
}
