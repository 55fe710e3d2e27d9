package io.loadlock.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The shell scripts, with a program that says a word in place of loadlock, and with a `mvn` that
/// copies a jar in place of Maven.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final FileTime LONG_AGO = FileTime.fromMillis(1_500_000_000_000L);

  @TempDir private Path folder;
  private Path library;
  private Path installed;

  @BeforeEach
  void install() throws IOException {
    library = Files.createDirectories(folder.resolve("prefix/lib/loadlock"));
    installed = Files.createDirectories(folder.resolve("prefix/bin")).resolve("loadlock");
    Files.writeString(
        installed,
        "#!/bin/sh\n"
            + Files.readString(ROOT.resolve("launcher/start.sh"))
            + Files.readString(ROOT.resolve("launcher/installed.sh")));
  }

  @Test
  void aRebuiltJarIsNeverRunWithTheOldCache() throws Exception {
    Path jar = jar("old");
    adopt(jar);
    Path oldCache = cache();
    assertEquals(new Invocation(0, "old\n", ""), launch());
    long size = Files.size(jar);

    // Nothing about the new jar tells it from the old one, save its content.
    jar("new");
    assertEquals(size, Files.size(jar));
    assertEquals(LONG_AGO, Files.getLastModifiedTime(jar));
    adopt(jar);

    assertEquals(new Invocation(0, "new\n", ""), launch());
    assertNotEquals(oldCache.getParent(), cache().getParent());
    assertTrue(Files.exists(oldCache), "whoever still runs the old build keeps its files");
  }

  @Test
  void theCacheIsUsed() throws Exception {
    adopt(jar("word"));
    logClasses();
    assertTrue(startsFromTheCache(launch()));
    Files.delete(cache());
    assertTrue(startsFromTheCache(launch("scan", "a.py")), "single sources have their own");
  }

  @Test
  void onlyTheScanOfSingleSourcesHasACacheOfItsOwn() throws Exception {
    adopt(jar("word"));
    logClasses();
    String all = cache().toString();
    Files.delete(Path.of(all.replace("-read.aot", "-file.aot")));
    for (String words :
        List.of("scan .", "scan a.py .", "scan --format=json a.py", "inspect a.pt")) {
      assertTrue(startsFromTheCache(launch(words.split(" "))), words);
    }
    assertFalse(startsFromTheCache(launch("scan", "--quiet", "a.py", "b.py")));
  }

  private void logClasses() throws IOException {
    String launcher = Files.readString(installed);
    Files.writeString(
        installed, launcher.replaceAll("-Xlog:all=\\S+", "-Xlog:class+load=info:stdout"));
  }

  private static boolean startsFromTheCache(Invocation run) {
    String line =
        run.out()
            .lines()
            .filter(text -> text.contains("io.loadlock.cli.Loadlock "))
            .findAny()
            .orElseThrow();
    return line.contains("shared objects file");
  }

  @Test
  void anAbsentCacheIsSilentAndIsMadeForTheNextRun() throws Exception {
    adopt(jar("word"));
    Path cache = cache();
    Files.delete(cache);
    assertEquals(new Invocation(0, "word\n", ""), launch());
    for (int tenths = 0; tenths < 300 && !Files.exists(cache); tenths++) {
      Thread.sleep(100);
    }
    assertTrue(Files.exists(cache), "the first run trains in the background");
  }

  @Test
  void aDamagedCacheIsSilent() throws Exception {
    adopt(jar("word"));
    Path cache = cache();
    byte[] bytes = Files.readAllBytes(cache);
    Files.write(cache, Arrays.copyOf(bytes, bytes.length / 2));
    assertEquals(new Invocation(0, "word\n", ""), launch());
    Files.write(cache, new byte[0]);
    assertEquals(new Invocation(0, "word\n", ""), launch());
  }

  @Test
  void theLauncherIsFoundThroughLinksAndFoldersWithBlanks() throws Exception {
    adopt(jar("word"));
    Path link = Files.createDirectories(folder.resolve("a b")).resolve("lock");
    Files.createSymbolicLink(link, Path.of("../prefix/bin/loadlock"));
    assertEquals(
        new Invocation(0, "word\n", ""), run(folder, Map.of(), List.of("sh", link.toString())));
  }

  @Test
  void withoutJavaThereIsOneClearSentence() throws Exception {
    adopt(jar("word"));
    String functions = Files.readString(installed);
    Files.writeString(installed, functions.replaceAll("-ge 25", "-ge 999"));
    Invocation run = launch();
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("loadlock: Java 25 or newer is needed"), run.err());
  }

  @Test
  void aCheckoutIsBuiltWhenItsSourcesHaveChangedAndOnlyThen() throws Exception {
    Path checkout = checkout();
    Path source = checkout.resolve("core/src/main/java/A.java");
    assertBuilds(checkout, "a", true);
    assertBuilds(checkout, "b", false);

    Files.writeString(source, "changed");
    assertBuilds(checkout, "c", true);
    assertBuilds(checkout, "d", false);

    Path moved = Files.writeString(folder.resolve("B.java"), "from elsewhere");
    Files.setLastModifiedTime(moved, LONG_AGO);
    Files.move(moved, source, StandardCopyOption.REPLACE_EXISTING);
    assertBuilds(checkout, "e", true);

    Files.delete(source);
    assertBuilds(checkout, "f", true);
    assertBuilds(checkout, "g", false);
  }

  @Test
  void aBuildThatFailsRunsNothing() throws Exception {
    Path checkout = checkout();
    assertBuilds(checkout, "old", true);
    Files.writeString(checkout.resolve("core/src/main/java/A.java"), "broken");
    Files.delete(folder.resolve("built.jar"));
    for (int attempt = 0; attempt < 2; attempt++) {
      Invocation run = start(checkout);
      assertEquals(2, run.code());
      assertEquals("", run.out());
      assertTrue(run.err().contains("the build failed"), run.err());
    }
  }

  private void assertBuilds(Path checkout, String word, boolean expected) throws Exception {
    Path built = folder.resolve("built.jar");
    Files.move(jar(word), built, StandardCopyOption.REPLACE_EXISTING);
    Path runs = folder.resolve("mvn-runs");
    Files.deleteIfExists(runs);
    Invocation run = start(checkout);
    assertEquals(0, run.code(), run.err());
    assertEquals(expected, Files.exists(runs));
    assertEquals(expected, run.out().equals(word + "\n"), run.out());
    assertEquals(expected, run.err().contains("building"), run.err());
  }

  private Path checkout() throws IOException {
    Path checkout = folder.resolve("checkout");
    Files.createDirectories(checkout.resolve("core/src/main/java"));
    Files.writeString(checkout.resolve("core/src/main/java/A.java"), "class A {}");
    Files.createDirectories(checkout.resolve("launcher"));
    for (String file : List.of("loadlock", "pom.xml", "launcher/start.sh", "launcher/adopt.sh")) {
      Files.copy(ROOT.resolve(file), checkout.resolve(file));
    }
    Path maven = Files.createDirectories(folder.resolve("bin")).resolve("mvn");
    Files.writeString(
        maven,
        """
        #!/bin/sh
        mkdir -p cli/target && cp '%1$s/built.jar' cli/target/loadlock.jar && : >'%1$s/mvn-runs'
        """
            .formatted(folder));
    assertTrue(maven.toFile().setExecutable(true));
    return checkout;
  }

  private Invocation start(Path checkout) throws Exception {
    String path = folder.resolve("bin") + ":" + System.getenv("PATH");
    return run(checkout, Map.of("PATH", path), List.of("sh", "./loadlock"));
  }

  private Invocation launch(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", installed.toString()));
    command.addAll(List.of(arguments));
    return run(folder, Map.of(), command);
  }

  private void adopt(Path jar) throws Exception {
    String script = ROOT.resolve("launcher/adopt.sh").toString();
    Invocation run =
        run(folder, Map.of(), List.of("sh", script, library.toString(), jar.toString()));
    assertEquals(new Invocation(0, "", ""), run);
  }

  private Path cache() throws IOException {
    Path build = library.resolve(Files.readString(library.resolve("current")).strip());
    try (Stream<Path> files = Files.list(build)) {
      return files.filter(file -> file.toString().endsWith("-read.aot")).findAny().orElseThrow();
    }
  }

  private Invocation run(Path where, Map<String, String> environment, List<String> command)
      throws Exception {
    Path out = folder.resolve("stdout");
    Path err = folder.resolve("stderr");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(where.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    int code = builder.start().waitFor();
    return new Invocation(code, Files.readString(out), Files.readString(err));
  }

  /// A program that says `word`: always at the same path, with the same date.
  private Path jar(String word) throws IOException {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Path program = folder.resolve("Loadlock.java");
    Files.writeString(
        program,
        """
        package io.loadlock.cli;
        public class Loadlock {
          public static void main(String[] args) { System.out.println("%s"); }
        }
        class Training {
          public static void main(String[] args) { Loadlock.main(args); }
        }
        """
            .formatted(word));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", classes.toString(), program.toString());
    assertEquals(0, code);
    Path jar = folder.resolve("program.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      entries.setLevel(0);
      for (String name : List.of("Loadlock", "Training")) {
        JarEntry entry = new JarEntry("io/loadlock/cli/" + name + ".class");
        entry.setLastModifiedTime(LONG_AGO);
        entries.putNextEntry(entry);
        entries.write(Files.readAllBytes(classes.resolve(entry.getName())));
      }
    }
    Files.setLastModifiedTime(jar, LONG_AGO);
    return jar;
  }
}
