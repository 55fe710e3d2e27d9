package io.loadlock.artifact.torch;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Nested;
import io.loadlock.artifact.Notice;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Tensor;
import io.loadlock.artifact.pickle.Value;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.zip.Entry;
import io.loadlock.artifact.zip.ZipArchive;
import io.loadlock.artifact.zip.ZipFormat;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Problem;
import io.loadlock.core.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Everything `torch.save`, `torch.jit.save` and `torch.package` have put into zip archives since
/// 1.3.
final class ZipCheckpoint {
  /// Pickles that TorchScript's own unpickler reads, in C++: it makes tensors, containers and the
  /// archive's classes.
  private static final Set<String> SCRIPT =
      Set.of("constants.pkl", "attributes.pkl", "bytecode.pkl");

  /// Small members whose text is shown.
  private static final Set<String> FACTS =
      Set.of(
          "version",
          "byteorder",
          ".format_version",
          ".storage_alignment",
          "serialization_id",
          "python_version",
          "extern_modules");

  private static final int FACT_MOST = 4096;

  private final ByteSource source;
  private final Policy policy;
  private final Limits limits;
  private final List<Reading> pickles = new ArrayList<>();
  private final List<Nested> nested = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Notice> notices = new ArrayList<>();
  private final Map<String, String> details = new TreeMap<>();
  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private final Map<String, Entry> members = new HashMap<>();

  /// Those that hold a `data.pkl`.
  private final Set<String> folders = new LinkedHashSet<>();

  private Optional<Value> root = Optional.empty();

  ZipCheckpoint(ByteSource source, Policy policy, Limits limits) {
    this.source = source;
    this.policy = policy;
    this.limits = limits;
  }

  /// By the names in the central directory: `data.pkl` or a pickle of TorchScript below a folder,
  /// or a package's own folder.
  static boolean recognises(List<String> names) {
    for (String name : names) {
      String leaf = leaf(name);
      boolean folder = name.indexOf('/') > 0 || name.indexOf('\\') > 0;
      if (folder && (leaf.equals("data.pkl") || SCRIPT.contains(leaf))
          || name.endsWith("/.data/extern_modules")) {
        return true;
      }
    }
    return false;
  }

  private static String leaf(String name) {
    return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
        .toLowerCase(Locale.ROOT);
  }

  TorchCheckpoint read() throws IOException, MalformedException {
    ZipArchive archive = ZipArchive.read(source, limits);
    problems.addAll(archive.problems());
    Set<String> leaves = new HashSet<>();
    for (Entry entry : archive.entries()) {
      leaves.add(leaf(entry.name()));
      if (entry.view() == Entry.View.CENTRAL) {
        members.put(entry.name(), entry);
      }
    }
    boolean bundle =
        members.keySet().stream().anyMatch(name -> name.endsWith("/.data/extern_modules"));
    boolean script =
        leaves.contains("constants.pkl")
            || leaves.contains("bytecode.pkl")
            || leaves.contains("attributes.pkl");
    for (Entry entry : archive.entries()) {
      member(archive, entry, bundle, script);
    }
    if (!bundle) {
      place(archive);
    }
    rest(archive);
    sources(archive, bundle, script);
    notices.addAll(archive.notices());
    roots();
    boolean big = details.getOrDefault("byteorder", "little").equals("big");
    locate(big);
    String format = bundle ? "torch-package" : script ? "torchscript" : "torch-zip";
    return new TorchCheckpoint(
        format, root, storages, Map.of(), big, pickles, notices, problems, nested, details);
  }

  private void member(ZipArchive archive, Entry entry, boolean bundle, boolean script)
      throws IOException {
    String leaf = leaf(entry.name());
    boolean main = leaf.equals("data.pkl");
    boolean reads = main || script && SCRIPT.contains(leaf) || bundle && leaf.endsWith(".pkl");
    try {
      if (FACTS.contains(leaf)
          && entry.size() <= FACT_MOST
          && ZipArchive.readable(entry.method())) {
        fact(leaf, archive.content(entry));
      } else if (reads
          && entry.view() != Entry.View.LOCAL_ONLY
          && ZipArchive.readable(entry.method())) {
        ByteSource content = archive.content(entry);
        PickleReading pickle = PickleReading.of(content, policy, limits);
        if (script) {
          pickle = new PickleReading(Script.judge(pickle.reading()), pickle.root());
        }
        pickles.add(pickle.reading());
        nested.add(pickle.nested(entry.name(), entry.header(), content));
        if (main) {
          folders.add(entry.name().substring(0, entry.name().lastIndexOf('/') + 1));
        }
        if (main && pickle.root().isPresent()) {
          root = pickle.root();
          storages.putAll(Storage.of(root.get()));
        }
      }
    } catch (MalformedException e) {
      problems.add(e.toProblem());
    }
  }

