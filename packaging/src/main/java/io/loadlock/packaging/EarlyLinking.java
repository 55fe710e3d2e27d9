package io.loadlock.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Links at build time what `javac` leaves to the first use of a line: pattern switches
/// (`java.lang.runtime.SwitchBootstraps.typeSwitch`) and the `equals`, `hashCode` and `toString` of
/// records (`java.lang.runtime.ObjectMethods`).
///
/// An AOT cache of JDK 25 archives what lambdas and string concatenation make, but not these: each
/// spins a hidden class at its first use in *every* run, and the first of them brings up the
/// machinery of method handles, which is most of the time that a scan of one file takes. Here each
/// becomes plain code that does the same, and the sources keep their switches and records.
///
/// Only classes below `io/loadlock/` are touched. See docs/decisions/0050-early-linking.md.
public final class EarlyLinking {
  private static final String OURS = "io/loadlock/";

  private final ClassFile classFile;

  private EarlyLinking(ClassFile classFile) {
    this.classFile = classFile;
  }

  /// Rewrites the jar in place.
  ///
  /// @param args the path of the jar
  /// @throws IOException when the jar cannot be read or written; it is then as it was
  public static void main(String[] args) throws IOException {
    Path jar = Path.of(args[0]);
    Path linked = jar.resolveSibling(jar.getFileName() + ".linked");
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      var linking = of(ClassHierarchyResolver.ofResourceParsing(loader));
      linking.copy(jar, linked);
    }
    Files.move(linked, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  /// Links with what `resolver` says of classes other than the JDK's.
  static EarlyLinking of(ClassHierarchyResolver resolver) {
    var known = resolver.orElse(ClassHierarchyResolver.defaultResolver()).cached();
    return new EarlyLinking(ClassFile.of(ClassHierarchyResolverOption.of(known)));
  }

  private void copy(Path from, Path to) throws IOException {
    try (var source = new JarFile(from.toFile());
        var target = new JarOutputStream(Files.newOutputStream(to))) {
      for (JarEntry entry : Collections.list(source.entries())) {
        byte[] content;
        try (var stream = source.getInputStream(entry)) {
          content = stream.readAllBytes();
        }
        var copy = new JarEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        target.putNextEntry(copy);
        target.write(isOurs(entry.getName()) ? link(content) : content);
        target.closeEntry();
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith(OURS) && name.endsWith(".class");
  }

  /// The class with its late links made early; the same array where it has none.
  byte[] link(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    if (model.methods().stream().noneMatch(EarlyLinking::linksLate)) {
      return bytes;
    }
    ClassDesc self = model.thisClass().asSymbol();
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    List<TypeSwitch> switches = new ArrayList<>();
    CodeTransform links =
        (code, element) -> {
          if (!(element instanceof InvokeDynamicInstruction call)) {
            code.with(element);
            return;
          }
          var typeSwitch = TypeSwitch.of(call, switches.size());
          if (typeSwitch.isPresent()) {
            switches.add(typeSwitch.get());
            typeSwitch.get().call(code, self, isInterface);
          } else if (!RecordMethod.of(call).map(method -> method.inline(code)).orElse(false)) {
            code.with(element);
          }
        };
    return classFile.transformClass(
        model,
        ClassTransform.transformingMethodBodies(EarlyLinking::linksLate, links)
            .andThen(ClassTransform.endHandler(made -> switches.forEach(one -> one.define(made)))));
  }

  private static boolean linksLate(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(EarlyLinking::isLate);
  }

  private static boolean isLate(CodeElement element) {
    return element instanceof InvokeDynamicInstruction call
        && (TypeSwitch.of(call, 0).isPresent() || RecordMethod.of(call).isPresent());
  }
}
