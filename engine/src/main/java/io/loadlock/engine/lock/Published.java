package io.loadlock.engine.lock;

import io.loadlock.artifact.lock.LockEntry;
import io.loadlock.artifact.lock.ModelSignature;
import io.loadlock.artifact.lock.PublishedDigest;
import io.loadlock.artifact.lock.Sha256;
import io.loadlock.core.MalformedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Digests that somebody else vouches for: a list, a pointer, a hub cache. Signed bundles are
/// [SignedModel]'s.
public final class Published {
  /// In bytes: a longer list of digests is none.
  private static final long LIST = 64 << 20;

  private Published() {}

  /// Whether these bytes are a Sigstore bundle rather than a list of digests.
  public static boolean isBundle(byte[] content) {
    String start = new String(content, 0, Math.min(content.length, 4096), StandardCharsets.UTF_8);
    return start.stripLeading().startsWith("{")
        && new String(content, StandardCharsets.UTF_8).contains("dsseEnvelope");
  }

  /// Reads one source of digests.
  ///
  /// @param source a list as `sha256sum` writes it, a `FILE.sha256`, an LFS pointer, or a folder of
  ///   a hub cache
  /// @param folder absolute; the paths of the answer start from it
  /// @throws MalformedException when it is none of these, or names something outside of `folder`
  public static List<PublishedDigest> read(Path source, Path folder)
      throws IOException, MalformedException {
    if (Files.isDirectory(source)) {
      return hubCache(source, folder);
    }
    if (Files.size(source) > LIST) {
      throw new MalformedException("a list of digests of more than " + (LIST >> 20) + " MiB", 0);
    }
    byte[] content = Files.readAllBytes(source);
    String name = String.valueOf(source.getFileName());
    String own = name.endsWith(".sha256") ? name.substring(0, name.length() - 7) : name;
    Optional<PublishedDigest> pointer = PublishedDigest.parsePointer(content, own);
    List<PublishedDigest> digests =
        pointer.isPresent() ? List.of(pointer.get()) : PublishedDigest.parseSums(content, own);
    List<PublishedDigest> placed = new ArrayList<>();
    Path beside = Optional.ofNullable(source.toAbsolutePath().getParent()).orElse(folder);
    for (PublishedDigest digest : digests) {
      placed.add(
          new PublishedDigest(
              inside(beside.resolve(digest.path()), folder),
              digest.sha256(),
              digest.size(),
              digest.source()));
    }
    return placed;
  }

  /// The name of a place below `folder`.
  static String inside(Path place, Path folder) throws MalformedException {
    Path relative = folder.relativize(place.toAbsolutePath().normalize());
    String name = relative.toString().replace('\\', '/');
    if (name.isEmpty() || name.equals("..") || name.startsWith("../")) {
      throw new MalformedException(place + " is outside of " + folder, 0);
    }
    return name;
  }

  /// `snapshots/REVISION/name` of a Hugging Face cache are links to `blobs/DIGEST`; a blob that is
  /// kept with LFS is named by its SHA-256 (huggingface_hub's guide 'Understand caching'), others
  /// by git's SHA-1.
  private static List<PublishedDigest> hubCache(Path cache, Path folder)
      throws IOException, MalformedException {
    List<PublishedDigest> digests = new ArrayList<>();
    List<Path> links = new ArrayList<>();
    Files.walkFileTree(
        cache,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isSymbolicLink()) {
              links.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    links.sort(null);
    for (Path link : links) {
      Path target = Files.readSymbolicLink(link);
      String blob = String.valueOf(target.getFileName());
      if (Sha256.isHex(blob)
          && target.getParent() != null
          && target.getParent().endsWith("blobs")) {
        digests.add(
            new PublishedDigest(
                inside(link, folder), blob, Optional.empty(), LockEntry.Source.HUB_CACHE));
      }
    }
    if (digests.isEmpty()) {
      throw new MalformedException("no link to a blob that is named by its SHA-256", 0);
    }
    return digests;
  }

  /// What a checked bundle says, as digests of whole files; shards are [SignedModel]'s business.
  static List<PublishedDigest> of(List<ModelSignature.Resource> resources, Path model, Path folder)
      throws MalformedException {
    List<PublishedDigest> digests = new ArrayList<>();
    for (ModelSignature.Resource resource : resources) {
      digests.add(
          new PublishedDigest(
              inside(model.resolve(resource.path()), folder),
              resource.sha256(),
              Optional.empty(),
              LockEntry.Source.MODEL_SIGNING));
    }
    return digests;
  }
}
