package io.loadlock.engine.lock;

import io.loadlock.artifact.lock.Difference;
import io.loadlock.artifact.lock.LockEntry;
import io.loadlock.artifact.lock.ModelSignature;
import io.loadlock.artifact.lock.ModelSignature.Resource;
import io.loadlock.artifact.lock.PublishedDigest;
import io.loadlock.artifact.lock.Sha256;
import io.loadlock.artifact.lock.SignatureCheck;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.engine.walk.Walk;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// A folder and the OpenSSF Model Signing bundle that speaks of it.
public final class SignedModel {
  /// What the specification leaves out by default, besides the signature itself.
  private static final Set<String> IGNORED =
      Set.of(".git", ".gitignore", ".gitattributes", ".github");

  private final Path model;
  private final Path bundle;
  private final List<Resource> resources;
  private final Set<Path> ignored = new HashSet<>();

  private SignedModel(
      Path model, Path bundle, List<Resource> resources, Collection<String> ignored) {
    this.model = model;
    this.bundle = bundle;
    this.resources = resources;
    IGNORED.forEach(name -> this.ignored.add(model.resolve(name)));
    ignored.forEach(name -> this.ignored.add(model.resolve(name)));
  }

  /// Reads a bundle and checks who signed it.
  ///
  /// @param key PEM of a public key or, if `certificates`, of trusted certificates
  /// @throws SignatureCheck.Refused when it was not signed with that
  /// @throws MalformedException when it is no bundle
  public static SignedModel check(Path model, Path bundle, byte[] key, boolean certificates)
      throws IOException, MalformedException, SignatureCheck.Refused {
    ModelSignature signature = ModelSignature.parse(Files.readAllBytes(bundle));
    if (certificates) {
      SignatureCheck.withCertificates(signature, key);
    } else {
      SignatureCheck.withKey(signature, key);
    }
    return new SignedModel(
        model.toAbsolutePath().normalize(),
        bundle,
        signature.resources(),
        signature.ignoredPaths());
  }

  /// Digests of whole files for a lock.
  ///
  /// @throws MalformedException when the bundle signs shards: these have no digest of the whole
  public List<PublishedDigest> digests(Path folder) throws MalformedException {
    if (resources.stream().anyMatch(resource -> resource.end() >= 0)) {
      throw new MalformedException(
          "the bundle signs shards, not whole files: check it with `loadlock verify --signature`",
          0);
    }
    return Published.of(resources, model, folder);
  }

  /// What is here and not signed because the signer left it out, besides git's own files.
  public List<String> leftOut() {
    return ignored.stream()
        .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
        .map(path -> model.relativize(path).toString().replace('\\', '/'))
        .filter(name -> !IGNORED.contains(name))
        .sorted()
        .toList();
  }

  /// How many files it speaks of.
  public int size() {
    return (int) resources.stream().map(Resource::path).distinct().count();
  }

  /// What differs from what was signed, by path.
  ///
  /// @param ignoreUnsigned whether files that the bundle does not name may be there
  public List<Difference> differences(boolean ignoreUnsigned) throws IOException {
    Map<String, List<Resource>> signed = new LinkedHashMap<>();
    for (Resource resource : resources) {
      signed.computeIfAbsent(resource.path(), _ -> new ArrayList<>()).add(resource);
    }
    List<Difference> differences = new ArrayList<>();
    SortedSet<String> left = files();
    for (Map.Entry<String, List<Resource>> file : signed.entrySet()) {
      left.remove(file.getKey());
      difference(file.getKey(), file.getValue()).ifPresent(differences::add);
    }
    if (!ignoreUnsigned) {
      left.forEach(path -> differences.add(new Difference.Added(path)));
    }
    differences.sort(Comparator.comparing(Difference::path));
    return differences;
  }

  private Optional<Difference> difference(String path, Collection<Resource> parts) {
    Path file = model.resolve(path);
    if (!Files.isRegularFile(file)) {
      return Optional.of(new Difference.Removed(path));
    }
    try (ByteSource source = ByteSource.open(file)) {
      // A link could lead out of what was signed.
      if (!file.toRealPath().startsWith(model.toRealPath())) {
        return Optional.of(new Difference.Unreadable(path, "it leads out of the model's folder"));
      }
      long size = source.size();
      List<Resource> inOrder = new ArrayList<>(parts);
      inOrder.sort(Comparator.comparingLong(Resource::start));
      long covered = 0;
      for (Resource part : inOrder) {
        long end = part.end() < 0 ? size : part.end();
        if (part.start() > covered) {
          break;
        }
        Sha256.Sum sum = Sha256.of(source, part.start(), Math.min(end, size), _ -> {});
        covered = Math.max(covered, end);
        if (!sum.hex().equals(part.sha256())) {
          LockEntry was = new LockEntry(path, 0, part.sha256(), LockEntry.Source.MODEL_SIGNING, "");
          return Optional.of(new Difference.Changed(was, sum.hex(), size, ""));
        }
      }
      return covered < size
          ? Optional.of(
              new Difference.Unreadable(path, "nothing is signed from byte " + covered + " on"))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.of(new Difference.Unreadable(path, Walk.reason(e)));
    }
  }

  private SortedSet<String> files() throws IOException {
    SortedSet<String> files = new TreeSet<>();
    Path signature = bundle.toAbsolutePath().normalize();
    Files.walkFileTree(
        model,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return ignored.contains(folder)
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!ignored.contains(file) && !file.equals(signature)) {
              files.add(model.relativize(file).toString().replace('\\', '/'));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
