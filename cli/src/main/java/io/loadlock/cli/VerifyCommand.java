package io.loadlock.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.loadlock.artifact.lock.Difference;
import io.loadlock.artifact.lock.LockEntry;
import io.loadlock.artifact.lock.LockFile;
import io.loadlock.core.MalformedException;
import io.loadlock.engine.lock.ModelFiles;
import io.loadlock.engine.lock.SignedModel;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `loadlock verify`: says what is not as it was locked or signed.
final class VerifyCommand implements Command {
  @Override
  public String name() {
    return "verify";
  }

  @Override
  public void describe(CommandSpec specification) {
    specification
        .usageMessage()
        .description(
            "Compares the model files with loadlock.lock and names what was added, removed or"
                + " changed, and what cannot be read. With --signature, compares a model's folder"
                + " with its OpenSSF Model Signing bundle.");
    specification
        .addPositional(
            Options.operands(
                "PATH",
                "Where to look for added files. Default: the folders of the locked files. With"
                    + " --signature the model's folder."))
        .addOption(
            Options.value("BUNDLE", "Check against this bundle, not the lock.", "--signature"))
        .addOption(Options.value("PEM", "Public key that the bundle must be signed with.", "--key"))
        .addOption(
            Options.value(
                "PEM", "Certificates that the bundle's chain must lead to.", "--certificates"))
        .addOption(
            Options.flag(
                "Let files be there that the bundle does not name.", "--ignore-unsigned-files"))
        .addOption(Options.value("FORMAT", "What to print: text or json.", "--format"))
        .addOption(Options.value("N", "How many files to read at once.", "--jobs", "-j"))
        .addOption(Options.flag("Print nothing but errors.", "--quiet", "-q"))
        .addOption(Options.flag("Show no progress.", "--no-progress"));
  }

  @Override
  public Exit run(ParseResult arguments, Shell shell) throws IOException, UsageException {
    boolean json =
        switch (Options.text(arguments, "--format").orElse("text")) {
          case "text" -> false;
          case "json" -> true;
          case String other ->
              throw new UsageException("--format takes text or json, not '" + other + "'");
        };
    Checked checked =
        Options.text(arguments, "--signature").isPresent()
            ? signature(arguments, shell)
            : lock(arguments, shell);
    if (json) {
      shell.out().println(json(checked));
    } else if (!Options.isSet(arguments, "--quiet")) {
      print(checked, shell);
    }
    boolean differs =
        checked.differences().stream().anyMatch(it -> !(it instanceof Difference.Unreadable));
    return differs ? Exit.FINDINGS : checked.differences().isEmpty() ? Exit.COMPLETE : Exit.PARTIAL;
  }

  /// @param files how many were to be compared
  /// @param leftOut what was not to be, because the signer left it out
  private record Checked(List<Difference> differences, int files, List<String> leftOut) {}

  private static Checked lock(ParseResult arguments, Shell shell)
      throws IOException, UsageException {
    Path folder = shell.folder().toAbsolutePath().normalize();
    LockFile lock = Locking.read(folder.resolve(LockFile.NAME));
    ModelFiles files = ModelFiles.find(folder, places(arguments, shell, folder, lock));
    lock.entries().stream().map(LockEntry::path).forEach(files::add);
    try (ByteMeter meter = ByteMeter.of(arguments, shell, files.bytes())) {
      List<Difference> differences =
          new ArrayList<>(Difference.between(lock, files.read(Options.jobs(arguments), meter)));
      differences.replaceAll(difference -> pointer(difference, files, lock));
      differences.removeIf(
          difference -> difference instanceof Difference.Unreadable it && it.reason().isEmpty());
      return new Checked(differences, lock.entries().size(), List.of());
    }
  }

  /// A locked file of which only the LFS pointer is here: as good as the file where it points to
  /// what was locked.
  private static Difference pointer(Difference difference, ModelFiles files, LockFile lock) {
    var pointer = files.pointers().get(difference.path());
    if (!(difference instanceof Difference.Removed) || pointer == null) {
      return difference;
    }
    LockEntry locked =
        lock.entries().stream()
            .filter(it -> it.path().equals(difference.path()))
            .findFirst()
            .orElseThrow();
    return locked.sha256().equals(pointer.sha256())
        ? new Difference.Unreadable(difference.path(), "")
        : new Difference.Changed(locked, pointer.sha256(), pointer.size().orElse(0L), "");
  }

