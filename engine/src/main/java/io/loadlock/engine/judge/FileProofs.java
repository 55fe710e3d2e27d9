package io.loadlock.engine.judge;

import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.engine.link.Link;
import io.loadlock.engine.link.Linked;
import io.loadlock.engine.project.Projects;
import io.loadlock.fix.Proof;
import io.loadlock.pins.Bounds;
import io.loadlock.pins.PinProject.Knowledge;
import io.loadlock.pins.Version;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.site.LoadSite;
import java.math.BigInteger;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What the files behind a load say to its safe call.
///
/// *Proven* means: every value that the path can have is a file that was read to its end, the
/// project's pins say which releases of torch it can meet, and the restricted unpickler of each of
/// these takes the file. Releases newer than the newest whose source was read are left aside:
/// nobody can know them.
public final class FileProofs {
  /// `add_safe_globals` came with it.
  private static final TorchVersion ALLOWING = new TorchVersion(2, 4);

  /// `add_safe_globals` takes an object with the name that files give it from here on.
  private static final TorchVersion SPELLING = new TorchVersion(2, 6);

  /// The oldest release read that has `safe_globals`.
  private static final TorchVersion SCOPED = new TorchVersion(2, 6);

  /// What gives itself the name of another release of its library: NumPy 2 renamed `numpy.core`.
  private static final List<String> RENAMED = List.of("numpy.core.", "numpy._core.");

  private final Projects projects;

  public FileProofs(Projects projects) {
    this.projects = projects;
  }

  public Proof of(LoadSite site, Link link) {
    if (!(link instanceof Link.Files files) || site.sink().safety().isEmpty()) {
      return Proof.NONE;
    }
    Sink.Safety safety = site.sink().safety().get();
    if (safety.parameter().equals("weights_only")) {
      return torch(files, projects.of(site.location().path(), "torch"));
    }
    return safety.parameter().equals("allow_pickle") ? numpy(files) : Proof.NONE;
  }

  private static Proof numpy(Link.Files files) {
    boolean numeric = true;
    for (Linked file : files.files()) {
      if (file.complete() && file.pickled()) {
        return new Proof.Refused(file.path() + ", which holds objects");
      }
      numeric &= file.complete() && file.verdict() == Verdict.PLAIN_DATA;
    }
    return numeric
        ? new Proof.WillLoad(files.all(), names(files) + " holds no objects")
        : Proof.NONE;
  }

  private static Proof torch(Link.Files files, Knowledge torch) {
    Optional<Bounds> bounds =
        torch instanceof Knowledge.Proven proven ? Optional.of(proven.bounds()) : Optional.empty();
    Optional<TorchVersion> lowest = bounds.flatMap(Bounds::lower).map(FileProofs::release);
    boolean proven = files.all() && lowest.isPresent();
    Set<String> allow = new LinkedHashSet<>();
    TorchVersion since = lowest.orElse(new TorchVersion(0, 0));
    for (Linked file : files.files()) {
      if (!file.complete() || file.answers().isEmpty()) {
        return Proof.NONE;
      }
      // Refusals of older releases only take the proof away: somebody may have a newer one.
      boolean refusedLater = false;
      for (var answer : answers(file.answers(), bounds, lowest).descendingMap().entrySet()) {
        switch (answer.getValue()) {
          case WeightsOnly.Accept _ -> {}
          case WeightsOnly.AcceptAfter after when after.vetted() -> {
            if (!refusedLater) {
              allow.addAll(after.allow());
            }
          }
          case WeightsOnly.AcceptAfter _ -> {
            return new Proof.Refused(file.path() + ": it needs types that nobody vetted");
          }
          case WeightsOnly.Refused refused -> {
            if (since(file, bounds, lowest).isEmpty()) {
              return new Proof.Refused(
                  file.path()
                      + ": "
                      + refused.why()
                      + "; loadlock convert can write its tensors as safetensors");
            }
            refusedLater = true;
            proven = false;
          }
          case WeightsOnly.Unknown _ -> proven = false;
        }
      }
      Optional<TorchVersion> first = since(file, bounds, lowest);
      proven &= first.isPresent();
      if (first.isPresent() && first.get().compareTo(since) > 0) {
        since = first.get();
      }
    }
    String loads =
        names(files)
            + " "
            + (files.files().size() == 1 ? "is" : "are")
            + " accepted by torch "
            + since
            + " and newer, as far as "
            + (lowest.isPresent() ? "the project allows" : "its sources were read");
    if (allow.isEmpty()) {
      return new Proof.WillLoad(proven, loads);
    }
    proven &= lowest.isPresent() && lowest.get().compareTo(ALLOWING) >= 0;
    boolean spelling = lowest.isEmpty() || lowest.get().compareTo(SPELLING) >= 0;
    List<Proof.Type> types = allow.stream().map(name -> type(name, spelling)).toList();
    proven &= spelling || allow.stream().noneMatch(FileProofs::isRenamed);
    boolean scoped = lowest.isPresent() && lowest.get().compareTo(SCOPED) >= 0;
    return new Proof.NeedsAllowing(types, proven, scoped, loads + ", once they are allowed");
  }

  /// The oldest release from which on no release refuses the file; empty where the newest does.
  private static Optional<TorchVersion> since(
      Linked file, Optional<Bounds> bounds, Optional<TorchVersion> lowest) {
    Optional<TorchVersion> since = Optional.empty();
    for (var answer : answers(file.answers(), bounds, lowest).descendingMap().entrySet()) {
      if (answer.getValue() instanceof WeightsOnly.Refused) {
        break;
      }
      since = Optional.of(answer.getKey());
    }
    return since;
  }

  private static Proof.Type type(String dotted, boolean spelling) {
    int dot = dotted.lastIndexOf('.');
    String module = dotted.substring(0, Math.max(dot, 0));
    return new Proof.Type(module, dotted.substring(dot + 1), spelling && isRenamed(dotted));
  }

  private static boolean isRenamed(String dotted) {
    return RENAMED.stream().anyMatch(dotted::startsWith);
  }

  /// The answers of the releases that the project can meet, its lowest among them.
  private static NavigableMap<TorchVersion, WeightsOnly> answers(
      SortedMap<TorchVersion, WeightsOnly> all,
      Optional<Bounds> bounds,
      Optional<TorchVersion> lowest) {
    NavigableMap<TorchVersion, WeightsOnly> within = new TreeMap<>(all);
    lowest.ifPresent(version -> within.headMap(version).clear());
    Optional<TorchVersion> highest = bounds.flatMap(Bounds::upper).map(FileProofs::release);
    highest.ifPresent(
        version -> within.tailMap(version).keySet().removeIf(it -> !it.equals(version)));
    lowest.ifPresent(version -> within.computeIfAbsent(version, it -> WeightsOnly.of(all, it)));
    return within;
  }

  private static TorchVersion release(Version version) {
    List<BigInteger> numbers = version.release();
    int major = numbers.isEmpty() ? 0 : numbers.getFirst().intValue();
    return new TorchVersion(major, numbers.size() > 1 ? numbers.get(1).intValue() : 0);
  }

  private static String names(Link.Files files) {
    return files.files().stream().map(Linked::path).collect(Collectors.joining(", "));
  }
}
