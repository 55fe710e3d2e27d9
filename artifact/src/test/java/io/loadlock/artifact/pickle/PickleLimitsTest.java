package io.loadlock.artifact.pickle;

import static io.loadlock.testkit.PickleAssembler.bare;
import static io.loadlock.testkit.PickleAssembler.protocol;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Format;
import io.loadlock.artifact.Limits;
import io.loadlock.artifact.Reading;
import io.loadlock.artifact.Verdict;
import io.loadlock.artifact.torch.TensorWalk;
import io.loadlock.artifact.weightsonly.RestrictedLoad;
import io.loadlock.core.ByteSource;
import io.loadlock.core.MalformedException;
import io.loadlock.core.Outcome;
import io.loadlock.testkit.PickleAssembler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Hostile streams end in an answer, within counted work; and ordinary bytes are no pickles.
class PickleLimitsTest {
  private static final PickleFormat FORMAT = new PickleFormat(Judged.POLICY);

  /// Every walk over the values of a pickle.
  private static void walk(byte[] pickle) throws IOException {
    Judged judged = Judged.of(pickle);
    judged.run().result().ifPresent(TensorWalk::of);
    judged.run().result().ifPresent(Decompiler::render);
    RestrictedLoad.zip(ByteSource.of(pickle), Judged.POLICY, Limits.DEFAULT);
    Disassembler.all(ByteSource.of(pickle), List.of(), 1_000);
  }

  @Test
  void aMillionTuplesWithinEachOther() throws IOException {
    PickleAssembler nested = protocol(2).emptyTuple();
    for (int i = 0; i < 1_000_000; i++) {
      nested.tuple1();
    }
    walk(nested.stop());
  }

  @Test
  void aThousandMillionListsByDoubling() throws IOException {
    PickleAssembler doubling = protocol(2).emptyList().put(0);
    for (int i = 0; i < 30; i++) {
      doubling.pop().emptyList().put(1).get(0).append().get(0).append().put(0);
    }
    walk(doubling.stop());
  }

  @Test
  void lengthsThatNoFileHas() throws IOException {
    for (int opcode : new int[] {0x8d, 0x8e, 0x96, 0x95}) {
      for (long length : new long[] {-1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40}) {
        walk(protocol(5).raw(opcode).int8(length).none().stop());
      }
    }
    for (int opcode : new int[] {'X', 'B', 'T', 0x8b}) {
      walk(protocol(2).raw(opcode).int4(-1).none().stop());
      walk(protocol(2).raw(opcode).int4(Integer.MAX_VALUE).none().stop());
    }
  }

  @Test
  void moreValuesThanAllowedEndTheRun() {
    PickleAssembler many = bare();
    for (int i = 0; i < 1_000; i++) {
      many.none();
    }
    Judged judged = Judged.of(many.stop(), new Limits(10_000, 100, 1 << 20, 10, 4, 1 << 20));
    assertTrue(judged.run().exhausted());
    assertEquals("more values than allowed", judged.run().broken().orElseThrow().reason());
  }

  @Test
  void picklesWithinPicklesEndAtTheDepth() {
    byte[] inner = protocol(2).none().stop();
    for (int i = 0; i < 20; i++) {
      inner = protocol(3).global("pickle", "loads").bytes(inner).tuple1().reduce().stop();
    }
    Judged judged = Judged.of(inner);
    assertEquals(Verdict.UNKNOWN_CODE, judged.machine().verdict());
  }

  @Test
  void everyCutOfAPayloadEndsInAnAnswer() throws IOException {
    byte[] pickle =
        protocol(4)
            .frame(60)
            .call("os", "system", "echo hi")
            .stackGlobal("a", "b")
            .emptyDict()
            .build()
            .stop();
    for (int length = 0; length < pickle.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(pickle, length);
      walk(cut);
      FORMAT.claims(ByteSource.of(cut), "");
      assertTrue(Judged.of(cut).run().broken().isPresent());
    }
  }

  @Test
  void severalPicklesAndWhatStandsBehind() throws IOException, MalformedException {
    byte[] one = protocol(2).none().stop();
    byte[] two = protocol(2).call("os", "system", "echo hi").stop();
    byte[] all = bare().raw(one).raw(two).ascii("rest").unfinished();
    Reading reading = FORMAT.read(ByteSource.of(all), "a.pkl", Limits.DEFAULT);
    assertEquals(Verdict.RUNS_CODE, reading.verdict());
    assertEquals("2", reading.details().get("pickles"));
    assertEquals(Outcome.COMPLETE, reading.outcome());
    assertEquals("pickle-trailing-bytes", reading.notices().get(0).kind());
  }

  @Test
  void aBrokenPickleIsPartial() throws IOException, MalformedException {
    byte[] broken = protocol(2).call("os", "system", "echo hi").raw(0xff).unfinished();
    Reading reading = FORMAT.read(ByteSource.of(broken), "a.pkl", Limits.DEFAULT);
    assertEquals("partial", reading.outcome().word());
    assertEquals(Verdict.RUNS_CODE, reading.verdict());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello world\n",
        "N. America and the rest of it\n",
        "(c) Copyright 2024 Somebody\nAll rights reserved\n",
        "import os\nos.system('echo')\n",
        "]}\n",
        "{\"a\": 1}",
        "# Title\n\nText.\n",
        "I am a text.\n",
        "class A:\n    pass\n",
        "PK",
        "a,b\n1,2\n",
      })
  void textIsNoPickle(String text) throws IOException {
    assertEquals(
        Format.Claim.NO,
        FORMAT.claims(ByteSource.of(text.getBytes(StandardCharsets.UTF_8)), "a.txt"));
  }

  @Test
  void picklesOfEveryProtocolAreRecognised() throws IOException {
    assertEquals(Format.Claim.CERTAIN, FORMAT.claims(ByteSource.of(protocol(2).none().stop()), ""));
    assertEquals(
        Format.Claim.CERTAIN, FORMAT.claims(ByteSource.of(protocol(4).frame(2).none().stop()), ""));
    byte[] text = "(dp0\nS'a'\np1\nI1\ns.".getBytes(StandardCharsets.UTF_8);
    assertEquals(Format.Claim.POSSIBLE, FORMAT.claims(ByteSource.of(text), ""));
    byte[] payload = "cos\nsystem\n(S'echo hi'\ntR.and more".getBytes(StandardCharsets.UTF_8);
    assertEquals(Format.Claim.POSSIBLE, FORMAT.claims(ByteSource.of(payload), ""));
  }
}
