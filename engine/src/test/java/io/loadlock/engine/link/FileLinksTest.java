package io.loadlock.engine.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.lock.LockEntry;
import io.loadlock.artifact.lock.LockFile;
import io.loadlock.artifact.lock.Sha256;
import io.loadlock.engine.inspect.Inspector;
import io.loadlock.engine.judge.Sites;
import io.loadlock.engine.project.Projects;
import io.loadlock.python.site.GivenArgument;
import io.loadlock.python.site.PathValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLinksTest {
  private static final PathValue UNKNOWN = new PathValue.Unknown("a parameter without callers");

  @TempDir private Path folder;

  @Test
  void aConstantIsTriedFromWhereTheProgramMayBeStarted() throws IOException {
    write("app/requirements.txt");
    write("app/src/m.pt");
    assertEquals("app/src/m.pt", link(text("m.pt"), "app/src/a.py"));
    write("app/m.pt");
    assertEquals("app/m.pt, app/src/m.pt", link(text("m.pt"), "app/src/a.py"));
    assertEquals("nothing: `n.pt` is not here", link(text("n.pt"), "app/src/a.py"));
  }

  @Test
  void pathsArePutTogetherAsPythonDoes() throws IOException {
    write("weights/m.pt");
    write("src/weights/m.pt");
    assertEquals(
        "src/weights/m.pt",
        link(
            new PathValue.Joined(
                List.of(
                    new PathValue.Parent(new PathValue.ThisFile("src/a.py")),
                    text("weights"),
                    text("m.pt"))),
            "src/a.py"));
    assertEquals(
        "weights/m.pt",
        link(
            new PathValue.Joined(
                List.of(
                    new PathValue.Parent(new PathValue.Parent(new PathValue.ThisFile("src/a.py"))),
                    text("weights/m.pt"))),
            "src/a.py"));
    assertEquals(
        "weights/m.pt",
        link(
            new PathValue.Content(
                new PathValue.Concatenated(List.of(text("weights/"), text("m"), text(".pt")))),
            "other/a.py"));
  }

  @Test
  void oneUnknownPartLeadsToCandidatesThatProveNothing() throws IOException {
    write("weights/a.pt");
    write("weights/b.pt");
    write("weights/c.txt");
    PathValue value = new PathValue.Concatenated(List.of(text("weights/"), UNKNOWN, text(".pt")));
    assertEquals("weights/a.pt, weights/b.pt (and others)", link(value, "a.py"));
    PathValue start = new PathValue.Concatenated(List.of(UNKNOWN, text("/a.pt")));
    assertEquals(
        "nothing: the beginning of its path is not known: a parameter without callers",
        link(start, "a.py"));
  }

  @Test
  void aGlobLeadsToAllThatItMatches() throws IOException {
    write("runs/1/best.pt");
    write("runs/2/best.pt");
    PathValue value =
        new PathValue.Result(
            "glob.glob", List.of(new GivenArgument("", 0, text("runs/*/best.pt"))));
    assertEquals("runs/1/best.pt, runs/2/best.pt", link(value, "a.py"));
  }

  @Test
  void whatAPatternLeadsToIsAModelOrNothing() throws IOException {
    write("runs/best.pt");
    Files.write(folder.resolve("runs/state"), new byte[] {(byte) 0x80, 2, 'K', 1, '.'});
    write("runs/train.py", "import torch");
    write("runs/README.md", "Runs.");
    PathValue value =
        new PathValue.Result("glob.glob", List.of(new GivenArgument("", 0, text("runs/*"))));
    assertEquals("runs/best.pt, runs/state", link(value, "a.py"));
    assertEquals("runs/README.md", link(text("runs/README.md"), "a.py"));
  }

  @Test
  void aMissingFileIsNamedFromTheFolderOfTheRun() {
    PathValue value =
        new PathValue.Joined(
            List.of(new PathValue.Parent(new PathValue.ThisFile("src/a.py")), text("m.pt")));
    assertEquals("nothing: `src/m.pt` is not here", link(value, "src/a.py"));
  }

  @Test
  void eachPossibleValueCounts() throws IOException {
    write("a.pt");
    PathValue value = new PathValue.Parameter("load", "path", List.of(text("a.pt"), text("b.pt")));
    assertEquals("a.pt (and others)", link(value, "a.py"));
    assertEquals(
        "nothing: whoever calls load says what it is",
        link(new PathValue.Parameter("load", "path", List.of()), "a.py"));
  }

  @Test
  void nothingOutsideOfTheTreeIsOpened(@TempDir Path elsewhere) throws IOException {
    Path file = Files.writeString(elsewhere.resolve("m.pt"), "x");
    assertTrue(link(text(file.toString()), "a.py").startsWith("nothing: "));
    assertTrue(link(text("../" + elsewhere.getFileName() + "/m.pt"), "a.py").startsWith("nothing"));
    assertEquals("nothing: it is an address, not a file", link(text("https://x/m.pt"), "a.py"));
    assertTrue(link(text("\0"), "a.py").startsWith("nothing"));
    assertTrue(link(text(""), "a.py").startsWith("nothing"));
  }

  @Test
  void aHubDownloadIsLookedUpInTheCache() throws IOException {
    String commit = "0123456789abcdef0123456789abcdef01234567";
    write("cache/models--org--name/refs/main", commit);
    write("cache/models--org--name/snapshots/" + commit + "/model.bin", "x");
    assertEquals("hub:org/name/model.bin@01234567 (and others)", link(download(""), "a.py"));
    assertEquals("hub:org/name/model.bin@01234567", link(download(commit), "a.py"));
    assertEquals(
        "nothing: `org/name/model.bin` is not in the local hub cache",
        link(download("other"), "a.py"));
  }

  private static PathValue download(String revision) {
    return new PathValue.Result(
        "huggingface_hub.hf_hub_download",
        List.of(
            new GivenArgument("", 0, text("org/name")),
            new GivenArgument("filename", -1, text("model.bin")),
            new GivenArgument("revision", -1, text(revision))));
  }

  @Test
  void aLockCountsOnlyForTheDigestThatItHolds() throws IOException {
    write("m.pt", "content");
    String digest = Sha256.of("content".getBytes(StandardCharsets.UTF_8));
    lock(new LockEntry("m.pt", 7, digest, LockEntry.Source.LOCAL, ""));
    assertEquals("m.pt locked", link(text("m.pt"), "a.py"));
    lock(new LockEntry("m.pt", 7, "0".repeat(64), LockEntry.Source.LOCAL, ""));
    assertEquals("m.pt", link(text("m.pt"), "a.py"));
    Files.writeString(folder.resolve("loadlock.lock"), "version = 99\n");
    assertEquals("m.pt", link(text("m.pt"), "a.py"));
  }

  private void lock(LockEntry entry) throws IOException {
    Files.writeString(folder.resolve("loadlock.lock"), new LockFile(List.of(entry)).render());
  }

  private static PathValue text(String text) {
    return new PathValue.Text(text);
  }

  private String link(PathValue value, String source) {
    FileLinks links =
        new FileLinks(
            folder,
            List.of(Path.of(".")),
            new Projects(folder, List.of()),
            new ModelFiles(Inspector.standard()),
            Map.of("HF_HUB_CACHE", folder.resolve("cache").toString()));
    return switch (links.of(Sites.of("torch.load").in(source).loading(value).site())) {
      case Link.Files files -> {
        List<String> names =
            files.files().stream()
                .map(file -> file.path() + (file.locked() ? " locked" : ""))
                .toList();
        yield String.join(", ", names) + (files.all() ? "" : " (and others)");
      }
      case Link.Nothing nothing -> "nothing: " + nothing.reason();
    };
  }

  private void write(String path) throws IOException {
    write(path, "");
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
