package io.loadlock.artifact.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How review and evidence come to a ruling, on rows of the test's own.
class PolicyTest {
  private static final Map<String, String> ROWS =
      Map.of(
          "index", "pkg pkg\nold pkg\nother other\n",
          "pkg.review",
              """
              # rows of the test
              @old.place = pkg.mod
              @pkg.mod
              rebuild	function	data(type,'latin1'|text?)	rebuilds	1.0
              relu	function	keep	computes	1.0
              run	function	harm	runs a program
              Reviewed	class	setstate	read	1.0
              Dropper	class	del!	deletes a file
              flag	value	data	a constant	1.0
              """,
          "pkg.evidence",
              """
              # 1.0
              @pkg.mod
              Bare\t
              Child\t:Bare,other:Opaque
              Init\t\tinit= setstate-
              Reviewed\t:Init
              Opener\t\tinit! setstate=
              Sub\t:Reviewed
              Deleter\t:Dropper
              Here\t=pkg.mod:Bare
              Meta\t\tcall-
              Made\t^:Meta
              Lost\tnowhere.Base
              Outer.Inner\t
              """,
          "other.evidence", "@other\nOpaque\t\tadd-\n");

  private final Policy policy = Policy.of(name -> ROWS.getOrDefault(name, ""));

  private Ruling.Type type(String name) {
    return assertInstanceOf(Ruling.Type.class, policy.ruling("pkg.mod", name));
  }

  @Test
  void aClassThatDefinesNothingIsDataHoweverUsed() {
    for (Act act : Act.values()) {
      assertTrue(type("Bare").objection(act).isEmpty(), act.name());
    }
  }

  @Test
  void aHookThatNobodyReadObjectsToTheActThatReachesItOnly() {
    assertTrue(type("Init").objection(Act.CALL).isEmpty());
    assertFalse(type("Init").objection(Act.BUILD).orElseThrow().harmful());
  }

  @Test
  void aReviewedHookIsVettedForSubclassesToo() {
    assertTrue(type("Reviewed").objection(Act.BUILD).isEmpty());
    assertTrue(type("Sub").objection(Act.BUILD).isEmpty());
  }

  @Test
  void basesOfOtherPackagesCount() {
    assertTrue(type("Child").objection(Act.NEW).isEmpty());
    assertTrue(type("Child").objection(Act.ADD).isPresent());
  }

  @Test
  void aBaseThatWasNotFoundOpensEveryHook() {
    for (Act act : Act.values()) {
      assertTrue(type("Lost").objection(act).isPresent(), act.name());
    }
  }

  @Test
  void aMetaclassThatInterceptsCallsObjectsToCallsOnly() {
    assertTrue(type("Made").objection(Act.CALL).isPresent());
    assertTrue(type("Made").objection(Act.NEW).isEmpty());
  }

  @Test
  void harmIsInherited() {
    assertTrue(type("Opener").objection(Act.CALL).orElseThrow().harmful());
    assertTrue(type("Opener").objection(Act.BUILD).isEmpty());
    assertTrue(type("Deleter").objection(Act.NEW).orElseThrow().harmful());
  }

  @Test
  void anotherWayToReachAClassIsThatClass() {
    assertEquals(type("Bare"), type("Here"));
    assertEquals(type("Bare"), policy.ruling("old.place", "Bare"));
  }

  @Test
  void functionsHaveShapes() {
    var rebuild = assertInstanceOf(Ruling.Function.class, policy.ruling("pkg.mod", "rebuild"));
    assertEquals(Ruling.Gives.DATA, rebuild.gives());
    assertEquals(Shape.parse("type,'latin1'|text?"), rebuild.arguments());
    assertInstanceOf(Ruling.Kept.class, policy.ruling("pkg.mod", "relu"));
    assertInstanceOf(Ruling.Harmful.class, policy.ruling("old.place", "run"));
    assertInstanceOf(Ruling.Constant.class, policy.ruling("pkg.mod", "flag"));
  }

  @ParameterizedTest
  @CsvSource({
    "pkg.mod, load, FUNCTION",
    "pkg.mod.deeper, load_all, FUNCTION",
    "pkg.mod, NewerClass, CLASS",
    "pkg.mod, _NewerClass, CLASS",
    "pkg.mod, CONSTANT_FUNCTION, FUNCTION",
    "pkg.mod, Bare.method, DOTTED",
    "pkg.mod, sys.modules, DOTTED",
    "pkg.mo, Bare, CLASS",
  })
  void aNameWithoutARowIsUnlisted(String module, String name, Ruling.Unlisted.Kind kind) {
    assertEquals(kind, assertInstanceOf(Ruling.Unlisted.class, policy.ruling(module, name)).kind());
  }

  @Test
  void aNestedClassHasARowOfItsOwn() {
    assertTrue(type("Outer.Inner").objection(Act.NEW).isEmpty());
  }

  @Test
  void packagesWithoutRowsAreStrangers() {
    assertInstanceOf(Ruling.Stranger.class, policy.ruling("__main__", "Net"));
    assertInstanceOf(Ruling.Stranger.class, policy.ruling("pkgs", "Bare"));
    assertInstanceOf(Ruling.Stranger.class, policy.ruling("", "Bare"));
  }
}
