package io.loadlock.artifact.pickle;

import static io.loadlock.testkit.PickleAssembler.bare;
import static io.loadlock.testkit.PickleAssembler.protocol;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Verdict;
import io.loadlock.testkit.PickleAssembler;
import org.junit.jupiter.api.Test;

/// Judgements that take more than one word to state: what runs before a break, code that the file
/// holds, bytes for other loaders.
class JudgementTest {
  private static final byte[] PAYLOAD = protocol(2).call("os", "system", "echo hi").stop();

  private static PickleAssembler ownClass(String method) {
    return protocol(2)
        .global("dill._dill", "_create_type")
        .mark()
        .global("builtins", "type")
        .text("Own")
        .emptyTuple()
        .emptyDict()
        .text(method)
        .none()
        .setItem()
        .tuple()
        .reduce()
        .put(1)
        .emptyTuple()
        .newObj();
  }

  @Test
  void aFunctionThatCloudpickleRebuildsRunsCodeOnceItIsCalled() {
    PickleAssembler made =
        protocol(2)
            .global("cloudpickle.cloudpickle", "_make_function")
            .global("cloudpickle.cloudpickle", "_builtin_type")
            .text("CodeType")
            .tuple1()
            .reduce()
            .mark()
            .integer(0)
            .tuple()
            .reduce()
            .emptyDict()
            .tuple2()
            .reduce();
    assertEquals(Verdict.UNKNOWN_CODE, Judged.of(made.stop()).machine().verdict());
    PickleAssembler called =
        bare().raw(java.util.Arrays.copyOf(made.unfinished(), made.unfinished().length - 1));
    assertEquals(
        Verdict.RUNS_CODE, Judged.of(called.emptyTuple().reduce().stop()).machine().verdict());
  }

  private static PickleAssembler patternSearch() {
    return protocol(2)
        .global("spacy.tokenizer", "Tokenizer")
        .global("builtins", "getattr")
        .global("re", "_compile")
        .text("a+")
        .integer(32)
        .tuple2()
        .reduce()
        .text("search")
        .tuple2()
        .reduce();
  }

  @Test
  void aMethodOfWhatAVettedFunctionReturnedMayBeKeptButNotCalled() {
    byte[] kept = patternSearch().tuple1().reduce().stop();
    assertEquals(Verdict.NEEDS_TYPES, Judged.of(kept).machine().verdict());
    byte[] called = patternSearch().text("aa").tuple1().reduce().tuple1().reduce().stop();
    assertEquals(Verdict.RUNS_CODE, Judged.of(called).machine().verdict());
  }

  private static PickleAssembler partialOfClass() {
    return protocol(2)
        .global("functools", "partial")
        .global("torch.nn.modules.normalization", "LayerNorm")
        .tuple1()
        .reduce();
  }

  @Test
  void aPartialOfAKnownClassMayBeKeptWhatItsInitDoesCountsWhenItIsCalled() {
    byte[] kept = partialOfClass().stop();
    assertEquals(Verdict.NEEDS_TYPES, Judged.of(kept).machine().verdict());
    byte[] called = partialOfClass().integer(4).tuple1().reduce().stop();
    assertTrue(Judged.of(called).machine().verdict().compareTo(Verdict.NEEDS_TYPES) > 0);
  }

  /// `functools.partial(f)`, a state that replaces its arguments, and a call.
  private static Verdict partial(String module, String name, String positional, String keyword) {
    PickleAssembler made =
        protocol(2)
            .global("functools", "partial")
            .global(module, name)
            .tuple1()
            .reduce()
            .mark()
            .global(module, name);
    made = positional.isEmpty() ? made.emptyTuple() : made.text(positional).tuple1();
    made = made.emptyDict().put(1);
    made = keyword.isEmpty() ? made : made.text("key").global(keyword, "loads").setItem();
    made = made.none().tuple().build().text("x").tuple1().reduce();
    return Judged.of(made.stop()).machine().verdict();
  }

