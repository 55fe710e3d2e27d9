package io.loadlock.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.artifact.Verdict;
import io.loadlock.core.Evidence;
import io.loadlock.core.Finding;
import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.engine.config.Configuration;
import io.loadlock.engine.link.Link;
import io.loadlock.engine.link.Linked;
import io.loadlock.engine.link.Links;
import io.loadlock.engine.project.Projects;
import io.loadlock.python.origin.Origin;
import io.loadlock.python.parse.ParsedSource.Comment;
import io.loadlock.python.project.SourceTree;
import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.Guard;
import io.loadlock.python.site.LoadSite.Safety;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.site.Provenance;
import io.loadlock.python.site.Restriction;
import io.loadlock.python.site.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private static final Safety SAFE = new Safety.Safe();
  private static final Safety UNSAFE = new Safety.Unsafe("False");
  private static final PathValue TEXT = new PathValue.Text("m.pt");

  @TempDir private Path folder;

  @Test
  void aBareSinkIsCritical() {
    assertEquals("critical VNX-PY-013", verdict(Sites.of("pickle.load")));
    assertEquals("critical VNX-PY-013", verdict(Sites.of("joblib.load")));
    assertEquals("high VNX-PY-013", verdict(Sites.of("marshal.load")));
    assertEquals("low VNX-PY-013/restricted-format", verdict(Sites.of("torch.jit.load")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "none|critical VNX-PY-013",
        "torch|critical VNX-PY-013",
        "torch>=2.6|medium VNX-PY-013/default-safe",
        "torch==2.7.1|medium VNX-PY-013/default-safe",
        "torch>=2.10|low VNX-PY-013/default-safe-current",
        "torch==2.5.1|critical VNX-PY-013",
        "torch>=2.0,<3|critical VNX-PY-013",
        "torch<2.6|critical VNX-PY-013"
      })
  void whatABareTorchLoadIsDependsOnWhatIsProven(String pin, String verdict) throws IOException {
    pin(pin);
    assertEquals(verdict, verdict(Sites.of("torch.load")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "none|none",
        "numpy>=1.20|none",
        "numpy==1.15.4|critical VNX-PY-013",
        "numpy<1.16.3|critical VNX-PY-013",
        "numpy>=1.14|none"
      })
  void aBareNumpyLoadIsReportedOnlyWhereAnOldNumpyIsProven(String pin, String verdict)
      throws IOException {
    pin(pin);
    assertEquals(Optional.ofNullable(verdict).orElse(""), verdict(Sites.of("numpy.load")));
  }

  @Test
  void theArgumentDecidesBeforeTheVersion() throws IOException {
    pin("torch==2.7.1");
    assertEquals("", torchVerdict(SAFE));
    assertEquals("critical VNX-PY-013", torchVerdict(UNSAFE));
    assertEquals("critical VNX-PY-013", torchVerdict(new Safety.Unknown("a parameter")));
  }

  private String torchVerdict(Safety safety) {
    return verdict(Sites.of("torch.load").with(safety)).replaceFirst(".*LOADLOCK-PIN.*", "");
  }

  @Test
  void aPickleModuleVoidsTheDefaultAndNoneDoesNot() throws IOException {
    pin("torch==2.10.0");
    Sites load = Sites.of("torch.load");
    assertEquals(
        "critical VNX-PY-013", verdict(load.given("pickle_module", new PathValue.Unknown("dill"))));
    assertEquals(
        "low VNX-PY-013/default-safe-current",
        verdict(load.given("pickle_module", new PathValue.Literal("None"))));
  }

  @ParameterizedTest
  @CsvSource({"torch==2.5.1,high LOADLOCK-PIN-001", "torch==2.9.0,medium LOADLOCK-PIN-002"})
  void callsThatRelyOnAHoleAreOneFindingOnThePin(String pin, String verdict) throws IOException {
    pin(pin);
    Sites safe = Sites.of("torch.load").with(SAFE);
    List<Finding> findings = judge(Links.NONE, Sites.facts(List.of(), safe, safe.at(9)));
    assertEquals(1, findings.size());
    Finding finding = findings.getFirst();
    assertEquals(verdict, text(finding));
    assertEquals("requirements.txt", finding.location().path());
    assertEquals(2, finding.evidence().size());
    assertTrue(finding.message().contains("2 calls rely on weights_only=True"), finding.message());
  }

  @ParameterizedTest
  @CsvSource({"torch==2.10.0", "torch>=2.0", "torch"})
  void aRangeThatOnlyAdmitsOldVersionsIsNoFindingOnThePin(String pin) throws IOException {
    pin(pin);
    assertEquals("", verdict(Sites.of("torch.load").with(SAFE)));
  }

  @Test
  void aGuardLowersTheLoadAndWhatLooksLikeOneDoesNot() {
    Sites load = Sites.of("pickle.loads");
    var where = Sites.place("a.py", 2);
    assertEquals(
        "medium VNX-PY-013/guarded",
        verdict(
            load.with(new Guard.Digest(where, "its sha256 is compared with a constant before"))));
    assertEquals("low VNX-PY-013/own-file", verdict(load.with(new Guard.OwnFile(where))));
    assertEquals(
        "critical VNX-PY-013", verdict(load.with(new Guard.Ineffective(where, "it only logs"))));
  }

  @Test
  void aProofNeverRaisesALowRow() {
    var guard =
        new Guard.Digest(Sites.place("a.py", 2), "its sha256 is compared with a constant before");
    assertEquals(
        "low VNX-PY-013/restricted-format", verdict(Sites.of("torch.jit.load").with(guard)));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "PLAIN_DATA,false,medium VNX-PY-013/reviewed-file",
    "NEEDS_TYPES,false,medium VNX-PY-013/reviewed-file",
    "PLAIN_DATA,true,low VNX-PY-013/locked-reviewed",
    "UNKNOWN_CODE,true,medium VNX-PY-013/locked",
    "UNKNOWN_CODE,false,critical VNX-PY-013",
    "RUNS_CODE,true,critical VNX-PY-013"
  })
  void theFileThatIsLoadedDecides(Verdict verdict, boolean locked, String expected) {
    assertEquals(expected, linkedVerdict(file(verdict, true, locked)));
  }

  @Test
  void aFileThatWasNotReadToItsEndProvesNothing() {
    assertEquals("critical VNX-PY-013", linkedVerdict(file(Verdict.PLAIN_DATA, false, false)));
  }

  @Test
  void ofSeveralFilesEachHasToBeReviewed() {
    Linked good = file(Verdict.PLAIN_DATA, true, false);
    assertEquals("medium VNX-PY-013/reviewed-file", linkedVerdict(good, good));
    assertEquals(
        "critical VNX-PY-013", linkedVerdict(good, file(Verdict.UNKNOWN_CODE, true, false)));
  }

  @Test
  void aPayloadIsCriticalWhateverElseIsProven() throws IOException {
    pin("torch==2.10.0");
    Linked payload = file(Verdict.RUNS_CODE, true, true);
    Sites guarded =
        Sites.of("torch.load")
            .with(
                new Guard.Digest(
                    Sites.place("a.py", 1), "its sha256 is compared with a constant before"));
    List<Finding> findings =
        judge(_ -> new Link.Files(List.of(payload), true), Sites.facts(List.of(), guarded));
    assertEquals("critical VNX-PY-013", text(findings.getFirst()));
    assertEquals("m.pt", findings.getFirst().properties().get("payload"));
    assertTrue(
        findings.getFirst().evidence().stream()
            .anyMatch(step -> step.location().path().equals("m.pt")));
  }

  @Test
  void aSafeCallOfAPayloadStaysSilentBecauseTheFileIsReported() {
    Link link = new Link.Files(List.of(file(Verdict.RUNS_CODE, true, false)), true);
    assertEquals(
        List.of(), judge(_ -> link, Sites.facts(List.of(), Sites.of("torch.load").with(SAFE))));
  }

  @Test
  void anUnpicklerThatAdmitsOnlyHarmlessNamesIsSilent() {
    assertEquals("", restricted(new Restriction.FixedSet(List.of())));
    assertEquals("", restricted(new Restriction.FixedSet(List.of("collections.OrderedDict"))));
    assertEquals(
        "critical VNX-PY-013", restricted(new Restriction.FixedSet(List.of("builtins.eval"))));
    assertEquals(
        "critical VNX-PY-013", restricted(new Restriction.FixedSet(List.of("builtins.getattr"))));
    assertEquals(
        "critical VNX-PY-013",
        restricted(new Restriction.Open("falls through to super().find_class", false)));
    assertEquals(
        "high VNX-PY-013",
        restricted(new Restriction.Open("falls through to super().find_class", true)));
    assertEquals(
        "", restricted(new Restriction.FixedSet(List.of("acme.models.Point", "__main__.Config"))));
    assertEquals("critical VNX-PY-013", restricted(new Restriction.FixedSet(List.of("acme.run"))));
  }

  private String restricted(Restriction restriction) {
    return verdict(Sites.of("pickle.Unpickler.load").with(restriction));
  }

  @Test
  void aSwitchedOffProtectionIsAFindingAndTouchesTheCallsBelowIt() throws IOException {
    pin("torch==2.10.0");
    var variable =
        new EnvironmentSetting(
            Sites.place("docker/Dockerfile", 2), "", "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "1");
    List<Finding> findings =
        new Judge(
                Configuration.NONE,
                new Projects(folder, List.of()),
                Links.NONE,
                Fixes.NONE,
                NO_SOURCES,
                List.of(variable))
            .judge(List.of(Sites.facts(List.of(), Sites.of("torch.load"))));
    assertEquals(
        List.of("critical VNX-PY-013", "high LOADLOCK-PY-002"),
        findings.stream().map(JudgeTest::text).sorted().toList());
  }

  @ParameterizedTest
  @CsvSource({"1,true", "yes,true", "true,true", "y,true", "0,false", "True,false", "on,false"})
  void onlyTheValuesThatTorchReadsAsYesCount(String value, boolean counts) {
    Setting setting =
        new Setting.Environment(
            Sites.place("a.py", 1), "TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", new PathValue.Text(value));
    assertEquals(counts ? 1 : 0, settings(setting).size());
  }

  @Test
  void aPatchThatMakesLoadsSafeIsNoFinding() {
    var where = Sites.place("a.py", 1);
    assertEquals(1, settings(new Setting.Patched(where, "torch.load", UNSAFE)).size());
    assertEquals(0, settings(new Setting.Patched(where, "torch.load", SAFE)).size());
    assertEquals(
        0, settings(new Setting.Patched(where, "torch.load", new Safety.Unknown("a stub"))).size());
  }

  @Test
  void dangerousNamesUnderWeightsOnlyAreNamed() {
    var where = Sites.place("a.py", 1);
    List<Finding> findings =
        settings(
            new Setting.Allowed(where, List.of("builtins.eval", "collections.OrderedDict"), true));
    assertEquals(1, findings.size());
    assertTrue(findings.getFirst().message().startsWith("`builtins.eval` is allowed"));
    assertEquals(0, settings(new Setting.Allowed(where, List.of("acme.Config"), true)).size());
  }

  @Test
  void importsAreReportedOnRequestOnly() {
    assertEquals(List.of(), settings(new Setting.Imported(Sites.place("a.py", 1), "pickle")));
  }

  private List<Finding> settings(Setting setting) {
    FileFacts facts =
        new FileFacts("a.py", "python", Outcome.COMPLETE, List.of(), List.of(), List.of(setting));
    return judge(Links.NONE, facts);
  }

  @Test
  void aCommentAcceptsThroughTheCodesOfTheRow() {
    Comment comment = new Comment(0, 0, 3, "# nosec B614");
    List<Finding> torch = judge(Links.NONE, Sites.facts(List.of(comment), Sites.of("torch.load")));
    assertEquals("# nosec B614", torch.getFirst().suppression().orElseThrow().comment());
    List<Finding> pickle =
        judge(Links.NONE, Sites.facts(List.of(comment), Sites.of("pickle.load")));
    assertEquals(Optional.empty(), pickle.getFirst().suppression());
  }

  @ParameterizedTest(name = "{0} ranks {1}")
  @CsvSource({
    "NETWORK,100",
    "UPLOAD,95",
    "HUB,80",
    "ARGUMENT,65",
    "ENVIRONMENT,62",
    "CONFIGURATION,60",
    "UNKNOWN,50",
    "CONSTANT,30"
  })
  void anOriginRanksAndChangesNoSeverity(Origin origin, int rank) {
    Finding finding =
        judge(
                Links.NONE,
                Sites.facts(List.of(), Sites.of("pickle.loads").from(Provenance.of(origin))))
            .getFirst();
    assertEquals(rank, finding.rank());
    assertEquals("critical VNX-PY-013", text(finding));
    assertEquals(origin.word(), finding.properties().get("origin"));
  }

  @Test
  void aSentenceNamesTheSourceAndTheFlowsShowTheWay() {
    Location.Source source = Sites.place("web.py", 7);
    Provenance provenance =
        new Provenance(
            Origin.UPLOAD,
            "is sent by a client",
            "request.files['m']",
            Optional.of(source),
            List.of(List.of(new Evidence(source, "it is sent by a client"))));
    Finding finding =
        judge(Links.NONE, Sites.facts(List.of(), Sites.of("pickle.load").from(provenance)))
            .getFirst();
    assertEquals(
        "`pickle.load` runs any code that the data holds; what it loads is sent by a client"
            + " (`request.files['m']`, web.py:7).",
        finding.message());
    assertEquals(provenance.flows(), finding.flows());
  }

  @Test
  void aSentenceSaysWhatAndWhy() throws IOException {
    pin("torch==2.7.1");
    assertEquals(
        "`torch.load` loads `m.pt` safely only because torch 2.7.1 is pinned: weights_only is not"
            + " given.",
        message(Sites.of("torch.load").loading(TEXT)));
    assertEquals(
        "`torch.load` runs any code that `m.pt` holds: weights_only is False.",
        message(Sites.of("torch.load").loading(TEXT).with(UNSAFE)));
    assertEquals(
        "`pickle.load` runs any code that the data holds.", message(Sites.of("pickle.load")));
  }

  private String message(Sites site) {
    return judge(Links.NONE, Sites.facts(List.of(), site)).getFirst().message();
  }

  private static Linked file(Verdict verdict, boolean complete, boolean locked) {
    return new Linked("m.pt", complete, verdict, "tensors", "", new TreeMap<>(), locked);
  }

  private String linkedVerdict(Linked... files) {
    Link link = new Link.Files(List.of(files), true);
    return text(
        judge(_ -> link, Sites.facts(List.of(), Sites.of("torch.load").with(UNSAFE))).getFirst());
  }

  private void pin(String requirement) throws IOException {
    if (requirement != null) {
      Files.writeString(folder.resolve("requirements.txt"), requirement + "\n");
    }
  }

  private String verdict(Sites site) {
    List<String> texts = new ArrayList<>();
    judge(Links.NONE, Sites.facts(List.of(), site)).forEach(each -> texts.add(text(each)));
    return String.join(", ", texts);
  }

  private static String text(Finding finding) {
    return finding.severity().word() + " " + finding.rule();
  }

  private List<Finding> judge(Links links, FileFacts facts) {
    return new Judge(
            Configuration.NONE,
            new Projects(folder, List.of()),
            links,
            Fixes.NONE,
            NO_SOURCES,
            List.of())
        .judge(List.of(facts));
  }

  private static final SourceTree NO_SOURCES =
      new SourceTree() {
        @Override
        public List<String> paths() {
          return List.of();
        }

        @Override
        public byte[] read(String path) throws IOException {
          throw new IOException("there are no sources");
        }
      };
}
