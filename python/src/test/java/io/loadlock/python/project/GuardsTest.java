package io.loadlock.python.project;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.loadlock.python.site.FileFacts;
import io.loadlock.python.site.Guard;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A digest guards a load where it is compared with a constant on every way to it.
final class GuardsTest {
  private static final String HEAD =
      """
      import hashlib, hmac, pickle
      WANT = "9f86"
      def sha(path):
          h = hashlib.sha256()
          with open(path, "rb") as f:
              h.update(f.read())
          return h.hexdigest()
      def verify(path, expected):
          if sha(path) != expected:
              raise ValueError
      """;

  private static Guard guard(String body) {
    FileFacts facts = Cases.facts(Map.of("main.py", HEAD + body), false).getFirst();
    List<LoadSite> sites = facts.sites();
    assertEquals(1, sites.size());
    return sites.getFirst().guard();
  }

  @Test
  void comparesBytesAndRaises() {
    Guard guard =
        guard(
            """
            def read(p):
                raw = open(p, "rb").read()
                if hashlib.sha256(raw).hexdigest() != WANT:
                    raise ValueError
                return pickle.loads(raw)
            """);
    Guard.Digest digest = assertInstanceOf(Guard.Digest.class, guard);
    assertEquals("its sha256 is compared with a constant before", digest.clause());
    assertEquals(13, digest.where().start().line());
  }

  @Test
  void followsHelpersAndConstantTimeComparison() {
    assertInstanceOf(
        Guard.Digest.class,
        guard("def f(p):\n    verify(p, 'ab')\n    return pickle.load(open(p, 'rb'))\n"));
    assertInstanceOf(
        Guard.Digest.class,
        guard(
            """
            def f(p):
                if not hmac.compare_digest(sha(p), WANT):
                    raise SystemExit(1)
                return pickle.load(open(p, "rb"))
            """));
    assertInstanceOf(
        Guard.Digest.class,
        guard("def f(p):\n    if sha(p) == WANT:\n        return pickle.load(open(p, 'rb'))\n"));
  }

  private static String ineffective(String body) {
    return guard("def f(p, strict, w=None):\n" + body) instanceof Guard.Ineffective none
        ? none.reason()
        : "not said";
  }

  @Test
  void saysWhyAComparisonGuardsNothing() {
    String load = "    return pickle.load(open(p, 'rb'))\n";
    String goesOn = "a difference does not keep the load from being reached";
    assertEquals(goesOn, ineffective("    if sha(p) != WANT:\n        print('bad')\n" + load));
    assertEquals(
        goesOn,
        ineffective("    if strict:\n        if sha(p) != WANT:\n            raise E\n" + load));
    assertEquals(
        goesOn,
        ineffective(
            "    try:\n        if sha(p) != WANT:\n            raise E\n"
                + "    except Exception:\n        pass\n"
                + load));
    assertEquals(
        "an assert, which python -O leaves out", ineffective("    assert sha(p) == WANT\n" + load));
    assertEquals(
        "what the digest is compared with is no constant",
        ineffective("    if sha(p) != open(p + '.sha256').read():\n        raise E\n" + load));
    assertEquals(
        "it comes after the load",
        ineffective(
            "    x = pickle.load(open(p, 'rb'))\n    if sha(p) != WANT:\n        raise E\n"
                + "    return x\n"));
    assertEquals("not said", ineffective("    if strict:\n        verify(p, WANT)\n" + load));
  }

  @Test
  void theProgramsOwnFileIsOneInAPrivatePlace() {
    String head = "import tempfile, io, os\n";
    assertInstanceOf(
        Guard.OwnFile.class,
        guard(
            head
                + "def f(x):\n    with open('a.pkl', 'wb') as o:\n        pickle.dump(x, o)\n"
                + "    with open('a.pkl', 'rb') as i:\n        return pickle.load(i)\n"));
    assertInstanceOf(
        Guard.OwnFile.class,
        guard(
            head
                + "def f(x):\n    with tempfile.TemporaryDirectory() as d:\n"
                + "        p = os.path.join(d, 'x')\n"
                + "        with open(p, 'wb') as o:\n            pickle.dump(x, o)\n"
                + "        return pickle.load(open(p, 'rb'))\n"));
    assertEquals(
        Guard.NONE,
        guard(
            head
                + "def f(x):\n    if not os.path.exists('a.pkl'):\n"
                + "        with open('a.pkl', 'wb') as o:\n            pickle.dump(x, o)\n"
                + "    return pickle.load(open('a.pkl', 'rb'))\n"));
    assertEquals(
        Guard.NONE,
        guard(
            head
                + "def f(x):\n    with open('/tmp/a.pkl', 'wb') as o:\n"
                + "        pickle.dump(x, o)\n"
                + "    return pickle.load(open('/tmp/a.pkl', 'rb'))\n"));
    assertEquals(
        Guard.NONE,
        guard(
            head
                + "def f(x):\n    a = tempfile.mkstemp()[1]\n    b = tempfile.mkstemp()[1]\n"
                + "    with open(a, 'wb') as o:\n        pickle.dump(x, o)\n"
                + "    return pickle.load(open(b, 'rb'))\n"));
  }

  @Test
  void isNoneWhereItComesTooLateOrIsOfSomethingElse() {
    assertEquals(
        Guard.NONE,
        guard(
            "def f(p):\n    x = pickle.load(open(p, 'rb'))\n    verify(p, WANT)\n    return x\n"));
    assertEquals(
        Guard.NONE,
        guard(
            """
            def f(p, q):
                raw = open(p, "rb").read()
                if hashlib.sha256(raw).hexdigest() != WANT:
                    raise ValueError
                return pickle.load(open(q, "rb"))
            """));
    assertEquals(
        Guard.NONE,
        guard("def f(p, w):\n    verify(p, w)\n    return pickle.load(open(p, 'rb'))\n"));
  }

  @Test
  void importsThatOnlyUnpickleAreSettings() {
    FileFacts facts =
        Cases.facts(Map.of("main.py", "import pickle\npickle.load(f)\n"), true).getFirst();
    assertEquals(
        List.of("pickle"),
        facts.settings().stream()
            .filter(Setting.Imported.class::isInstance)
            .map(setting -> ((Setting.Imported) setting).module())
            .toList());
  }
}
