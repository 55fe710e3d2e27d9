package io.loadlock.artifact.pickle;

import static io.loadlock.artifact.pickle.GadgetTest.of;
import static io.loadlock.testkit.PickleAssembler.protocol;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.pickle.GadgetTest.Gadget;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Classes whose own methods do harm, and methods of instances.
@SuppressWarnings("BadImport") // says what it makes by its argument
class ClassGadgetTest {
  static List<Gadget> running() {
    return List.of(
        of("memmap", protocol(2).global("numpy", "memmap").text("x").tuple1().reduce()),
        of(
            "memmap without __init__",
            protocol(2).global("numpy", "memmap").text("x").tuple1().newObj()),
        of(
            "a file's closer",
            protocol(2)
                .global("tempfile", "_TemporaryFileCloser")
                .emptyTuple()
                .newObj()
                .emptyDict()
                .text("name")
                .text("x")
                .setItem()
                .build()),
        of(
            "logging.FileHandler",
            protocol(2).global("logging", "FileHandler").text("x").tuple1().reduce()),
        of(
            "call of what a vetted function returned",
            protocol(2)
                .global("torch._utils", "_rebuild_tensor")
                .emptyTuple()
                .reduce()
                .text("x")
                .tuple1()
                .reduce()),
        of(
            "a bound method called",
            protocol(2)
                .global("builtins", "getattr")
                .global("pathlib", "PosixPath")
                .text("x")
                .tuple1()
                .reduce()
                .text("write_text")
                .tuple2()
                .reduce()
                .text("y")
                .tuple1()
                .reduce()),
        of(
            "a user's function gets os.system",
            protocol(2).global("__main__", "apply").global("os", "system").tuple1().reduce()));
  }

  @ParameterizedTest
  @MethodSource("running")
  void runsCode(Gadget gadget) {
    Judged judged = Judged.of(gadget.pickle());
    assertEquals(Verdict.RUNS_CODE, judged.machine().verdict(), judged::toString);
  }
}
