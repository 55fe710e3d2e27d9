package io.loadlock.cli;

import io.loadlock.artifact.lock.Difference.Seen;
import io.loadlock.artifact.lock.LockEntry;
import io.loadlock.artifact.lock.LockFile;
import io.loadlock.artifact.lock.PublishedDigest;
import io.loadlock.core.AtomicFile;
import io.loadlock.core.MalformedException;
import io.loadlock.engine.lock.ModelFiles;
import io.loadlock.engine.lock.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock lock`: writes down what each model file is.
final class LockCommand implements Command {
  @Override
  public String name() {
    return "lock";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description(
            "Writes loadlock.lock: size, SHA-256 and verdict of each model file below this folder."
                + " With --from, the digest is the one that the author published, and a file that"
                + " differs from it is refused.");
    specification
        .addPositional(Options.operands("PATH", "Files and folders to lock. Default: this folder."))
        .addOption(
            Options.values(
                "SOURCE",
                "Take digests from SHA256SUMS, FILE.sha256, an LFS pointer, a hub cache's folder or"
                    + " a model signing bundle. Repeatable.",
                "--from"))
        .addOption(Options.value("PEM", "Public key that bundles must be signed with.", "--key"))
        .addOption(
            Options.value(
                "PEM", "Certificates that a bundle's chain must lead to.", "--certificates"))
        .addOption(Options.value("N", "How many files to read at once.", "--jobs", "-j"))
        .addOption(Options.flag("Print nothing but errors.", "--quiet", "-q"))
        .addOption(Options.flag("Show no progress.", "--no-progress"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    Path folder = shell.folder().toAbsolutePath().normalize();
    List<Path> paths = Locking.paths(arguments, shell);
    ModelFiles files = ModelFiles.find(folder, paths);
    SortedMap<String, PublishedDigest> published = published(arguments, shell, folder);
    published.keySet().forEach(files::add);
    SortedMap<String, Seen> seen;
    try (ByteMeter meter = ByteMeter.of(arguments, shell, files.bytes())) {
      seen = files.read(Options.jobs(arguments), meter);
    }
    files.pointers().forEach((path, pointer) -> published.putIfAbsent(path, pointer));
    SortedMap<String, LockEntry> entries = kept(folder, paths);
    boolean refused = false;
    boolean unread = false;
    for (Map.Entry<String, Seen> one : seen.entrySet()) {
      switch (one.getValue()) {
        case Seen.Failed failed -> {
          shell.err().println("loadlock: " + Text.plain(one.getKey()) + ": " + failed.reason());
          unread = true;
        }
        case Seen.Read read -> {
          PublishedDigest digest = published.remove(one.getKey());
          if (digest != null && !digest.sha256().equals(read.sum().hex())) {
            shell
                .err()
                .println(
                    "loadlock: "
                        + Text.plain(one.getKey())
                        + " is not what its author published: its SHA-256 is "
                        + read.sum().hex()
                        + ", published is "
                        + digest.sha256());
            refused = true;
          }
          LockEntry.Source source = digest == null ? LockEntry.Source.LOCAL : digest.source();
          entries.put(
              one.getKey(),
              new LockEntry(
                  one.getKey(), read.sum().size(), read.sum().hex(), source, read.verdict()));
        }
      }
    }
    for (PublishedDigest digest : published.values()) {
      if (digest.size().isPresent()) {
        entries.put(
            digest.path(),
            new LockEntry(
                digest.path(), digest.size().get(), digest.sha256(), digest.source(), ""));
      } else {
        shell
            .err()
            .println(
                "loadlock: "
                    + Text.plain(digest.path())
                    + " is published and not here: not locked");
      }
    }
    if (refused) {
      shell.err().println("loadlock: nothing was written");
      return Exit.FINDINGS;
    }
    write(folder, entries, shell, arguments);
    return unread ? Exit.PARTIAL : Exit.COMPLETE;
  }

  private static void write(
      Path folder, SortedMap<String, LockEntry> entries, Shell shell, ParseResult arguments)
      throws IOException {
    LockFile lock = new LockFile(new ArrayList<>(entries.values()));
    byte[] text = lock.render().getBytes(StandardCharsets.UTF_8);
    try (Unfinished _ = Unfinished.watch()) {
      AtomicFile.writeStream(folder.resolve(LockFile.NAME), out -> out.write(text));
    }
    if (!Options.isSet(arguments, "--quiet")) {
      shell.out().println("locked " + Text.count(entries.size(), "file") + " in " + LockFile.NAME);
      lock.entries().stream()
          .filter(
              entry ->
                  entry.verdict().equals("runs-code") || entry.verdict().equals("unknown-code"))
          .forEach(
              entry ->
                  shell.out().println("  " + Text.plain(entry.path()) + ": " + entry.verdict()));
    }
  }

  /// The entries of the lock that is there which this run does not look at again.
  private static SortedMap<String, LockEntry> kept(Path folder, List<Path> paths)
      throws IOException, UsageException {
    SortedMap<String, LockEntry> kept = new TreeMap<>();
    if (!Files.exists(folder.resolve(LockFile.NAME))) {
      return kept;
    }
    for (LockEntry entry : Locking.read(folder.resolve(LockFile.NAME)).entries()) {
      Path place = folder.resolve(entry.path());
      if (paths.stream().noneMatch(path -> place.startsWith(folder.resolve(path).normalize()))) {
        kept.put(entry.path(), entry);
      }
    }
    return kept;
  }

  private static SortedMap<String, PublishedDigest> published(
      ParseResult arguments, Shell shell, Path folder) throws IOException, UsageException {
    SortedMap<String, PublishedDigest> published = new TreeMap<>();
    for (String from : Options.list(arguments, "--from")) {
      Path source = shell.folder().resolve(from);
      if (!Files.exists(source)) {
        throw new UsageException("there is no " + from);
      }
      try {
        List<PublishedDigest> digests =
            Files.isRegularFile(source) && Published.isBundle(Locking.small(source))
                ? Locking.signed(arguments, shell, parent(source), source).digests(folder)
                : Published.read(source, folder);
        for (PublishedDigest digest : digests) {
          PublishedDigest other = published.put(digest.path(), digest);
          if (other != null && !other.sha256().equals(digest.sha256())) {
            throw new UsageException("two sources publish different digests of " + digest.path());
          }
        }
      } catch (MalformedException e) {
        throw new UsageException(from + ": " + e.getMessage());
      }
    }
    return published;
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().normalize().getParent();
    return parent == null ? file : parent;
  }
}
