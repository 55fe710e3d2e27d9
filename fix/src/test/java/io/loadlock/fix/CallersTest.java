package io.loadlock.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Fix;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.project.Options;
import io.loadlock.python.project.PythonScan;
import io.loadlock.python.project.SourceTree;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.LoadSite;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Loads whose deciding argument is written somewhere else: in constants, in defaults, in the calls
/// of wrappers, in other files.
class CallersTest {
  @Test
  void changesAWrappersDefaultTogetherWithItsCallers() {
    assertFixed(
        Map.of(
            "a.py",
            """
            import torch
            def read(path, safe=False):
                return torch.load(path, weights_only=safe)
            a = read('a.pt')
            b = read('b.pt', False)
            c = read('c.pt', safe=True)
            """),
        Map.of(
            "a.py",
            """
            import torch
            def read(path, safe=True):
                return torch.load(path, weights_only=safe)
            a = read('a.pt')
            b = read('b.pt', True)
            c = read('c.pt', safe=True)
            """));
  }

  @Test
  void changesCallersInOtherFiles() {
    assertFixed(
        Map.of(
            "pkg/__init__.py", "",
            "pkg/io.py",
                """
                import torch

                class Store:
                    def read(self, path, safe=False):
                        return torch.load(path, weights_only=safe)

                    @staticmethod
                    def peek(path, safe=None):
                        return path, safe
                """,
            "main.py",
                """
                from pkg.io import Store

                store = Store()
                a = store.read('a.pt', False)  # as it was
                b = store.read('b.pt',
                               safe=False)
                c = Store.peek('c.pt', False)
                """,
            "other.py", "def read(path, safe=False): pass\nread('x', False)\n"),
        Map.of(
            "pkg/__init__.py", "",
            "pkg/io.py",
                """
                import torch

                class Store:
                    def read(self, path, safe=True):
                        return torch.load(path, weights_only=safe)

                    @staticmethod
                    def peek(path, safe=None):
                        return path, safe
                """,
            "main.py",
                """
                from pkg.io import Store

                store = Store()
                a = store.read('a.pt', True)  # as it was
                b = store.read('b.pt',
                               safe=True)
                c = Store.peek('c.pt', False)
                """,
            "other.py", "def read(path, safe=False): pass\nread('x', False)\n"));
  }

  @Test
  void changesWrappersOfWrappers() {
    assertFixed(
        Map.of(
            "inner.py",
            "import torch\n"
                + "def inner(p, *, safe=False):\n"
                + "    return torch.load(p, weights_only=safe)\n",
            "outer.py",
            "from inner import inner\n"
                + "def outer(p, trusted=False):\n"
                + "    return inner(p, safe=trusted)\n",
            "main.py",
            "import outer\nm = outer.outer('m.pt', trusted=False)\n"),
        Map.of(
            "inner.py",
            "import torch\n"
                + "def inner(p, *, safe=True):\n"
                + "    return torch.load(p, weights_only=safe)\n",
            "outer.py",
            "from inner import inner\n"
                + "def outer(p, trusted=True):\n"
                + "    return inner(p, safe=trusted)\n",
            "main.py",
            "import outer\nm = outer.outer('m.pt', trusted=True)\n"));
  }

  @Test
  void changesWhatCallersPassThroughKeywords() {
    assertFixed(
        Map.of(
            "a.py",
            """
            import torch
            def read(path, **options):
                return torch.load(path, **options)
            """,
            "b.py",
            """
            from a import read
            x = read('x.pt', map_location='cpu', weights_only=False)
            """),
        Map.of(
            "a.py",
            """
            import torch
            def read(path, **options):
                return torch.load(path, **options)
            """,
            "b.py",
            """
            from a import read
            x = read('x.pt', map_location='cpu', weights_only=True)
            """));
  }

  @Test
  void addsTheArgumentWhereCallersLeaveItOut() {
    assertFixed(
        Map.of(
            "a.py",
            """
            import torch
            def read(path, **options):
                return torch.load(path, **options)
            x = read('x.pt', weights_only=True)
            y = read('y.pt', map_location='cpu')
            """),
        Map.of(
            "a.py",
            """
            import torch
            def read(path, **options):
                return torch.load(path, **options)
            x = read('x.pt', weights_only=True)
            y = read('y.pt', map_location='cpu', weights_only=True)
            """));
  }

  @Test
  void givesTheArgumentOnceWhereNoCallerDoesAndTakesAwayWhatVoidsIt() {
    assertFixed(
        Map.of(
            "a.py",
            """
            import torch
            def read(path, **options):
                return torch.load(path, **options)
            """,
            "b.py",
            """
            import dill
            from a import read
            x = read('x.pt', map_location='cpu')
            y = read('y.pt', pickle_module=dill, map_location='cpu')
            """),
        Map.of(
            "a.py",
            """
            import torch
            def read(path, **options):
                return torch.load(path, **options, weights_only=True)
            """,
            "b.py",
            """
            import dill
            from a import read
            x = read('x.pt', map_location='cpu')
            y = read('y.pt', map_location='cpu')
            """));
  }