  private void fact(String leaf, ByteSource content) throws IOException {
    byte[] bytes = content.bytes(0, (int) Math.min(FACT_MOST, content.size()));
    details.put(leaf, new String(bytes, StandardCharsets.UTF_8).strip());
  }

  /// Finds each storage's record and compares its size with what the pickle declares; a record may
  /// be larger.
  private void place(ZipArchive archive) {
    for (Map.Entry<String, Storage> slot : storages.entrySet()) {
      Storage storage = slot.getValue();
      Optional<Entry> entry = record(storage.key());
      if (entry.isEmpty()) {
        problems.add(Problem.of("storage '" + storage.key() + "' is missing"));
      } else if (storage.size() > entry.get().size()) {
        problems.add(
            new Problem(
                "storage '"
                    + storage.key()
                    + "' has "
                    + entry.get().size()
                    + " bytes, "
                    + storage.size()
                    + " are declared",
                entry.get().name()));
      } else {
        archive.plain(entry.get()).ifPresent(bytes -> slot.setValue(storage.with(bytes)));
        archive.deflated(entry.get()).ifPresent(bytes -> slot.setValue(storage.packed(bytes)));
      }
    }
  }

  /// Gives the tensors of the pickles their elements.
  private void locate(boolean big) {
    nested.replaceAll(
        member -> {
          if (member.readings().size() != 1 || member.readings().get(0).tensors().isEmpty()) {
            return member;
          }
          Reading reading = member.readings().get(0);
          List<Tensor> tensors =
              reading.tensors().stream().map(one -> Storage.locate(one, storages, big)).toList();
          return new Nested(
              member.name(),
              member.offset(),
              member.loaded(),
              member.content(),
              member.format(),
              List.of(reading.with(tensors)));
        });
  }

  /// `ROOT/data/KEY`; `ROOT/tensors/KEY` in the opt-in zips of 1.4; where the key is a path itself,
  /// `ROOT/KEY`.
  private Optional<Entry> record(String key) {
    for (String folder : folders) {
      for (String place : new String[] {"data/", "tensors/", ""}) {
        Entry found = members.get(folder + place + key);
        if (found != null) {
          return Optional.of(found);
        }
      }
    }
    return Optional.empty();
  }

  /// What is neither a pickle that loading runs, nor a storage, nor a known fact: torch does not
  /// read it.
  private void rest(ZipArchive archive) {
    Set<Long> explained = new HashSet<>();
    storages.keySet().forEach(key -> record(key).ifPresent(entry -> explained.add(entry.header())));
    nested.forEach(pickle -> explained.add(pickle.offset()));
    for (Nested other : ZipFormat.nested(archive, _ -> false, problems)) {
      boolean part =
          archive.parts().stream()
              .anyMatch(p -> p.offset() == other.offset() && p.name().equals(other.name()));
      if (part || !explained.contains(other.offset()) && !FACTS.contains(leaf(other.name()))) {
        boolean loaded =
            part
                && archive.parts().stream()
                    .anyMatch(p -> p.offset() == other.offset() && p.loaded());
        nested.add(new Nested(other.name(), other.offset(), loaded, other.content()));
      }
    }
  }

  private void sources(ZipArchive archive, boolean bundle, boolean script) throws IOException {
    if (!bundle && !script) {
      return;
    }
    Sources sources = new Sources(bundle);
    for (Entry entry : archive.entries()) {
      if (leaf(entry.name()).endsWith(".py") && ZipArchive.readable(entry.method())) {
        try {
          sources.read(entry.name(), entry.header(), archive.content(entry));
        } catch (MalformedException e) {
          problems.add(e.toProblem());
        }
      }
    }
    sources.report(details, notices, problems);
    if (!sources.effects().isEmpty()) {
      pickles.add(sources.reading());
      nested.add(
          new Nested(
              "(sources)", -1, true, ByteSource.of(new byte[0]), "", List.of(sources.reading())));
    }
  }

  /// torch refuses archives with more than one root folder; other readers don't.
  private void roots() {
    Set<String> roots = new HashSet<>();
    for (String name : members.keySet()) {
      int slash = name.indexOf('/');
      roots.add(slash < 0 ? name : name.substring(0, slash));
    }
    if (roots.size() > 1) {
      notices.add(
          new Notice(
              "torch-roots",
              Severity.LOW,
              0,
              "The archive has " + roots.size() + " root folders, where torch writes one."));
    }
  }
}
