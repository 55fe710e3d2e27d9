package io.loadlock.artifact.pickle;

import static io.loadlock.testkit.PickleAssembler.protocol;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.pickle.GadgetTest.Gadget;
import io.loadlock.testkit.PickleAssembler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Payloads of vetted names alone: functions that are safe to call with what the file shows, kept
/// where somebody else calls them; objects of the program, handed out by a vetted function and then
/// changed; constructors that walk through, print or evaluate what they are given.
class KeptGadgetTest {
  private static final byte[] PAYLOAD = protocol(2).call("os", "system", "echo hi").stop();

  private static final String[][] REACHING = {
    {"pickle", "loads"},
    {"torch.storage", "_load_from_bytes"},
    {"builtins", "getattr"},
    {"dill._dill", "_import_module"},
    {"dill._dill", "_load_type"},
    {"cloudpickle.cloudpickle", "subimport"},
    {"numpy.core", "_ufunc_reconstruct"},
    {"torch._tensor", "_rebuild_from_type_v2"},
    {"types", "FunctionType"},
  };

  private static PickleAssembler made(String module, String name) {
    return protocol(2).global(module, name).emptyTuple().newObj();
  }

  /// `getattr(owner, name)` of a class.
  private static PickleAssembler member(String module, String owner, String name) {
    return protocol(2)
        .global("builtins", "getattr")
        .global(module, owner)
        .text(name)
        .tuple2()
        .reduce();
  }

  /// An attribute set through the second half of a state.
  private static PickleAssembler attribute(PickleAssembler target, String name) {
    return target.none().emptyDict().text(name).integer(1).setItem().tuple2().build();
  }

  static List<Gadget> running() {
    List<Gadget> all = new ArrayList<>();
    for (String[] name : REACHING) {
      String full = name[0] + "." + name[1];
      all.add(
          GadgetTest.of(
              "a loader's collate_fn is " + full,
              made("torch.utils.data.dataloader", "DataLoader")
                  .emptyDict()
                  .text("collate_fn")
                  .global(name[0], name[1])
                  .setItem()
                  .build()));
      all.add(
          GadgetTest.of(
              "a dict's factory is " + full,
              protocol(2)
                  .global("collections", "defaultdict")
                  .global(name[0], name[1])
                  .tuple1()
                  .reduce()));
      all.add(
          GadgetTest.of(
              "partial of " + full,
              protocol(3)
                  .global("functools", "partial")
                  .global(name[0], name[1])
                  .bytes(PAYLOAD)
                  .tuple2()
                  .reduce()));
    }
    all.add(
        GadgetTest.of(
            "dill makes an array by pickle.loads",
            protocol(3)
                .global("dill._dill", "_create_array")
                .global("pickle", "loads")
                .bytes(PAYLOAD)
                .tuple1()
                .none()
                .tuple3()
                .reduce()));
    all.add(
        GadgetTest.of(
            "a hook of a module is pickle.loads",
            made("torch.nn.modules.linear", "Linear")
                .emptyDict()
                .text("_forward_hooks")
                .emptyDict()
                .integer(0)
                .global("pickle", "loads")
                .setItem()
                .setItem()
                .build()));
    all.add(
        GadgetTest.of(
            "ctypes hands a state to a class that loads it",
            protocol(2)
                .global("_ctypes", "_unpickle")
                .global("tempfile", "_TemporaryFileCloser")
                .emptyDict()
                .tuple1()
                .tuple2()
                .reduce()));
    all.add(
        GadgetTest.of(
            "a class, by type(x), changed",
            attribute(
                protocol(2)
                    .global("builtins", "type")
                    .global("collections", "OrderedDict")
                    .emptyTuple()
                    .reduce()
                    .tuple1()
                    .reduce(),
                "__setitem__")));
    all.add(
        GadgetTest.of(
            "a class, handed back by a scalar of objects, changed",
            attribute(
                protocol(2)
                    .global("numpy.core.multiarray", "scalar")
                    .global("numpy", "dtype")
                    .text("O8")
                    .tuple1()
                    .reduce()
                    .global("collections", "OrderedDict")
                    .tuple2()
                    .reduce(),
                "x")));
    all.add(
        GadgetTest.of(
            "a class, handed back by TorchScript, changed",
            attribute(
                protocol(2)
                    .global("torch.jit._pickle", "restore_type_tag")
                    .global("collections", "OrderedDict")
                    .text("x")
                    .tuple2()
                    .reduce(),
                "x")));
    all.add(
        GadgetTest.of(
            "a method's defaults changed",
            attribute(member("torch.nn.modules.linear", "Linear", "forward"), "__defaults__")));
    all.add(
        GadgetTest.of(
            "an item of a class's table",
            member("sklearn.base", "BaseEstimator", "_parameter_constraints")
                .text("x")
                .integer(1)
                .setItem()));
    all.add(
        GadgetTest.of(
            "a list of a class appended",
            member("sklearn.base", "BaseEstimator", "tags").integer(1).append()));
    all.add(
        GadgetTest.of(
            "the program's logger silenced",
            protocol(2)
                .global("logging", "getLogger")
                .emptyTuple()
                .reduce()
                .emptyDict()
                .text("disabled")
                .integer(1)
                .setItem()
                .build()));
    all.add(
        GadgetTest.of(
            "sympy evaluates what a path prints",
            protocol(2)
                .global("sympy.core.containers", "Tuple")
                .global("pathlib", "PurePosixPath")
                .text("__import__('os').system('echo hi')")
                .tuple1()
                .reduce()
                .tuple1()
                .reduce()));
    all.add(
        GadgetTest.of(
            "a document reads a file",
            protocol(2)
                .global("xml.etree.ElementTree", "ElementTree")
                .none()
                .text("x.xml")
                .tuple2()
                .reduce()));
    all.add(
        GadgetTest.of(
            "__new__ of one class called with another",
            member("builtins", "dict", "__new__")
                .global("tempfile", "_TemporaryFileCloser")
                .tuple1()
                .reduce()));
    all.add(
        GadgetTest.of(
            "statsmodels evaluates a formula",
            made("statsmodels.base.data", "ModelData")
                .emptyDict()
                .text("formula")
                .text("y ~ I(__import__('os').system('echo hi'))")
                .setItem()
                .build()));
    all.add(
        GadgetTest.of(
            "statsmodels' formula in a class that inherits it",
            made("statsmodels.base.data", "PandasData")
                .emptyDict()
                .text("formula")
                .text("y ~ x.to_pickle('x')")
                .setItem()
                .build()));
    all.add(
        GadgetTest.of(
            "spaCy unpickles the hooks of a document",
            protocol(3)
                .global("spacy.tokens.doc", "unpickle_doc")
                .none()
                .bytes(PAYLOAD)
                .bytes(new byte[0])
                .tuple3()
                .reduce()));
    return all;
  }

