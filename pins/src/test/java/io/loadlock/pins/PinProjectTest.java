package io.loadlock.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.loadlock.core.Problem;
import io.loadlock.pins.Declaration.Scope;
import io.loadlock.pins.PinProject.Knowledge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PinProjectTest {
  @Test
  void oneFileProvesWhatItSays() {
    assertEquals("==2.7.1", torch(requirements("torch==2.7.1")));
    assertEquals(">=2.4,<2.6", torch(requirements("torch>=2.4", "torch<2.6")));
  }

  @Test
  void alternativesBesideEachOtherProveOnlyWhatBothDo() {
    assertEquals(
        ">=2.0", torch(requirements("torch==2.7.1"), file(PinFormat.PYPROJECT, "torch>=2.0")));
  }

  @Test
  void aLockNarrowsItsManifest() {
    assertEquals(
        "==2.7.1",
        torch(file(PinFormat.UV_LOCK, "torch==2.7.1"), file(PinFormat.PYPROJECT, "torch>=2.0")));
  }

  @Test
  void aLockWithARowForEachEnvironmentIsAsWideAsItsRows() {
    assertEquals(">=2.2.2,<=2.7.1", torch(file(PinFormat.UV_LOCK, "torch==2.7.1", "torch==2.2.2")));
  }

  @Test
  void markersThatExcludeEachOtherAreAlternatives() {
    assertEquals(
        ">=1.13.1,<=2.7.1",
        torch(
            requirements(
                "torch==1.13.1; python_version < '3.9'", "torch==2.7.1; python_version >= '3.9'")));
  }

  @Test
  void aMarkerOfOneOtherPlatformSaysNothingOfTheRest() {
    assertEquals(
        "requirements.txt declares torch only where sys_platform == 'win32'",
        torch(requirements("torch>=2.6; sys_platform == 'win32'")));
    assertEquals(
        "requirements.txt declares torch only where sys_platform == 'linux' and platform_system =="
            + " 'Windows'",
        torch(
            requirements("torch>=2.6; sys_platform == 'linux' and platform_system == 'Windows'")));
    assertEquals(">=2.6", torch(requirements("torch>=2.6; sys_platform == 'linux'")));
    assertEquals(">=2.6", torch(requirements("torch>=2.6; sys_platform != 'darwin'")));
    assertEquals(
        ">=2.6",
        torch(
            requirements(
                "torch>=2.6; sys_platform == 'darwin'", "torch>=2.7; sys_platform != 'darwin'")));
  }

  @Test
  void contradictionsProveNothing() {
    assertEquals(
        "requirements.txt contradicts itself about torch",
        torch(requirements("torch<2", "torch>=2.6")));
    assertEquals(
        "the lock and its manifest disagree about torch",
        torch(file(PinFormat.POETRY_LOCK, "torch==1.13"), file(PinFormat.PYPROJECT, "torch>=2.6")));
  }

  @Test
  void whatOnlyDevelopersInstallProvesNothing() {
    Declaration extra =
        new Declaration("torch", Bounds.ANY, "", Scope.OPTIONAL, "pyproject.toml", 1, "torch");
    PinFile file =
        new PinFile(
            "pyproject.toml", PinFormat.PYPROJECT, List.of(extra), Optional.empty(), List.of());
    assertEquals("no file declares torch", torch(file));
  }

  @Test
  void aManifestThatCouldNotBeReadToItsEndProvesNothing() {
    PinFile whole = requirements("torch>=2.6");
    PinFile damaged =
        new PinFile(
            whole.path(),
            whole.format(),
            whole.declarations(),
            Optional.empty(),
            List.of(new Problem("no", "line 2")));
    assertInstanceOf(Knowledge.Unknown.class, new PinProject(List.of(damaged)).of("torch"));
  }

  private static String torch(PinFile... files) {
    return switch (new PinProject(List.of(files)).of("Torch")) {
      case Knowledge.Proven proven -> proven.bounds().toString();
      case Knowledge.Unknown unknown -> unknown.reason();
    };
  }

  private static PinFile requirements(String... rows) {
    return file(PinFormat.REQUIREMENTS, rows);
  }

  private static PinFile file(PinFormat format, String... rows) {
    String path = format == PinFormat.REQUIREMENTS ? "requirements.txt" : format.name();
    List<Declaration> lines = new ArrayList<>();
    for (String row : rows) {
      Requirement requirement = Requirement.parse(row).orElseThrow();
      lines.add(
          new Declaration(
              requirement.distribution(),
              requirement.bounds(),
              requirement.marker(),
              Scope.RUNTIME,
              path,
              lines.size() + 1,
              row));
    }
    return new PinFile(path, format, lines, Optional.empty(), List.of());
  }
}
