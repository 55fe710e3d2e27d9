package io.loadlock.pins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequirementTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch | torch | any version | ''",
        "Torch_Audio>=2 | torch-audio | >=2 | ''",
        "torch[opt-einsum] ==2.7.1 | torch | ==2.7.1 | ''",
        "torch (>=2.0) ; python_version < '3.9' | torch | >=2.0 | python_version < '3.9'",
        "scikit.learn~=1.2 | scikit-learn | >=1.2,<2 | ''"
      })
  void readsWhatPep508Writes(String text, String name, String bounds, String marker) {
    Requirement requirement = Requirement.parse(text).orElseThrow();
    assertEquals(name, requirement.distribution());
    assertEquals(bounds, requirement.bounds().toString());
    assertEquals(marker, requirement.marker());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "torch @ file:///wheels/torch-2.1.0+cpu-cp311-cp311-linux_x86_64.whl | ==2.1.0+cpu",
        "torch @ git+ssh://host/pytorch.git@v2.1 ; os_name == 'posix' | any version"
      })
  void aDirectReferenceSaysItsVersionOnlyInAWheelsName(String text, String bounds) {
    assertEquals(bounds, Requirement.parse(text).orElseThrow().bounds().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ">=2", "-r other.txt", "torch[", "torch ^2.0", "torch 2.0"})
  void refusesWhatIsNoRequirement(String text) {
    assertTrue(Requirement.parse(text).isEmpty(), text);
  }
}
