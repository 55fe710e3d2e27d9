package io.loadlock.pins.file;

import io.loadlock.pins.Bounds;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The `pip install` and `conda install` commands of a shell line, as Dockerfiles and CI files have
/// them.
final class PipCommand {
  /// Options of `pip install` and `uv pip install` that take a value.
  private static final List<String> WITH_VALUE =
      List.of(
          "-r",
          "--requirement",
          "-c",
          "--constraint",
          "-e",
          "--editable",
          "-i",
          "--index-url",
          "--extra-index-url",
          "-f",
          "--find-links",
          "-t",
          "--target",
          "--python",
          "-p",
          "--root",
          "--prefix",
          "--timeout",
          "--retries",
          "--progress-bar",
          "--cache-dir",
          "--trusted-host",
          "--platform",
          "--upgrade-strategy",
          "--no-binary",
          "--only-binary",
          "--torch-backend");

  private PipCommand() {}

  /// Options of `conda install` and its faster kin that take a value.
  private static final List<String> CONDA_WITH_VALUE =
      List.of("-c", "--channel", "-n", "--name", "-p", "--prefix", "-f", "--file", "--solver");

  private static final List<String> CONDA = List.of("conda", "mamba", "micromamba");

  /// Adds what each `pip install` or `conda install` in `command` names.
  static void read(String command, int line, Lines lines) {
    List<String> words = words(command);
    for (int i = 0; i + 1 < words.size(); i++) {
      if (!words.get(i + 1).equals("install")) {
        continue;
      }
      if (isPip(words.get(i))) {
        i = pip(words, i + 2, line, lines);
      } else if (CONDA.contains(words.get(i).substring(words.get(i).lastIndexOf('/') + 1))) {
        i = conda(words, i + 2, line, lines);
      }
    }
  }

  private static int pip(List<String> words, int from, int line, Lines lines) {
    boolean upgrade = false;
    int at = from;
    for (; at < words.size() && !isSeparator(words.get(at)); at++) {
      String word = words.get(at);
      if (WITH_VALUE.contains(word)) {
        at++;
      } else if (word.startsWith("-")) {
        upgrade |= word.equals("-U") || word.equals("--upgrade");
      } else {
        requirement(word, upgrade, line, lines);
      }
    }
    return at;
  }

  private static void requirement(String word, boolean upgrade, int line, Lines lines) {
    Optional<Requirement> parsed = Requirement.parse(word).or(() -> Requirement.ofReference(word));
    String name = parsed.map(Requirement::distribution).orElse(Requirement.nameOf(word));
    boolean unbounded =
        parsed.isPresent() && parsed.get().bounds().equals(Bounds.ANY) && !parsed.get().direct();
    if (name.isEmpty() || unbounded && !upgrade && lines.declares(name)) {
      return; // pip leaves alone what is there already
    }
    // A version that a variable holds may be any.
    lines.add(
        name, parsed.map(Requirement::bounds).orElse(Bounds.ANY), "", Scope.RUNTIME, line, word);
  }

  private static int conda(List<String> words, int from, int line, Lines lines) {
    int at = from;
    for (; at < words.size() && !isSeparator(words.get(at)); at++) {
      String word = words.get(at);
      if (CONDA_WITH_VALUE.contains(word)) {
        at++;
      } else if (word.indexOf('$') >= 0) {
        String name = CondaReader.pypiName(Requirement.nameOf(word));
        if (!name.isEmpty()) {
          lines.add(name, Bounds.ANY, "", Scope.RUNTIME, line, word);
        }
      } else if (!word.startsWith("-")) {
        CondaReader.matchSpecification(lines, word, line);
      }
    }
    return at;
  }

  private static boolean isPip(String word) {
    String name = word.substring(word.lastIndexOf('/') + 1);
    return name.equals("pip")
        || name.startsWith("pip") && name.substring(3).chars().allMatch(PipCommand::version);
  }

  private static boolean version(int c) {
    return c >= '0' && c <= '9' || c == '.';
  }

  private static boolean isSeparator(String word) {
    return word.equals("&&")
        || word.equals("||")
        || word.equals(";")
        || word.equals("|")
        || word.equals("&");
  }

  /// Splits as a shell does, quotes removed; `;`, `&&`, `||` and `|` are words of their own.
  static List<String> words(String command) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean inWord = false;
    char quote = 0;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        inWord = true;
      } else if (c == '\\' && i + 1 < command.length()) {
        word.append(command.charAt(++i));
        inWord = true;
      } else if (Character.isWhitespace(c) || ";&|".indexOf(c) >= 0) {
        flush(words, word, inWord);
        inWord = false;
        if (!Character.isWhitespace(c)) {
          boolean twice = i + 1 < command.length() && command.charAt(i + 1) == c && c != ';';
          words.add(twice ? "" + c + c : "" + c);
          i += twice ? 1 : 0;
        }
      } else {
        word.append(c);
        inWord = true;
      }
    }
    flush(words, word, inWord);
    return words;
  }

  private static void flush(List<String> words, StringBuilder word, boolean inWord) {
    if (inWord) {
      words.add(word.toString());
      word.setLength(0);
    }
  }
}
