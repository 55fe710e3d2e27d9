package io.loadlock.artifact.weightsonly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Limits;
import io.loadlock.artifact.TorchVersion;
import io.loadlock.artifact.WeightsOnly;
import io.loadlock.artifact.policy.Policy;
import io.loadlock.core.ByteSource;
import io.loadlock.testkit.Corruptions;
import io.loadlock.testkit.PickleAssembler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Our answer against the real one, on files that six releases wrote and answered for (`./dev
/// oracle weights-only`).
@SuppressWarnings({"ArrayRecordComponent", "StringSplitter"}) // rows of a test
class RestrictedLoadTest {
  private static final Policy POLICY = Policy.bundled();

  private record Case(
      String name, String kind, byte[] pickle, SortedMap<TorchVersion, String> said) {}

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    try (InputStream in = RestrictedLoadTest.class.getResourceAsStream("cases.tsv")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith("#")) {
          continue;
        }
        String[] columns = line.split("\t");
        SortedMap<TorchVersion, String> said = new TreeMap<>();
        for (int i = 3; i + 1 < columns.length; i += 2) {
          if (!columns[i + 1].equals("elsewhere")) {
            said.put(TorchVersion.parse(columns[i]), columns[i + 1]);
          }
        }
        cases.add(new Case(columns[0], columns[1], Base64.getDecoder().decode(columns[2]), said));
      }
    }
    return cases;
  }

  private static SortedMap<TorchVersion, WeightsOnly> answers(Case one) throws IOException {
    ByteSource source = ByteSource.of(one.pickle());
    return one.kind().equals("zip")
        ? RestrictedLoad.zip(source, POLICY, Limits.DEFAULT)
        : RestrictedLoad.raw(source, POLICY, Limits.DEFAULT);
  }

  /// Names in alphabetical order: torch asks in the order of the file, we as well, but a set has
  /// none.
  private static String said(String answer) {
    String[] words = answer.split(" ");
    TreeSet<String> names = new TreeSet<>(List.of(words).subList(1, words.length));
    return names.isEmpty() ? words[0] : words[0] + " " + String.join(" ", names);
  }

  private static String word(WeightsOnly answer) {
    return switch (answer) {
      case WeightsOnly.Accept _ -> "accept";
      case WeightsOnly.AcceptAfter(var allow, _) -> said("after " + String.join(" ", allow));
      case WeightsOnly.Refused(_, var globals) ->
          globals.isEmpty() ? "refused" : said("refused " + String.join(" ", globals));
      case WeightsOnly.Unknown _ -> "unknown";
    };
  }

  @Test
  void saysWhatTorchSays() throws IOException {
    int compared = 0;
    int equal = 0;
    StringBuilder differences = new StringBuilder();
    for (Case one : cases()) {
      SortedMap<TorchVersion, WeightsOnly> ours = answers(one);
      for (var said : one.said().entrySet()) {
        compared++;
        String our = word(WeightsOnly.of(ours, said.getKey()));
        if (our.equals(said(said.getValue()))) {
          equal++;
        } else {
          differences
              .append(one.name())
              .append(' ')
              .append(said.getKey())
              .append("\n  torch ")
              .append(said(said.getValue()))
              .append("\n  ours  ")
              .append(our)
              .append(' ')
              .append(ours.get(said.getKey()))
              .append('\n');
        }
      }
    }
    assertEquals(compared, equal, differences.substring(0, Math.min(4000, differences.length())));
    assertTrue(compared > 3000, "as many as were committed");
  }

  @Test
  void releasesThatStepTogetherSayWhatEachSaysAlone() throws IOException {
    long seed = 0;
    for (Case one : cases()) {
      int count = one.kind().equals("zip") ? 1 : 5;
      seed++;
      for (Corruptions.Damaged damaged : Corruptions.seeded(one.pickle(), seed, 4).toList()) {
        ByteSource source = ByteSource.of(damaged.bytes());
        SortedMap<TorchVersion, WeightsOnly> together =
            RestrictedLoad.pickles(source, count, Release.ALL, POLICY, Limits.DEFAULT);
        SortedMap<TorchVersion, WeightsOnly> alone = new TreeMap<>();
        for (Release release : Release.ALL) {
          alone.putAll(
              RestrictedLoad.pickles(source, count, List.of(release), POLICY, Limits.DEFAULT));
        }
        assertEquals(alone, together, () -> one.name() + ", " + damaged);
      }
    }
  }

  private static WeightsOnly of(PickleAssembler pickle, int major, int minor) throws IOException {
    return WeightsOnly.of(
        RestrictedLoad.zip(ByteSource.of(pickle.stop()), POLICY, Limits.DEFAULT),
        new TorchVersion(major, minor));
  }

  @Test
  void aBlockedModuleIsRefusedWhateverIsAllowed() throws IOException {
    var refused =
        assertInstanceOf(
            WeightsOnly.Refused.class,
            of(PickleAssembler.protocol(2).call("posix", "system", "echo hi"), 2, 15));
    assertEquals(
        "Trying to load unsupported GLOBAL posix.system whose module posix is blocked.",
        refused.why());
  }

  @Test
  void allowingIsVettedOnlyIfThePolicyVetsEachName() throws IOException {
    var namespace =
        PickleAssembler.protocol(2).global("argparse", "Namespace").emptyTuple().newObj();
    assertEquals(
        new WeightsOnly.AcceptAfter(List.of("argparse.Namespace"), true), of(namespace, 2, 6));
    var user = PickleAssembler.protocol(2).global("__main__", "Net").emptyTuple().newObj();
    assertEquals(new WeightsOnly.AcceptAfter(List.of("__main__.Net"), false), of(user, 2, 6));
  }

  @Test
  void anUnsupportedOpcodeIsNamedByItsNumber() throws IOException {
    assertEquals(
        new WeightsOnly.Refused("Unsupported operand 149", List.of()),
        of(PickleAssembler.protocol(4).frame(1).none(), 2, 15));
  }

  @Test
  void betweenTwoReleasesOnlyACommonAnswerCounts() throws IOException {
    var answers =
        RestrictedLoad.zip(
            ByteSource.of(PickleAssembler.protocol(2).emptyDict().stop()), POLICY, Limits.DEFAULT);
    assertEquals(
        new WeightsOnly.Accept(), WeightsOnly.of(answers, TorchVersion.parse("2.8.0+cu126")));
    assertInstanceOf(
        WeightsOnly.Unknown.class, WeightsOnly.of(answers, TorchVersion.parse("2.16")));
    var sets =
        RestrictedLoad.zip(
            ByteSource.of(PickleAssembler.protocol(2).call("__builtin__", "set").stop()),
            POLICY,
            Limits.DEFAULT);
    assertInstanceOf(WeightsOnly.Unknown.class, WeightsOnly.of(sets, TorchVersion.parse("2.3")));
  }
}
