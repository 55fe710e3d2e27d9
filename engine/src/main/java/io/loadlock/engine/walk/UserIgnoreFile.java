package io.loadlock.engine.walk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where the user keeps patterns for all repositories: git's `core.excludesFile`, by default
/// `~/.config/git/ignore`.
final class UserIgnoreFile {
  private UserIgnoreFile() {}

  static Path find(Path home) {
    Path standard = home.resolve(".config/git/ignore");
    for (Path configuration :
        List.of(home.resolve(".gitconfig"), home.resolve(".config/git/config"))) {
      try {
        boolean core = false;
        for (String line : Files.readAllLines(configuration)) {
          String text = line.strip();
          if (text.startsWith("[")) {
            core = text.equalsIgnoreCase("[core]");
          } else if (core && text.toLowerCase(java.util.Locale.ROOT).startsWith("excludesfile")) {
            String value = text.substring(text.indexOf('=') + 1).strip().replace("\"", "");
            return value.startsWith("~/") ? home.resolve(value.substring(2)) : home.resolve(value);
          }
        }
      } catch (IOException e) {
        // Not there, or not for us to read.
      }
    }
    return standard;
  }
}
