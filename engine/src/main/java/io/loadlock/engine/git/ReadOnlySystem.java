package io.loadlock.engine.git;

import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;
import org.jspecify.annotations.Nullable;

/// Keeps JGit from what it does beside reading: it would start `git` to find the system's
/// configuration, measure how fine the clock of the file system is by writing into the repository,
/// and keep the result in the user's home.
final class ReadOnlySystem extends SystemReader.Delegate {
  /// Coarse enough for every file system: a file as young as this is compared by content.
  private static final long RESOLUTION_NANOS = TimeUnit.SECONDS.toNanos(2);

  private ReadOnlySystem(SystemReader system) {
    super(system);
  }

  /// Makes JGit use it; to be called before anything else of JGit.
  static void install() {
    if (!(SystemReader.getInstance() instanceof ReadOnlySystem)) {
      SystemReader.setInstance(new ReadOnlySystem(SystemReader.getInstance()));
    }
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new Nothing(parent, fs);
  }

  /// A configuration without a file.
  private static final class Nothing extends FileBasedConfig {
    Nothing(@Nullable Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {
      // There is no file.
    }

    @Override
    public void save() {
      // Nor shall there be one.
    }

    @Override
    public boolean isOutdated() {
      return false;
    }

    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long otherwise, TimeUnit unit) {
      return section.equals("filesystem")
          ? unit.convert(RESOLUTION_NANOS, TimeUnit.NANOSECONDS)
          : otherwise;
    }
  }
}