  @Test
  void changesAConstantThatIsUsedForThisAlone() {
    assertFixed(
        Map.of(
            "a.py",
            """
            import torch
            SAFE = False
            x = torch.load('x.pt', weights_only=SAFE)
            """),
        Map.of(
            "a.py",
            """
            import torch
            SAFE = True
            x = torch.load('x.pt', weights_only=SAFE)
            """));
    assertFixed(
        Map.of(
            "a.py",
            """
            import torch
            DEBUG = False
            x = torch.load('x.pt', weights_only=DEBUG)
            print(DEBUG)
            """),
        Map.of(
            "a.py",
            """
            import torch
            DEBUG = False
            x = torch.load('x.pt', weights_only=True)
            print(DEBUG)
            """));
  }

  @Test
  void changesOptionsThatAreUpdatedLater() {
    assertFixed(
        Map.of(
            "a.py",
            """
            import torch
            options = {"weights_only": True}
            options.update(weights_only=False, mmap=True)
            x = torch.load('x.pt', **options)
            """),
        Map.of(
            "a.py",
            """
            import torch
            options = {"weights_only": True}
            options.update(weights_only=True, mmap=True)
            x = torch.load('x.pt', **options)
            """));
  }

  @Test
  void leavesAloneWhatItDoesNotSee() {
    Map<String, String> unseen =
        Map.of(
            "a.py",
            """
            import torch
            def read(path, **options):
                return torch.load(path, **options)
            x = read('x.pt', **given())
            """);
    LoadSite site = sites(unseen).getFirst();
    Offer offer = SafeCall.propose(new Texts(unseen), site, Proof.NONE, Availability.EVERYWHERE);
    assertTrue(offer.fixes().isEmpty() || !apply(unseen, offer.fixes().getFirst()).equals(unseen));
  }

  @Test
  void doesNotAddAnArgumentThatNoReleaseHas() {
    Map<String, String> files =
        Map.of(
            "a.py",
            "import torch\nx = torch.load('x.pt')\ny = torch.load('y.pt', weights_only=False)\n");
    List<LoadSite> sites = sites(files);
    Availability nowhere = new Availability.Nowhere("weights_only came with torch 1.13");
    Offer added = SafeCall.propose(new Texts(files), sites.getFirst(), Proof.NONE, nowhere);
    assertEquals(new Offer(List.of(), "weights_only came with torch 1.13"), added);
    // Who passes it already has it.
    assertEquals(
        1, SafeCall.propose(new Texts(files), sites.get(1), Proof.NONE, nowhere).fixes().size());
    Offer since =
        SafeCall.propose(
            new Texts(files),
            sites.getFirst(),
            new Proof.WillLoad(true, "x.pt holds tensors"),
            new Availability.Since("torch 1.13"));
    assertEquals(Fix.Tier.SUGGESTED, since.fixes().getFirst().tier());
    assertEquals(
        "Pass weights_only=True, which torch 1.13 and newer have.",
        since.fixes().getFirst().description());
  }

  private static void assertFixed(Map<String, String> before, Map<String, String> after) {
    Map<String, String> files = new TreeMap<>(before);
    for (LoadSite site : sites(files)) {
      Offer offer = SafeCall.propose(new Texts(files), site, Proof.NONE, Availability.EVERYWHERE);
      assertEquals("", offer.reason());
      files = apply(files, offer.fixes().getFirst());
    }
    assertEquals(new TreeMap<>(after), files);
  }

  private static Map<String, String> apply(Map<String, String> files, Fix fix) {
    Map<String, String> changed = new TreeMap<>(files);
    for (Fix.Edit edit : fix.edits().reversed()) {
      changed.computeIfPresent(
          edit.location().path(),
          (_, text) ->
              text.substring(0, (int) edit.location().startByte())
                  + edit.replacement()
                  + text.substring((int) edit.location().endByte()));
    }
    return changed;
  }

  private static List<LoadSite> sites(Map<String, String> files) {
    return PythonScan.scan(new Texts(files), Options.of(Sinks.standard())).stream()
        .map(FileFacts::sites)
        .flatMap(List::stream)
        .toList();
  }

  /// Files in memory.
  private record Texts(Map<String, String> files) implements SourceTree, Trees {
    @Override
    public List<String> paths() {
      return List.copyOf(new TreeMap<>(files).keySet());
    }

    @Override
    public byte[] read(String path) {
      return files.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Optional<ParsedSource> of(String path) {
      return Optional.of(Parser.parse(read(path)));
    }

    @Override
    public boolean mayHold(String path, String word) {
      return files.getOrDefault(path, "").contains(word);
    }
  }
}
