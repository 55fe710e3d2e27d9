package io.loadlock.artifact.weightsonly;

import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.artifact.policy.Ruling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of one release whose source was read.
///
/// @param userList whether `add_safe_globals` exists
/// @param rename when Python 2's names are renamed
/// @param blocks whether `sys`, `os`, `posix` and `nt` are refused even if they are allowed
/// @param defaultsCount whether the default list counts for NEWOBJ and BUILD, as the user's does
/// @param checksItems whether SETITEM is refused on all but dict, OrderedDict and Counter
/// @param floats whether BINFLOAT is understood
/// @param allowed the default list
@SuppressWarnings("StringSplitter") // rows have no empty columns at their end
record Release(
    TorchVersion version,
    boolean userList,
    Rename rename,
    boolean blocks,
    boolean defaultsCount,
    boolean checksItems,
    boolean floats,
    Map<String, Kind> allowed) {

  enum Rename {
    NEVER,
    /// Only where PROTO said 2.
    PROTOCOL_2,
    ALWAYS
  }

  /// What a name of the default list is.
  enum Kind {
    CLASS,
    FUNCTION,
    /// A stand-in for a legacy storage class: not callable.
    STORAGE,
    VALUE
  }

  private static final Map<String, String> NAMES = new HashMap<>();
  private static final Map<String, String> MODULES = new HashMap<>();
  private static final Map<String, String> ABSENT = new HashMap<>();
  private static final Map<String, Map<String, Kind>> LISTS = read();

  static final List<Release> ALL =
      List.of(
          of("1.13", false, Rename.NEVER, false, false, false, false),
          of("2.0", false, Rename.NEVER, false, false, false, true),
          of("2.4", true, Rename.PROTOCOL_2, false, false, false, true),
          of("2.5", true, Rename.PROTOCOL_2, true, false, false, true),
          of("2.6", true, Rename.ALWAYS, true, true, false, true),
          of("2.10", true, Rename.ALWAYS, true, true, true, true),
          of("2.15", true, Rename.ALWAYS, true, true, true, true));

  private static Release of(
      String version,
      boolean userList,
      Rename rename,
      boolean blocks,
      boolean defaultsCount,
      boolean checksItems,
      boolean floats) {
    return new Release(
        TorchVersion.parse(version),
        userList,
        rename,
        blocks,
        defaultsCount,
        checksItems,
        floats,
        LISTS.getOrDefault(version, Map.of()));
  }

  /// The name as this release looks it up.
  String renamed(String module, String name, int protocol) {
    String full = module + "." + name;
    if (rename == Rename.NEVER || rename == Rename.PROTOCOL_2 && protocol != 2) {
      return full;
    }
    String exact = NAMES.get(full);
    if (exact != null) {
      return exact;
    }
    return MODULES.getOrDefault(module, module) + "." + name;
  }

  @Nullable Kind kind(String full) {
    return allowed.get(full);
  }

  /// Why a name cannot be allowed under this release, although there is a list for it.
  Optional<String> cannotBeAllowed(String full, Policy policy) {
    boolean constant =
        ALL.stream().anyMatch(other -> other.kind(full) == Kind.VALUE)
            || List.of(ABSENT.getOrDefault(full, "").split(" ")).contains(version.toString());
    if (constant) {
      return Optional.of("torch " + version + " has no " + full + " that could be allowed");
    }
    if (defaultsCount) {
      return Optional.empty();
    }
    // Before 2.6 the list takes objects alone, and looks for `__module__` and `__name__` of each.
    String module = full.substring(0, full.lastIndexOf('.'));
    boolean python2 = MODULES.containsKey(module) || module.equals("exceptions");
    boolean nameless =
        policy.ruling(module, full.substring(full.lastIndexOf('.') + 1)) instanceof Ruling.Constant;
    return python2 || nameless
        ? Optional.of("no object that torch " + version + " could be given is called " + full)
        : Optional.empty();
  }

  /// Why a function of torch fails on these arguments, where its parameters grew from release to
  /// release.
  Optional<String> cannotCall(String function, List<Thing> arguments) {
    boolean first = version.minor() == 13;
    if (first && function.equals("torch._utils._rebuild_tensor_v2") && arguments.size() > 6) {
      return Optional.of("torch " + version + "'s _rebuild_tensor_v2 takes no metadata");
    }
    if (!userList
        && function.equals("torch._utils._rebuild_sparse_tensor")
        && arguments.size() == 2) {
      boolean coo =
          arguments.get(0).detail() instanceof String layout && layout.equals("torch.sparse_coo");
      if (coo && arguments.get(1).items().size() > 3 || !coo && first) {
        return Optional.of(
            "torch " + version + "'s _rebuild_sparse_tensor does not know this layout");
      }
    }
    return Optional.empty();
  }

  private static Map<String, Map<String, Kind>> read() {
    Map<String, Map<String, Kind>> lists = new HashMap<>();
    for (String[] row : rows()) {
      switch (row[0]) {
        case "name" -> NAMES.put(row[1], row[2]);
        case "module" -> MODULES.put(row[1], row[2]);
        case "absent" -> ABSENT.put(row[2], row[1]);
        default -> {
          Kind kind = Kind.valueOf(row[0].toUpperCase(java.util.Locale.ROOT));
          for (String version : row[1].split(" ")) {
            Map<String, Kind> list = lists.computeIfAbsent(version, _ -> new HashMap<>());
            for (String name : row[2].split(" ")) {
              list.put(name, kind);
            }
          }
        }
      }
    }
    return lists;
  }

  private static List<String[]> rows() {
    try (InputStream in = Release.class.getResourceAsStream("allowed.tsv")) {
      if (in == null) {
        throw new IllegalStateException("allowed.tsv is missing");
      }
      List<String[]> rows = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#")) {
          rows.add(line.split("\t"));
        }
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
