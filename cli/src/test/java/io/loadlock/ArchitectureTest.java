package io.loadlock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the modules may know of each other and of the world, read from the compiled classes, and
/// what every source file keeps to.
class ArchitectureTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /// Which modules each module may use.
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "core", Set.of(),
          "python", Set.of("core"),
          "artifact", Set.of("core"),
          "pins", Set.of("core"),
          "fix", Set.of("core", "python"),
          "engine", Set.of("core", "python", "artifact", "pins", "fix"),
          "report", Set.of("core"),
          "cli", Set.of("core", "python", "artifact", "pins", "fix", "engine", "report"));

  /// What runs, loads or deserialises, reaches the network, or writes where only `cli` may: a
  /// class, a package that ends in `/`, or a member.
  private static final List<String> FORBIDDEN =
      List.of(
          "java/lang/ProcessBuilder",
          "java/lang/Runtime.exec",
          "java/lang/Runtime.load",
          "java/lang/Runtime.loadLibrary",
          "java/lang/System.load",
          "java/lang/System.loadLibrary",
          "java/lang/System.out",
          "java/lang/System.err",
          "java/lang/System.in",
          "java/lang/System.exit",
          "java/lang/ClassLoader",
          "java/lang/Class.forName",
          "java/lang/Class.getClassLoader",
          "java/lang/invoke/MethodHandles$Lookup.defineClass",
          "java/lang/invoke/MethodHandles$Lookup.defineHiddenClass",
          "java/lang/invoke/MethodHandles$Lookup.findClass",
          "java/lang/reflect/",
          "java/io/ObjectInputStream",
          "java/beans/XMLDecoder",
          "java/util/ServiceLoader",
          "java/rmi/",
          "javax/naming/",
          "javax/script/",
          "javax/tools/",
          "java/net/",
          "sun/misc/Unsafe");

  /// Names of places, which say nothing to the network.
  private static final Set<String> HARMLESS =
      Set.of("java/net/URI", "java/net/URISyntaxException", "java/net/URLDecoder");

  /// Class names that say nothing.
  private static final Pattern EMPTY_NAME =
      Pattern.compile(".*(Manager|Helper|Helpers|Util|Utils|Impl|Base)\\.java");

  /// Split so that this line is not one.
  private static final Pattern MARKER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b");

  /// Of a file. About 400 is the aim; a table or one exhaustive switch may need more.
  private static final int LINES = 600;

  /// One compiled class: its module, its package, and all the names its constant pool refers to.
  private record Compiled(String module, String name, Set<String> classes, Set<String> members) {
    String folder() {
      return name.substring(0, name.lastIndexOf('/'));
    }
  }

  private static final List<Compiled> CLASSES = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path path = Path.of(entry).toAbsolutePath().normalize();
      if (!path.startsWith(ROOT) || path.endsWith("test-classes") || !Files.exists(path)) {
        continue;
      }
      String module = ROOT.relativize(path).getName(0).toString();
      if (Files.isDirectory(path)) {
        read(module, path);
      } else {
        try (FileSystem jar =
            FileSystems.newFileSystem(URI.create("jar:" + path.toUri()), Map.of())) {
          read(module, jar.getPath("/"));
        }
      }
    }
    assertTrue(CLASSES.size() > 50, "the compiled modules are on the class path");
  }

  private static void read(String module, Path root) throws IOException {
    if (!MAY_USE.containsKey(module)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".class")).toList()) {
        CLASSES.add(read(module, ClassFile.of().parse(Files.readAllBytes(file))));
      }
    }
  }

  private static Compiled read(String module, ClassModel model) {
    Set<String> classes = new TreeSet<>();
    Set<String> members = new TreeSet<>();
    for (PoolEntry entry : model.constantPool()) {
      switch (entry) {
        case ClassEntry named -> classes.add(element(named.asInternalName()));
        case MemberRefEntry member ->
            members.add(member.owner().asInternalName() + "." + member.name().stringValue());
        default -> {}
      }
    }
    return new Compiled(module, model.thisClass().asInternalName(), classes, members);
  }

  /// `[[Lio/loadlock/core/Rule;` is a `io/loadlock/core/Rule`.
  private static String element(String name) {
    return name.startsWith("[") ? name.replaceAll("^\\[+L?|;$", "") : name;
  }

  @Test
  void analysisNeverRunsWhatItReads() {
    List<String> broken = new ArrayList<>();
    for (Compiled compiled : CLASSES) {
      if (compiled.module().equals("cli")) {
        continue;
      }
      Stream.concat(compiled.classes().stream(), compiled.members().stream())
          .filter(ArchitectureTest::isForbidden)
          .forEach(used -> broken.add(compiled.name() + " uses " + used));
    }
    assertEquals(List.of(), broken);
  }

  private static boolean isForbidden(String used) {
    return !HARMLESS.contains(used.replaceFirst("\\..*", ""))
        && FORBIDDEN.stream()
            .anyMatch(
                name ->
                    used.equals(name)
                        || used.startsWith(name.endsWith("/") ? name : name + ".")
                        || used.startsWith(name + "$"));
  }

  @Test
  void modulesKeepToTheirWalls() {
    List<String> broken = new ArrayList<>();
    for (Compiled compiled : CLASSES) {
      assertEquals(
          "io/loadlock/" + compiled.module(),
          compiled.name().replaceAll("^(([^/]+/){2}[^/]+).*", "$1"));
      for (String used : compiled.classes()) {
        String[] parts = used.split("/");
        if (used.startsWith("io/loadlock/")
            && !parts[2].equals(compiled.module())
            && !MAY_USE.getOrDefault(compiled.module(), Set.of()).contains(parts[2])) {
          broken.add(compiled.name() + " uses " + used);
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  /// A package and a folder of rows below it count as one.
  @Test
  void packagesHaveNoCycles() {
    Map<String, Set<String>> uses = new TreeMap<>();
    for (Compiled compiled : CLASSES) {
      Set<String> used = uses.computeIfAbsent(compiled.folder(), _ -> new TreeSet<>());
      compiled.classes().stream()
          .filter(name -> name.startsWith("io/loadlock/"))
          .map(name -> name.substring(0, name.lastIndexOf('/')))
          .filter(other -> !related(compiled.folder(), other))
          .forEach(used::add);
    }
    Set<String> cycles = new TreeSet<>();
    for (String start : uses.keySet()) {
      Set<String> reached = reachable(start, uses);
      if (reached.contains(start)) {
        reached.removeIf(other -> !reachable(other, uses).contains(start));
        cycles.add(String.join(" <-> ", new TreeSet<>(reached)));
      }
    }
    assertEquals(Set.of(), cycles);
  }

  private static boolean related(String one, String other) {
    return (one + "/").startsWith(other + "/") || (other + "/").startsWith(one + "/");
  }

  private static Set<String> reachable(String start, Map<String, Set<String>> uses) {
    Set<String> reached = new HashSet<>();
    List<String> open = new ArrayList<>(uses.getOrDefault(start, Set.of()));
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (reached.add(next)) {
        open.addAll(uses.getOrDefault(next, Set.of()));
      }
    }
    return reached;
  }

  @Test
  void everyPackageIsNullMarked() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path file : sources("main")) {
      Path info = file.resolveSibling("package-info.java");
      if (!Files.exists(info) || !Files.readString(info).contains("@NullMarked")) {
        broken.add(ROOT.relativize(file.resolveSibling("")).toString());
      }
    }
    assertEquals(Set.of(), new TreeSet<>(broken));
  }

  @Test
  void sourcesAreShortFinishedAndNamedForWhatTheyAre() throws IOException {
    List<String> broken = new ArrayList<>();
    for (String set : List.of("main", "test")) {
      for (Path file : sources(set)) {
        String text = Files.readString(file);
        String name = ROOT.relativize(file).toString();
        long lines = text.lines().count();
        if (lines > LINES) {
          broken.add(name + " has " + lines + " lines");
        }
        if (MARKER.matcher(text).find()) {
          broken.add(name + " is not finished");
        }
        if (EMPTY_NAME.matcher(name).matches()) {
          broken.add(name + " has a name that says nothing");
        }
      }
    }
    assertEquals(List.of(), broken);
  }

  private static List<Path> sources(String set) throws IOException {
    List<Path> found = new ArrayList<>();
    for (String module : MAY_USE.keySet()) {
      Path folder = ROOT.resolve(module).resolve("src").resolve(set).resolve("java");
      if (Files.isDirectory(folder)) {
        try (Stream<Path> files = Files.walk(folder)) {
          files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(found::add);
        }
      }
    }
    return found;
  }
}
