package io.loadlock.artifact.pickle;

import static io.loadlock.artifact.pickle.GadgetTest.of;
import static io.loadlock.testkit.PickleAssembler.protocol;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.pickle.GadgetTest.Gadget;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What nobody vetted, named, made or called.
@SuppressWarnings("BadImport") // says what it makes by its argument
class UnknownGadgetTest {
  static List<Gadget> unknown() {
    return List.of(
        of("extension code", protocol(2).ext1(240)),
        of("extension code called", protocol(2).ext1(240).text("x").tuple1().reduce()),
        of("a package nobody knows", protocol(2).call("zzz_unknown", "run", "x")),
        of(
            "a lookalike of os",
            protocol(4).stackGlobal("оs", "system").text("x").tuple1().reduce()),
        of("a user class", protocol(2).global("__main__", "Net").emptyTuple().newObj()),
        of("os.system only named", protocol(2).emptyList().global("os", "system").append()),
        of(
            "a function of a known package only named",
            protocol(2).global("torch", "some_function")),
        of(
            "code made, not called",
            protocol(2).global("types", "CodeType").mark().integer(0).tuple().reduce()),
        of(
            "a name put together",
            protocol(4)
                .text("os")
                .global("builtins", "str")
                .text("path")
                .tuple1()
                .reduce()
                .raw(0x93)),
        of(
            "slots that change the class",
            protocol(2)
                .global("argparse", "Namespace")
                .emptyTuple()
                .newObj()
                .none()
                .emptyDict()
                .text("__class__")
                .global("collections", "OrderedDict")
                .setItem()
                .tuple2()
                .build()),
        of(
            "a state key that is computed",
            protocol(2)
                .global("argparse", "Namespace")
                .emptyTuple()
                .newObj()
                .emptyDict()
                .global("builtins", "str")
                .text("__setstate__")
                .tuple1()
                .reduce()
                .none()
                .setItem()
                .build()));
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void isUnknownCode(Gadget gadget) {
    Judged judged = Judged.of(gadget.pickle());
    assertTrue(judged.machine().verdict().compareTo(Verdict.UNKNOWN_CODE) >= 0, judged::toString);
    assertTrue(judged.run().broken().isEmpty(), judged::toString);
  }
}