  private static List<Path> places(ParseResult arguments, Shell shell, Path folder, LockFile lock)
      throws UsageException {
    if (!Options.operands(arguments).isEmpty()) {
      return Locking.paths(arguments, shell);
    }
    Set<Path> places = new TreeSet<>();
    for (LockEntry entry : lock.entries()) {
      Path parent = folder.resolve(entry.path()).getParent();
      if (parent != null && Files.isDirectory(parent)) {
        places.add(parent);
      }
    }
    return List.copyOf(places);
  }

  private static Checked signature(ParseResult arguments, Shell shell)
      throws IOException, UsageException {
    Path bundle = shell.folder().resolve(Options.text(arguments, "--signature").orElseThrow());
    List<String> operands = Options.operands(arguments);
    if (operands.size() > 1) {
      throw new UsageException("a bundle is about one folder, not " + operands.size());
    }
    if (!Files.isRegularFile(bundle)) {
      throw new UsageException("there is no " + bundle.getFileName());
    }
    Path model = operands.isEmpty() ? shell.folder() : shell.folder().resolve(operands.getFirst());
    try {
      SignedModel signed = Locking.signed(arguments, shell, model, bundle);
      return new Checked(
          signed.differences(Options.isSet(arguments, "--ignore-unsigned-files")),
          signed.size(),
          signed.leftOut());
    } catch (MalformedException e) {
      throw new UsageException(bundle.getFileName() + ": " + e.getMessage());
    }
  }

  // --- what is said ----------------------------------------------------------------------------

  private static void print(Checked checked, Shell shell) {
    for (String path : checked.leftOut()) {
      shell.out().println("not signed " + Text.plain(path) + ": the signer left it out");
    }
    for (Difference difference : checked.differences()) {
      shell
          .out()
          .println(word(difference) + " " + Text.plain(difference.path()) + clause(difference));
    }
    if (checked.differences().isEmpty()) {
      shell.out().println(Text.count(checked.files(), "file") + " as locked");
    } else {
      shell
          .out()
          .println(
              Text.count(checked.differences().size(), "difference")
                  + ", "
                  + Text.count(checked.files(), "locked file"));
    }
  }

  private static String word(Difference difference) {
    return switch (difference) {
      case Difference.Added _ -> "added";
      case Difference.Removed _ -> "removed";
      case Difference.Changed _ -> "changed";
      case Difference.Unreadable _ -> "unreadable";
    };
  }

  private static String clause(Difference difference) {
    return switch (difference) {
      case Difference.Added _, Difference.Removed _ -> "";
      case Difference.Changed changed -> ": " + changed.meaning();
      case Difference.Unreadable unreadable -> ": " + unreadable.reason();
    };
  }

  private static String json(Checked checked) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.writeStartObject();
      out.writeNumberField("locked", checked.files());
      out.writeArrayFieldStart("differences");
      for (Difference difference : checked.differences()) {
        out.writeStartObject();
        out.writeStringField("kind", word(difference));
        out.writeStringField("path", difference.path());
        switch (difference) {
          case Difference.Added _, Difference.Removed _ -> {}
          case Difference.Unreadable unreadable ->
              out.writeStringField("reason", unreadable.reason());
          case Difference.Changed changed -> {
            out.writeStringField("lockedSha256", changed.locked().sha256());
            out.writeStringField("sha256", changed.sha256());
            out.writeNumberField("size", changed.size());
            out.writeStringField("lockedVerdict", changed.locked().verdict());
            out.writeStringField("verdict", changed.verdict());
          }
        }
        out.writeEndObject();
      }
      out.writeEndArray();
      out.writeArrayFieldStart("leftOut");
      for (String path : checked.leftOut()) {
        out.writeString(path);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    return text.toString();
  }
}