  static List<Gadget> unknown() {
    List<Gadget> all = new ArrayList<>();
    for (String consumer :
        List.of(
            "list", "tuple", "dict", "set", "frozenset", "str", "bytes", "int", "zip", "iter")) {
      all.add(
          GadgetTest.of(
              consumer + " of a loader",
              protocol(2)
                  .global("builtins", consumer)
                  .global("torch.utils.data.dataloader", "DataLoader")
                  .emptyTuple()
                  .newObj()
                  .tuple1()
                  .reduce()));
    }
    all.add(
        GadgetTest.of(
            "a list without end",
            protocol(2)
                .global("builtins", "list")
                .global("itertools", "repeat")
                .integer(1)
                .tuple1()
                .reduce()
                .tuple1()
                .reduce()));
    all.add(
        GadgetTest.of(
            "a list of two thousand million numbers",
            protocol(2)
                .global("builtins", "list")
                .global("builtins", "range")
                .integer(2_000_000_000)
                .tuple1()
                .reduce()
                .tuple1()
                .reduce()));
    return all;
  }

  static List<Gadget> harmless() {
    return List.of(
        GadgetTest.of(
            "a named tuple of protocol 2",
            protocol(2)
                .global("functools", "partial")
                .global("builtins", "getattr")
                .global("inspect", "Parameter")
                .text("__new__")
                .tuple2()
                .reduce()
                .tuple1()
                .reduce()
                .mark()
                .global("builtins", "getattr")
                .global("inspect", "Parameter")
                .text("__new__")
                .tuple2()
                .reduce()
                .global("inspect", "Parameter")
                .tuple1()
                .emptyDict()
                .none()
                .tuple()
                .build()
                .emptyTuple()
                .reduce()),
        GadgetTest.of(
            "a formula of columns",
            made("statsmodels.base.data", "PandasData")
                .emptyDict()
                .text("formula")
                .text("y ~ x + np.log(z) * C(group, Treatment('a')) - 1")
                .setItem()
                .build()),
        GadgetTest.of(
            "a set of a list",
            protocol(2).global("builtins", "set").emptyList().tuple1().reduce()));
  }

  @ParameterizedTest
  @MethodSource("running")
  void runsCode(Gadget gadget) {
    assertEquals(Verdict.RUNS_CODE, Judged.of(gadget.pickle()).machine().verdict());
  }

  @ParameterizedTest
  @MethodSource("unknown")
  void isNotVetted(Gadget gadget) {
    assertEquals(Verdict.UNKNOWN_CODE, Judged.of(gadget.pickle()).machine().verdict());
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void isData(Gadget gadget) {
    Verdict verdict = Judged.of(gadget.pickle()).machine().verdict();
    assertTrue(verdict.compareTo(Verdict.NEEDS_TYPES) <= 0, verdict::toString);
  }
}
