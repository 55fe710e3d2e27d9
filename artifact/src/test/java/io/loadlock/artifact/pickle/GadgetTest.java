package io.loadlock.artifact.pickle;

import static io.loadlock.testkit.PickleAssembler.bare;
import static io.loadlock.testkit.PickleAssembler.protocol;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Verdict;
import io.loadlock.testkit.PickleAssembler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Payloads that are more than one call: references that flow somewhere, objects of others that are
/// changed, names that are put together, pickles within pickles.
@SuppressWarnings("ArrayRecordComponent") // never compared
class GadgetTest {
  record Gadget(String name, byte[] pickle) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Gadget of(String name, PickleAssembler assembler) {
    return new Gadget(name, assembler.stop());
  }

  private static final byte[] PAYLOAD = protocol(2).call("os", "system", "echo hi").stop();

  private static PickleAssembler system() {
    return protocol(4).global("os", "system");
  }

  static List<Gadget> running() {
    return List.of(
        of(
            "partial(os.system, x)",
            protocol(2)
                .global("functools", "partial")
                .global("os", "system")
                .text("x")
                .tuple2()
                .reduce()),
        of(
            "partial whose state replaces the function",
            protocol(2)
                .global("functools", "partial")
                .global("builtins", "int")
                .tuple1()
                .reduce()
                .mark()
                .global("os", "system")
                .text("x")
                .tuple1()
                .emptyDict()
                .none()
                .tuple()
                .build()),
        of(
            "partial of a partial, called",
            protocol(2)
                .global("functools", "partial")
                .global("functools", "partial")
                .global("os", "system")
                .tuple1()
                .reduce()
                .tuple1()
                .reduce()
                .emptyTuple()
                .reduce()),
        of(
            "defaultdict(os.system)",
            protocol(2)
                .global("collections", "defaultdict")
                .global("os", "system")
                .tuple1()
                .reduce()),
        of(
            "map(os.system, [x])",
            protocol(2)
                .global("builtins", "map")
                .global("os", "system")
                .text("x")
                .tuple2()
                .reduce()),
        of(
            "deque(map(eval, [x]))",
            protocol(2)
                .global("collections", "deque")
                .global("builtins", "map")
                .global("builtins", "eval")
                .emptyList()
                .text("1+1")
                .append()
                .tuple2()
                .reduce()
                .tuple1()
                .reduce()),
        of(
            "an estimator keeps eval",
            protocol(2)
                .global("sklearn.preprocessing._function_transformer", "FunctionTransformer")
                .emptyTuple()
                .newObj()
                .emptyDict()
                .text("func")
                .global("builtins", "eval")
                .setItem()
                .build()),
        of(
            "a module's forward is os.system",
            protocol(2)
                .global("torch.nn.modules.linear", "Linear")
                .emptyTuple()
                .newObj()
                .emptyDict()
                .text("forward")
                .global("os", "system")
                .setItem()
                .build()),
        of(
            "a state that gets its payload after it was given",
            protocol(2)
                .global("collections", "OrderedDict")
                .emptyTuple()
                .reduce()
                .emptyDict()
                .put(1)
                .build()
                .get(1)
                .text("x")
                .global("os", "system")
                .setItem()),
        of(
            "__setstate__ shadowed, then built again",
            protocol(2)
                .global("argparse", "Namespace")
                .emptyTuple()
                .newObj()
                .emptyDict()
                .text("__setstate__")
                .global("os", "system")
                .setItem()
                .build()
                .text("echo hi")
                .build()),
        of(
            "append shadowed",
            protocol(2)
                .global("argparse", "Namespace")
                .emptyTuple()
                .newObj()
                .emptyDict()
                .text("append")
                .global("os", "system")
                .setItem()
                .build()
                .text("echo hi")
                .append()),
        of(
            "add shadowed",
            protocol(4)
                .global("argparse", "Namespace")
                .emptyTuple()
                .newObj()
                .emptyDict()
                .text("add")
                .global("os", "system")
                .setItem()
                .build()
                .mark()
                .text("echo hi")
                .addItems()),
        of(
            "numpy's builtins changed by BUILD",
            protocol(2)
                .global("numpy", "__builtins__")
                .emptyDict()
                .text("x")
                .global("os", "system")
                .setItem()
                .build()),
        of(
            "an item of sys.modules",
            protocol(2).global("sys", "modules").text("os").none().setItem()),
        of(
            "an item of os.environ",
            protocol(2).global("os", "environ").text("LD_PRELOAD").text("x.so").setItem()),
        of("sys.path appended", protocol(2).global("sys", "path").text("/tmp").append()),
        of(
            "a class's attribute by BUILD",
            protocol(2)
                .global("collections", "OrderedDict")
                .none()
                .emptyDict()
                .text("x")
                .integer(1)
                .setItem()
                .tuple2()
                .build()),
        of(
            "getattr of an imported module",
            protocol(2)
                .global("builtins", "getattr")
                .global("importlib", "import_module")
                .text("os")
                .tuple1()
                .reduce()
                .text("system")
                .tuple2()
                .reduce()
                .text("echo hi")
                .tuple1()
                .reduce()),
        of(
            "dill's import, then getattr",
            protocol(2)
                .global("builtins", "getattr")
                .global("dill._dill", "_import_module")
                .text("os")
                .tuple1()
                .reduce()
                .text("system")
                .tuple2()
                .reduce()
                .text("echo hi")
                .tuple1()
                .reduce()),
        of(
            "dill imports the function itself",
            protocol(2)
                .global("dill._dill", "_import_module")
                .text("os.system")
                .tuple1()
                .reduce()
                .text("echo hi")
                .tuple1()
                .reduce()),
        of(
            "getattr reaches __subclasses__",
            protocol(2)
                .global("builtins", "getattr")
                .global("builtins", "object")
                .text("__subclasses__")
                .tuple2()
                .reduce()
                .emptyTuple()
                .reduce()),
        of(
            "getattr reaches __globals__",
            protocol(2)
                .global("builtins", "getattr")
                .global("collections", "namedtuple")
                .text("__globals__")
                .tuple2()
                .reduce()),
        of(
            "getattr of text: str.format",
            protocol(2)
                .global("builtins", "getattr")
                .text("{0.__class__}")
                .text("format")
                .tuple2()
                .reduce()
                .none()
                .tuple1()
                .reduce()),
        of(
            "getattr with a computed name",
            protocol(2)
                .global("builtins", "getattr")
                .global("collections", "OrderedDict")
                .global("builtins", "str")
                .text("__init__")
                .tuple1()
                .reduce()
                .tuple2()
                .reduce()),
        of(
            "numpy looks a function up",
            protocol(2)
                .global("numpy.core", "_ufunc_reconstruct")
                .text("os")
                .text("system")
                .tuple2()
                .reduce()
                .text("echo hi")
                .tuple1()
                .reduce()),
        of(
            "torch calls its first argument",
            protocol(2)
                .global("torch._tensor", "_rebuild_from_type_v2")
                .mark()
                .global("os", "system")
                .global("torch", "Tensor")
                .text("echo hi")
                .tuple1()
                .emptyDict()
                .tuple()
                .reduce()),
        of(
            "torch calls torch that calls",
            protocol(2)
                .global("torch._tensor", "_rebuild_from_type_v2")
                .mark()
                .global("torch._tensor", "_rebuild_from_type_v2")
                .global("torch", "Tensor")
                .mark()
                .global("os", "system")
                .global("torch", "Tensor")
                .text("echo hi")
                .tuple1()
                .emptyDict()
                .tuple()
                .emptyDict()
                .tuple()
                .reduce()),
        of(
            "attrgetter called",
            protocol(2)
                .global("operator", "attrgetter")
                .text("system")
                .tuple1()
                .reduce()
                .global("os", "path")
                .tuple1()
                .reduce()),
        of(
            "methodcaller called",
            protocol(2)
                .global("operator", "methodcaller")
                .text("system")
                .text("x")
                .tuple2()
                .reduce()
                .none()
                .tuple1()
                .reduce()),
        of(
            "a name put together",
            protocol(4)
                .text("os")
                .global("builtins", "str")
                .text("system")
                .tuple1()
                .reduce()
                .raw(0x93)
                .text("x")
                .tuple1()
                .reduce()),
        of(
            "a function made from code, called",
            protocol(2)
                .global("types", "FunctionType")
                .global("types", "CodeType")
                .mark()
                .integer(0)
                .tuple()
                .reduce()
                .emptyDict()
                .tuple2()
                .reduce()
                .emptyTuple()
                .reduce()),
        of("marshal.loads", protocol(2).global("marshal", "loads").bytes("x").tuple1().reduce()),
        of("pickle.loads", protocol(3).global("pickle", "loads").bytes(PAYLOAD).tuple1().reduce()),
        of(
            "_pickle.loads within _pickle.loads",
            protocol(3)
                .global("_pickle", "loads")
                .bytes(
                    protocol(3).global("_pickle", "loads").bytes(PAYLOAD).tuple1().reduce().stop())
                .tuple1()
                .reduce()),
        of(
            "pickle.loads of encoded text",
            protocol(2)
                .global("pickle", "loads")
                .global("_codecs", "encode")
                .text(new String(PAYLOAD, StandardCharsets.ISO_8859_1))
                .text("latin1")
                .tuple2()
                .reduce()
                .tuple1()
                .reduce()),
        of(
            "cPickle.loads",
            bare()
                .global("cPickle", "loads")
                .text("cos\nsystem\n(S'echo hi'\ntR.")
                .tuple1()
                .reduce()),
        of(
            "pickle.loads of bytes that are computed",
            protocol(3)
                .global("pickle", "loads")
                .global("zlib", "decompress")
                .bytes("x")
                .tuple1()
                .reduce()
                .tuple1()
                .reduce()),
        of(
            "the result of pickle.loads called",
            protocol(3)
                .global("pickle", "loads")
                .bytes(protocol(2).global("os", "system").stop())
                .tuple1()
                .reduce()
                .text("x")
                .tuple1()
                .reduce()),
        of(
            "copyreg.__newobj__ of Popen",
            protocol(2)
                .global("copyreg", "__newobj__")
                .global("subprocess", "Popen")
                .text("x")
                .tuple2()
                .reduce()),
        of(
            "_reconstructor with a function",
            protocol(2)
                .global("copyreg", "_reconstructor")
                .global("os", "system")
                .global("builtins", "object")
                .none()
                .tuple3()
                .reduce()),
        of(
            "NEWOBJ_EX with keywords",
            protocol(4)
                .global("collections", "OrderedDict")
                .emptyTuple()
                .emptyDict()
                .text("x")
                .global("os", "system")
                .setItem()
                .newObjEx()),
        of(
            "REDUCE with a list of arguments",
            system().emptyList().text("echo hi").append().reduce()),
        of(
            "arguments by copies of the callee",
            system().dup().pop().text("echo hi").tuple1().reduce()),
        of("callee from the memo", system().put(7).pop().get(7).text("echo hi").tuple1().reduce()),
        of(
            "callee by a memo key with blanks and sign",
            system().ascii("p+1_0\n").pop().ascii("g 10 \n").text("echo hi").tuple1().reduce()),
        of(
            "callee memoized by number of entries",
            protocol(4)
                .none()
                .put(5)
                .memoize()
                .pop()
                .global("os", "system")
                .memoize()
                .pop()
                .get(2)
                .text("x")
                .tuple1()
                .reduce()),
        of(
            "a huge memo key",
            system()
                .raw('r')
                .int4(0x7fffffff)
                .pop()
                .raw('j')
                .int4(0x7fffffff)
                .text("x")
                .tuple1()
                .reduce()),
        of("argument as octal INT", system().ascii("I010\n").tuple1().reduce()),
        of(
            "frames that lie",
            protocol(4).frame(3).global("os", "system").frame(1).text("echo hi").tuple1().reduce()),
        of(
            "weakref.finalize",
            protocol(2)
                .global("weakref", "finalize")
                .global("collections", "OrderedDict")
                .emptyTuple()
                .reduce()
                .global("os", "system")
                .text("x")
                .tuple3()
                .reduce()),
        of(
            "Counter of a harmful iterator",
            protocol(2)
                .global("collections", "Counter")
                .global("itertools", "starmap")
                .global("os", "system")
                .emptyList()
                .tuple2()
                .reduce()
                .tuple1()
                .reduce()),
        of(
            "functools.reduce",
            protocol(2)
                .global("functools", "reduce")
                .global("os", "system")
                .emptyList()
                .tuple2()
                .reduce()),
        of(
            "an unlisted function as factory",
            protocol(2)
                .global("collections", "defaultdict")
                .global("torch", "hub.load")
                .tuple1()
                .reduce()),
        of(
            "type with three arguments",
            protocol(2)
                .global("builtins", "type")
                .text("X")
                .emptyTuple()
                .emptyDict()
                .tuple3()
                .reduce()),
        of(
            "iter with a callable",
            protocol(2)
                .global("builtins", "iter")
                .global("builtins", "input")
                .none()
                .tuple2()
                .reduce()),
        of(
            "Python 2: apply",
            bare()
                .global("__builtin__", "apply")
                .global("os", "system")
                .text("x")
                .tuple1()
                .tuple2()
                .reduce()),
        of("Python 2: old instance", bare().mark().text("1+1").inst("__builtin__", "eval")));
  }

  @ParameterizedTest
  @MethodSource("running")
  void runsCode(Gadget gadget) {
    Judged judged = Judged.of(gadget.pickle());
    assertEquals(Verdict.RUNS_CODE, judged.machine().verdict(), judged::toString);
    assertTrue(judged.run().broken().isEmpty(), judged::toString);
    assertTrue(
        judged.machine().effects().stream()
            .anyMatch(effect -> effect.verdict() == Verdict.RUNS_CODE),
        "an effect says so");
  }
}
