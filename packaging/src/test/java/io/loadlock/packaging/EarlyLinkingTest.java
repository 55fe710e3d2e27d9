package io.loadlock.packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyLinkingTest {
  private static final List<String> NAMES =
      List.of(
          "Samples",
          "Samples$Shape",
          "Samples$Circle",
          "Samples$Point",
          "Samples$Nothing",
          "Samples$All",
          "Samples$1Local");

  private final EarlyLinking linking =
      EarlyLinking.of(ClassHierarchyResolver.ofResourceParsing(Samples.class.getClassLoader()));

  @Test
  void leavesLambdasAndTextsAlone() throws IOException {
    var bootstraps = new TreeSet<String>();
    for (String name : NAMES) {
      bootstraps.addAll(bootstraps(linking.link(bytes(name))));
    }
    assertEquals(List.of("StringConcatFactory"), List.copyOf(bootstraps));
  }

  @Test
  void givesAClassWithoutLateLinksBackAsItIs() throws IOException {
    byte[] plain = bytes("EarlyLinkingTest$Rewritten");
    assertSame(plain, linking.link(plain));
  }

  @Test
  void answersAsTheCompilersCodeDoes() throws Exception {
    Class<?> rewritten = Class.forName(Samples.class.getName(), true, new Rewritten());
    var apply = rewritten.getMethod("apply", Object.class);
    Object one = rewritten.getConstructor().newInstance();
    var inputs = (List<?>) rewritten.getMethod("inputs").invoke(null);
    List<Object> expected = Samples.inputs();
    assertEquals(expected.size(), inputs.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(
          Samples.named(new Samples().apply(expected.get(i)), expected.get(i)),
          Samples.named((String) apply.invoke(one, inputs.get(i)), inputs.get(i)));
    }
    assertEquals(
        new Samples().apply(null), apply.invoke(one, new Object[] {null}), "a null target");
  }

  @Test
  void comparesEveryKindOfComponentAsRecordsDo() throws Exception {
    Class<?> rewritten = Class.forName(Samples.class.getName(), true, new Rewritten());
    var records = rewritten.getMethod("records", int.class, int.class);
    for (int left = 0; left < 12; left++) {
      for (int right = 0; right < 12; right++) {
        assertEquals(Samples.records(left, right), records.invoke(null, left, right));
      }
    }
  }

  @Test
  void rewritesOursInAJarAndKeepsAllElse(@TempDir Path folder) throws IOException {
    Path jar = folder.resolve("some.jar");
    String ours = "io/loadlock/packaging/Samples$Circle.class";
    String theirs = "org/other/Circle.class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (String name : List.of(ours, theirs, "io/loadlock/page.md")) {
        out.putNextEntry(new JarEntry(name));
        out.write(bytes("Samples$Circle"));
        out.closeEntry();
      }
    }
    EarlyLinking.main(new String[] {jar.toString()});
    try (var read = new JarFile(jar.toFile());
        var left = Files.list(folder)) {
      assertEquals(
          List.of(ours, theirs, "io/loadlock/page.md"),
          read.stream().map(JarEntry::getName).toList());
      assertTrue(bootstraps(content(read, ours)).isEmpty());
      assertEquals(List.of("ObjectMethods"), List.copyOf(bootstraps(content(read, theirs))));
      assertEquals(1, left.count());
    }
  }

  private static byte[] content(JarFile jar, String name) throws IOException {
    try (var stream = jar.getInputStream(jar.getEntry(name))) {
      return stream.readAllBytes();
    }
  }

  private static byte[] bytes(String name) throws IOException {
    try (var stream = EarlyLinkingTest.class.getResourceAsStream(name + ".class")) {
      return stream.readAllBytes();
    }
  }

  /// The classes whose methods link a class's `invokedynamic` instructions.
  private static Set<String> bootstraps(byte[] bytes) {
    var found = new TreeSet<String>();
    for (var method : ClassFile.of().parse(bytes).methods()) {
      for (var element : method.code().map(code -> code.elementList()).orElse(List.of())) {
        if (element instanceof InvokeDynamicInstruction call) {
          found.add(call.bootstrapMethod().owner().displayName());
        }
      }
    }
    return found;
  }

  /// Loads the samples as they are rewritten.
  private final class Rewritten extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(Samples.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try {
        byte[] linked = linking.link(bytes(name.substring(name.lastIndexOf('.') + 1)));
        return defineClass(name, linked, 0, linked.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
