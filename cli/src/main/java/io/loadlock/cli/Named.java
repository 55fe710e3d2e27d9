package io.loadlock.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A file to be inspected.
///
/// @param name as the user would name it, with `/` between folders
/// @param given on the command line by itself, and not found in a folder
record Named(Path path, String name, boolean given) {
  /// The file itself, or every file of the folder and its folders, sorted by name. Links to files
  /// are followed, as hub caches are made of them; links to folders are not.
  static List<Named> under(Path path, String operand) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(new Named(path, operand, true));
    }
    List<Named> files = new ArrayList<>();
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!Files.isDirectory(file)) {
              files.add(new Named(file, join(operand, path.relativize(file)), false));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // Inspecting it will fail as well, and say why.
            files.add(new Named(file, join(operand, path.relativize(file)), true));
            return FileVisitResult.CONTINUE;
          }
        });
    files.sort(Comparator.comparing(Named::name));
    return files;
  }

  private static String join(String folder, Path file) {
    String name = file.toString().replace('\\', '/');
    if (folder.equals(".")) {
      return name;
    }
    return folder.endsWith("/") ? folder + name : folder + "/" + name;
  }
}
