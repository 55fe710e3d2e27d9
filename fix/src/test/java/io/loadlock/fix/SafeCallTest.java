package io.loadlock.fix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Fix;
import io.loadlock.core.Fix.Edit;
import io.loadlock.core.Location;
import io.loadlock.python.notebook.Notebook;
import io.loadlock.python.parse.ParsedSource;
import io.loadlock.python.parse.Parser;
import io.loadlock.python.sink.Sink;
import io.loadlock.python.sink.Sinks;
import io.loadlock.python.site.LoadSite;
import io.loadlock.python.site.LoadSite.Form;
import io.loadlock.python.site.LoadSite.Safety;
import io.loadlock.python.site.PathValue;
import io.loadlock.python.site.Restriction;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One rewriting a row: what stands there, what shall stand there.
class SafeCallTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "torch.load(p)                        | torch.load(p, weights_only=True)",
        "torch.load(p,)                       | torch.load(p, weights_only=True,)",
        "torch.load( p )                      | torch.load( p, weights_only=True )",
        "torch.load((p))                      | torch.load((p), weights_only=True)",
        "torch.load((p),)                     | torch.load((p), weights_only=True,)",
        "torch.load(f(p))                     | torch.load(f(p), weights_only=True)",
        "torch.load(p, map_location='cpu')    | torch.load(p, map_location='cpu',"
            + " weights_only=True)",
        "torch.load(p, weights_only=False)    | torch.load(p, weights_only=True)",
        "torch.load(p, weights_only=None)     | torch.load(p, weights_only=True)",
        "torch.load(p, weights_only=(FLAG))   | torch.load(p, weights_only=(True))",
        "torch.load(weights_only=0, f=p)      | torch.load(weights_only=True, f=p)",
        "torch.load(*paths)                   | torch.load(*paths, weights_only=True)",
        "torch.load(p, **{'weights_only': 0}) | torch.load(p, **{'weights_only': True})",
        "torch.load(p, pickle_module=dill)    | torch.load(p, weights_only=True)",
        "torch.load(p, None, dill)            | torch.load(p, None, None, weights_only=True)",
        "torch.load(p, pickle_module=dill, weights_only=False) | torch.load(p, weights_only=True)",
        "torch.load(pickle_module=dill, f=p)  | torch.load(f=p, weights_only=True)",
        "torch.load(pickle_module=(dill), f=(p)) | torch.load(f=(p), weights_only=True)",
        "np.load(p, allow_pickle=True)        | np.load(p, allow_pickle=False)",
        "np.load(p, None, True)               | np.load(p, None, False)",
        "torch.hub.load_state_dict_from_url(u) | torch.hub.load_state_dict_from_url(u,"
            + " weights_only=True)",
      })
  void rewritesACall(String before, String after) {
    Safety safety = before.contains("**") ? new Safety.Unsafe("0") : new Safety.Absent();
    assertEquals(
        "x = 1\nmodel = " + after + "  # here\n",
        fixed("x = 1\nmodel = " + before + "  # here\n", before, safety, Proof.NONE));
  }

  @Test
  void keepsTheStyleOfACallOfManyLines() {
    assertEquals(
        """
        m = torch.load(
            path,  # of the model, (as trained)
            map_location=device,  # comment, with a comma
            weights_only=True,
        )
        """,
        fixed(
            """
            m = torch.load(
                path,  # of the model, (as trained)
                map_location=device,  # comment, with a comma
            )
            """));
    assertEquals(
        "m = torch.load(\n    path,  # of the model\n    weights_only=True\n    # that is all\n)\n",
        fixed("m = torch.load(\n    path  # of the model\n    # that is all\n)\n"));
    assertEquals(
        "m = torch.load(\r\n\tpath,\r\n\tmap_location=None,\r\n\tweights_only=True\r\n)\r\n",
        fixed("m = torch.load(\r\n\tpath,\r\n\tmap_location=None\r\n)\r\n"));
    assertEquals(
        "m = torch.load(path,\n"
            + "               map_location=f(1),\n"
            + "               weights_only=True)\n",
        fixed("m = torch.load(path,\n               map_location=f(1))\n"));
  }

  @Test
  void changesTheEntryThatASpreadBrings() {
    assertEquals(
        "OPTS = dict(weights_only=True, mmap=True)\nm = torch.load(p, **OPTS)\n",
        fixed(
            "OPTS = dict(weights_only=False, mmap=True)\nm = torch.load(p, **OPTS)\n",
            "torch.load(p, **OPTS)",
            new Safety.Unsafe("False"),
            Proof.NONE));
    assertEquals(
        "o = {}\no['weights_only'] = True\nm = torch.load(p, **o)\n",
        fixed(
            "o = {}\no['weights_only'] = False\nm = torch.load(p, **o)\n",
            "torch.load(p, **o)",
            new Safety.Unsafe("False"),
            Proof.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "torch.load(p, **given())       | torch.load(p, **{**given(), \"weights_only\": True})",
        "torch.load(p, **(a or b), f=1) | torch.load(p, **{**(a or b), \"weights_only\": True},"
            + " f=1)",
        "torch.load(p, ** (o) )         | torch.load(p, **{**(o), \"weights_only\": True} )",
        "torch.load(p, *a, **b)         | -",
        "torch.load(p, **a, **b)        | -",
        "f\"{torch.load(p, **a)}\"      | -",
      })
  void overridesWhatAMappingMayBring(String before, String after) {
    Optional<Fix> fix =
        propose("m = " + before + "\n", "torch.load()", new Safety.Unknown("a call"), Proof.NONE);
    assertEquals(
        after.equals("-") ? Optional.empty() : Optional.of("m = " + after + "\n"),
        fix.map(it -> applied(("m = " + before + "\n").getBytes(StandardCharsets.UTF_8), it)));
  }

  @Test
  void changesTheEntryInItsOwnScope() {
    assertEquals(
        """
        def f(p, **o):
            o["weights_only"] = True
            return torch.load(p, **o)
        def g(**o):
            o["weights_only"] = False
            return other(**o)
        """,
        fixed(
            """
            def f(p, **o):
                o["weights_only"] = False
                return torch.load(p, **o)
            def g(**o):
                o["weights_only"] = False
                return other(**o)
            """,
            "torch.load(p, **o)",
            new Safety.Unsafe("False"),
            Proof.NONE));
  }

  @Test
  void allowsExactlyTheTypesThatTheFileNeeds() {
    Proof proof =
        new Proof.NeedsAllowing(
            List.of(
                new Proof.Type("argparse", "Namespace", false),
                new Proof.Type("builtins", "set", false)),
            true,
            true,
            "x.pt needs them");
    String before =
        "\"\"\"Doc.\"\"\"\n"
            + "from __future__ import annotations\n"
            + "import torch as t\n\n"
            + "def f():\n"
            + "    return t.load('x.pt')\n";
    Fix fix = propose(before, "t.load('x.pt')", new Safety.Absent(), proof).orElseThrow();
    assertEquals(Fix.Tier.SAFE, fix.tier());
    assertEquals(
        "\"\"\"Doc.\"\"\"\n"
            + "from __future__ import annotations\n"
            + "import torch as t\n"
            + "import argparse\n\n"
            + "def f():\n"
            + "    t.serialization.add_safe_globals([argparse.Namespace, set])\n"
            + "    return t.load('x.pt', weights_only=True)\n",
        applied(before.getBytes(StandardCharsets.UTF_8), fix));
    List<Fix> both = proposeAll(before, "t.load('x.pt')", new Safety.Absent(), proof);
    assertEquals(2, both.size());
    assertEquals(
        "Pass weights_only=True and allow argparse.Namespace, builtins.set, for this statement"
            + " only.",
        both.getLast().description());
    String inline = "import torch\nif x: m = torch.load('x.pt')\n";
    assertTrue(propose(inline, "torch.load('x.pt')", new Safety.Absent(), proof).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "def f(p):#    return torch.load(p)#"
            + "|def f(p):#    with W:#        return torch.load(p, weights_only=True)#",
        "def f(p):#\tm = torch.load(#\t\tp,#\t)  # x#|def f(p):#\twith W:#\t\tm = torch.load(#\t\t"
            + "\tp,#\t\t\tweights_only=True,#\t\t)  # x#",
        "m = torch.load(p)|with W:#    m = torch.load(p, weights_only=True)",
        "m = torch.load(p); n = 1#|-",
        "for k in torch.load(p): pass#|-",
        "if x:#  if y:#    torch.load(p)#"
            + "|if x:#  if y:#    with W:#      torch.load(p, weights_only=True)#",
        "m = torch.load(p), ```a#b```#|-",
      })
  void allowsTypesForOneStatement(String before, String after) {
    Proof proof =
        new Proof.NeedsAllowing(
            List.of(new Proof.Type("argparse", "Namespace", false)), true, true, "why");
    String source = "import argparse, torch#".replace('#', '\n') + lines(before);
    List<Fix> fixes = proposeAll(source, "torch.load(p)", new Safety.Absent(), proof);
    String context = "torch.serialization.safe_globals([argparse.Namespace])";
    assertEquals(
        after.equals("-")
            ? List.of()
            : List.of("import argparse, torch\n" + lines(after).replace("W", context)),
        fixes.stream()
            .filter(fix -> fix.description().endsWith("for this statement only."))
            .map(fix -> applied(source.getBytes(StandardCharsets.UTF_8), fix))
            .toList());
  }

  private static String lines(String text) {
    return text.replace("```", "\"\"\"")
        .replace("# x", "\u0001 x")
        .replace('#', '\n')
        .replace('\u0001', '#');
  }

  @Test
  void isSafeOnlyWithAProof() {
    assertEquals(Fix.Tier.SUGGESTED, tier(Proof.NONE));
    assertEquals(Fix.Tier.SUGGESTED, tier(new Proof.WillLoad(false, "x.pt holds tensors")));
    assertEquals(Fix.Tier.SAFE, tier(new Proof.WillLoad(true, "x.pt holds tensors")));
    assertTrue(
        propose(
                "m = torch.load(p)\n",
                "torch.load(p)",
                new Safety.Absent(),
                new Proof.Refused("a defaultdict"))
            .isEmpty());
  }

  private static Fix.Tier tier(Proof proof) {
    return propose("m = torch.load(p)\n", "torch.load(p)", new Safety.Absent(), proof)
        .orElseThrow()
        .tier();
  }

  @Test
  void wrapsAReference() {
    String before = "import torch\nms = list(map(torch.load, paths))\n";
    assertEquals(
        "import torch\n"
            + "import functools\n"
            + "ms = list(map(functools.partial(torch.load, weights_only=True), paths))\n",
        fixed(before, "torch.load", new Safety.Absent(), Proof.NONE));
  }

  @Test
  void keepsByteOrderMarksAndEncodings() {
    Charset latin = StandardCharsets.ISO_8859_1;
    byte[] source = "# coding: latin-1\nname = 'é'; m = torch.load('ü.pt')  # ß\n".getBytes(latin);
    Fix fix =
        proposeAll(
                Parser.parse(source),
                "torch.load",
                "torch.load",
                Form.CALL,
                new Safety.Absent(),
                Proof.NONE,
                "a.py")
            .getFirst();
    assertEquals(
        "# coding: latin-1\nname = 'é'; m = torch.load('ü.pt', weights_only=True)  # ß\n",
        applied(source, fix, latin));
    assertEquals(
        "\ufeffm = torch.load(p, weights_only=True)\n", fixed("\ufeffm = torch.load(p)\n"));
  }

  @Test
  void editsANotebooksJsonAndNothingElseInIt() {
    String before =
        """
        {"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": ["import torch\\n",
          "m = torch.load(\\"a\\\\tb.pt\\")  # \\u00e9"]}], "metadata": {"x":  1},"nbformat": 4, "nbformat_minor": 5}
        """;
    byte[] bytes = before.getBytes(StandardCharsets.UTF_8);
    Fix fix =
        proposeAll(
                Notebook.read(bytes).source(),
                "torch.load",
                "torch.load",
                Form.CALL,
                new Safety.Absent(),
                new Proof.NeedsAllowing(
                    List.of(new Proof.Type("datetime", "date", false)), true, false, "why"),
                "a.ipynb")
            .getFirst();
    assertEquals(
        before.replace(
            "m = torch.load(\\\"a\\\\tb.pt\\\")",
            "import datetime\\ntorch.serialization.add_safe_globals([datetime.date])\\n"
                + "m = torch.load(\\\"a\\\\tb.pt\\\", weights_only=True)"),
        applied(bytes, fix));
  }

  // --- the way there -------------------------------------------------------------------------

  private static String fixed(String source) {
    return fixed(source, "torch.load", new Safety.Absent(), Proof.NONE, Form.CALL);
  }

  private static String fixed(String source, String expression, Safety safety, Proof proof) {
    return fixed(
        source, expression, safety, proof, expression.contains("(") ? Form.CALL : Form.REFERENCE);
  }

  private static String fixed(
      String source, String expression, Safety safety, Proof proof, Form form) {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    String function = expression.split("\\(")[0];
    return applied(
        bytes,
        proposeAll(Parser.parse(bytes), function, sink(function), form, safety, proof, "a.py")
            .getFirst());
  }

  private static Optional<Fix> propose(
      String source, String expression, Safety safety, Proof proof) {
    return proposeAll(source, expression, safety, proof).stream().findFirst();
  }

  private static List<Fix> proposeAll(
      String source, String expression, Safety safety, Proof proof) {
    String function = expression.split("\\(")[0];
    return proposeAll(
        Parser.parse(source.getBytes(StandardCharsets.UTF_8)),
        function,
        sink(function),
        Form.CALL,
        safety,
        proof,
        "a.py");
  }

  private static String sink(String function) {
    return function.replace("np.", "numpy.").replaceAll("^t\\.", "torch.");
  }

  /// The fix for the first call of (or reference to) `function`.
  private static List<Fix> proposeAll(
      ParsedSource parsed,
      String function,
      String name,
      Form form,
      Safety safety,
      Proof proof,
      String path) {
    Sink sink = Sinks.standard().find(name).orElseThrow();
    Node node = find(parsed, function, form);
    Location.Source where = parsed.source().locate(path, node.start(), node.end());
    LoadSite site =
        new LoadSite(
            where,
            sink,
            sink.name(),
            form,
            safety,
            Restriction.NONE,
            new PathValue.Unknown("a test"),
            List.of(),
            true,
            "",
            List.of(),
            List.of());
    return SafeCall.propose(new One(path, parsed), site, proof, Availability.EVERYWHERE).fixes();
  }

  /// A project of one file.
  private record One(String path, ParsedSource parsed) implements Trees {
    @Override
    public List<String> paths() {
      return List.of(path);
    }

    @Override
    public Optional<ParsedSource> of(String wanted) {
      return wanted.equals(path) ? Optional.of(parsed) : Optional.empty();
    }

    @Override
    public boolean mayHold(String wanted, String word) {
      return true;
    }
  }

  private static Node find(ParsedSource parsed, String function, Form form) {
    Deque<Node> left = new ArrayDeque<>();
    left.push(parsed.module());
    List<Node> found = new ArrayList<>();
    while (!left.isEmpty()) {
      Node node = left.pop();
      Node callee =
          node instanceof Expression.Call call && form == Form.CALL ? call.function() : node;
      boolean wanted =
          form == Form.REFERENCE
              ? node instanceof Expression.Attribute
              : node instanceof Expression.Call;
      if (wanted && text(parsed, callee).equals(function)) {
        found.add(node);
      }
      Children.each(node, left::push);
    }
    return found.stream().min((a, b) -> a.start() - b.start()).orElseThrow();
  }

  private static String text(ParsedSource parsed, Node node) {
    return new String(
        parsed.source().text(), node.start(), node.end() - node.start(), StandardCharsets.UTF_8);
  }

  private static String applied(byte[] source, Fix fix) {
    return applied(source, fix, StandardCharsets.UTF_8);
  }

  private static String applied(byte[] source, Fix fix, Charset charset) {
    StringBuilder text = new StringBuilder(new String(source, StandardCharsets.ISO_8859_1));
    for (Edit edit : fix.edits().reversed()) {
      text.replace(
          (int) edit.location().startByte(), (int) edit.location().endByte(), edit.replacement());
    }
    return new String(text.toString().getBytes(StandardCharsets.ISO_8859_1), charset);
  }
}