  @Test
  void theCallOfAPartialIsTheCallOfItsFunctionWithAllArguments() {
    String blocks = "pandas.core.internals.blocks";
    assertEquals(Verdict.NEEDS_TYPES, partial(blocks, "new_block", "x", ""));
    assertEquals(Verdict.RUNS_CODE, partial(blocks, "new_block", "x", "pickle"));
    assertEquals(Verdict.RUNS_CODE, partial("numpy.core.multiarray", "_reconstruct", "x", ""));
    assertEquals(Verdict.RUNS_CODE, partial("torch.nn.functional", "relu", "", ""));
    assertEquals(Verdict.UNKNOWN_CODE, partial("stranger", "call", "", ""));
  }

  @Test
  void whatAPartialKeepsIsLookedAtWhenItIsCalled() {
    byte[] later =
        protocol(2)
            .global("functools", "partial")
            .global("pandas.core.internals.blocks", "new_block")
            .tuple1()
            .reduce()
            .put(1)
            .mark()
            .global("pandas.core.internals.blocks", "new_block")
            .emptyTuple()
            .emptyDict()
            .put(2)
            .none()
            .tuple()
            .build()
            .pop()
            .get(2)
            .text("key")
            .global("os", "system")
            .setItem()
            .pop()
            .get(1)
            .emptyTuple()
            .reduce()
            .stop();
    assertEquals(Verdict.RUNS_CODE, Judged.of(later).machine().verdict());
  }

  @Test
  void setattrChangesOnlyWhatTheFileMade() {
    PickleAssembler foreign =
        protocol(2)
            .global("builtins", "setattr")
            .global("collections", "OrderedDict")
            .text("pop")
            .none()
            .tuple3()
            .reduce();
    assertEquals(Verdict.RUNS_CODE, Judged.of(foreign.stop()).machine().verdict());
  }

  @Test
  void aClassInTheFileRunsCodeOnlyIfTheLoadReachesAMethod() {
    assertEquals(Verdict.UNKNOWN_CODE, Judged.of(ownClass("forward").stop()).machine().verdict());
    assertEquals(Verdict.RUNS_CODE, Judged.of(ownClass("__setstate__").stop()).machine().verdict());
    assertEquals(
        Verdict.RUNS_CODE,
        Judged.of(ownClass("forward").get(1).emptyTuple().reduce().stop()).machine().verdict());
  }

  @Test
  void aModuleThatTorchNamesByPersistentIdIsItsClass() {
    PickleAssembler net =
        protocol(2)
            .mark()
            .text("module")
            .global("torch.nn.modules.linear", "Linear")
            .text("linear.py")
            .text("class Linear(Module): ...")
            .tuple()
            .binPersid()
            .emptyTuple()
            .newObj()
            .emptyDict()
            .build();
    assertEquals(Verdict.NEEDS_TYPES, Judged.of(net.stop()).machine().verdict());
    PickleAssembler call =
        protocol(2)
            .mark()
            .text("module")
            .global("os", "system")
            .none()
            .none()
            .tuple()
            .binPersid()
            .text("echo hi")
            .tuple1()
            .reduce();
    assertEquals(Verdict.RUNS_CODE, Judged.of(call.stop()).machine().verdict());
  }

  @Test
  void whatRanBeforeABreakCounts() {
    Judged judged = Judged.of(protocol(2).call("os", "system", "echo hi").raw(0xff).unfinished());
    assertEquals(Verdict.RUNS_CODE, judged.machine().verdict());
    assertTrue(judged.run().broken().orElseThrow().reason().contains("invalid load key"));
  }

  @Test
  void theCallIsWrittenAsPython() {
    Judged judged = Judged.of(PAYLOAD);
    assertEquals("os.system('echo hi')", judged.machine().effects().get(0).text());
    assertEquals(PAYLOAD.length - 2, judged.machine().effects().get(0).offset());
  }

  @Test
  void bytesForTorchAreHandedBack() {
    Judged judged =
        Judged.of(
            protocol(3)
                .global("torch.storage", "_load_from_bytes")
                .bytes(PAYLOAD)
                .tuple1()
                .reduce()
                .stop());
    assertEquals(1, judged.machine().nested().size());
    assertEquals(PAYLOAD.length, judged.machine().nested().get(0).content().size());
    assertTrue(judged.machine().nested().get(0).loaded());
  }
}
