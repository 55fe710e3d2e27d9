package io.loadlock.python.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.loadlock.core.Location;
import io.loadlock.core.Outcome;
import io.loadlock.python.tree.Children;
import io.loadlock.python.tree.Expression;
import io.loadlock.python.tree.Node;
import io.loadlock.testkit.Corruptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotebookTest {
  /// JSON with `'` for `"`, so that the tests can be read.
  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static Notebook read(String text) {
    return Notebook.read(json(text));
  }

  private static byte[] cellOf(String source) {
    return json("{'cells': [{'cell_type': 'code', 'source': '" + source + "'}]}");
  }

  /// Each call: the file's own bytes of it, its place, its cell.
  private static List<String> calls(byte[] file) {
    Notebook notebook = Notebook.read(file);
    List<Expression.Call> calls = new ArrayList<>();
    ArrayDeque<Node> open = new ArrayDeque<>(List.of(notebook.source().module()));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (node instanceof Expression.Call call) {
        calls.add(call);
      }
      Children.each(node, open::push);
    }
    calls.sort(Comparator.comparingInt(Node::start));
    return calls.stream().map(call -> place(file, notebook, call)).toList();
  }

  private static String place(byte[] file, Notebook notebook, Node call) {
    Location.Source place = notebook.source().source().locate("n", call.start(), call.end());
    Location.Cell cell = place.cell().orElseThrow();
    int from = (int) place.startByte();
    int to = (int) place.endByte();
    assertEquals(place.start().line(), notebook.source().source().line(call.start()));
    return "%s %d:%d-%d:%d cell %d/%d:%d"
        .formatted(
            new String(file, from, to - from, StandardCharsets.UTF_8),
            place.start().line(),
            place.start().column(),
            place.end().line(),
            place.end().column(),
            cell.cell(),
            cell.codeCell(),
            cell.line());
  }

  private static String problems(Outcome outcome) {
    return outcome.problems().stream().map(Object::toString).collect(Collectors.joining(" | "));
  }

  private static List<String> brokenCells(Notebook notebook) {
    return notebook.source().problems().stream()
        .map(
            problem -> {
              Location.Source place =
                  notebook.source().source().locate("n", problem.start(), problem.end());
              Location.Cell cell = place.cell().orElseThrow();
              return "%s (cell %d, line %d; %d:%d)"
                  .formatted(
                      problem.reason(),
                      cell.cell(),
                      cell.line(),
                      place.start().line(),
                      place.start().column());
            })
        .toList();
  }

  /// A cell that is escaped in the file has its column in the text that people see.
  @Test
  void knowsTheColumnInTheCell() {
    Notebook notebook = Notebook.read(cellOf("a = 1\\n\\u00e9, b = 1, load(p)"));
    byte[] text = notebook.source().source().text();
    int call = new String(text, StandardCharsets.ISO_8859_1).indexOf("load(p)");
    Location.Source place = notebook.source().source().locate("n", call, call + 7);
    Location.Cell cell = place.cell().orElseThrow();
    assertEquals(2, cell.line());
    assertEquals("é, b = 1, load".indexOf("load") + 1, cell.column());
  }

  @Test
  void readsTheCodeCellsAndKnowsTheirPlacesInTheFile() {
    byte[] file =
        json(
            """
            {
             'cells': [
              {'cell_type': 'markdown', 'source': ['f(0)\\n', 'text']},
              {
               'cell_type': 'code',
               'metadata': {},
               'outputs': [{'text': ['g(0)']}],
               'source': [
                'import torch\\n',
                'torch.load(p,\\n',
                '   map_location=0)'
               ]
              },
              {'cell_type': 'raw', 'source': 'f(1)'},
              {'cell_type': 'code', 'source': 'é = 1; ü(\\u0022\\ud83d\\ude00\\u0022)\\nf()'}
             ],
             'metadata': {'kernelspec': {'language': 'python', 'name': 'x'}},
             'nbformat': 4
            }
            """);
    assertEquals(
        List.of(
            "torch.load(p,\\n\",\n    \"   map_location=0) 10:6-11:24 cell 2/1:2",
            "ü(\\u0022\\ud83d\\ude00\\u0022) 15:43-15:70 cell 4/2:1",
            "f() 15:72-15:75 cell 4/2:2"),
        calls(file));
    assertEquals(Outcome.COMPLETE, Notebook.read(file).outcome());
  }

  @Test
  void readsNotebooksOnOneLineAndBehindAByteOrderMark() {
    byte[] file =
        json("\uFEFF{'cells':[{'cell_type':'code','source':['a()\\n','b()']}],'nbformat':4}");
    assertEquals(List.of("a() 1:42-1:45 cell 1/1:1", "b() 1:50-1:53 cell 1/1:2"), calls(file));
  }

  @Test
  void readsWorksheetsOfFormatsTwoAndThree() {
    byte[] file =
        json(
            """
            {'metadata': {'name': ''}, 'nbformat': 3, 'worksheets': [{'cells': [
            {'cell_type': 'heading', 'source': ['f()']},
            {'cell_type': 'code', 'language': 'python', 'input': ['x = 1', 'a()', 'b()'], 'outputs': []},
            {'cell_type': 'code', 'language': 'perl', 'input': 'c()'},
            {'cell_type': 'code', 'language': 'python', 'input': ['d(\\n', ')']}
            ]}]}
            """);
    assertEquals(
        List.of(
            "a() 3:65-3:68 cell 2/1:2",
            "b() 3:72-3:75 cell 2/1:3",
            "d(\\n\", \") 5:56-5:65 cell 4/3:1"),
        calls(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          kernelspec    | language | python   | complete
          kernelspec    | language | R        | skipped
          kernelspec    | language | julia    | skipped
          language_info | name     | python   | complete
          language_info | name     | ipython  | complete
          language_info | name     | scala    | skipped
          language_info | name     | pyspark  | complete
          kernelspec    | name     | ir       | complete
          """)
  void passesOverNotebooksInOtherLanguages(String object, String key, String value, String word) {
    Notebook notebook =
        read(
            "{'cells': [{'cell_type': 'code', 'source': 'f()'}], 'metadata': {'%s': {'%s': '%s'}}}"
                .formatted(object, key, value));
    assertEquals(word, notebook.outcome().word());
    assertEquals(word.equals("complete") ? 1 : 0, notebook.source().module().body().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          %matplotlib inline\\nf()                | 1
          !pip install torch\\nf()                | 1
          !cat \\\\\\n  f()\\ng()                 | 1
          x = !ls f()\\ng()                       | 1
          x = %env f()\\ng()                      | 1
          %time m = f()                           | 1
          %timeit -n 10 -r3 f()                   | 1
          if x:\\n    %time f()\\n    !ls\\n    g() | 2
          if x:\\n  %pip install y\\nelse:\\n  !ls\\ng() | 1
          while x:\\n  x = 1\\n  %ls\\ng()         | 1
          f?\\ng()                                | 1
          ?f\\ng()                                | 1
          f.x??                                   | 0
          %%time\\nf()                            | 1
          %%timeit f()\\ng()                      | 2
          %%capture --no-stderr out\\nf()         | 1
          \\n#@title Load it\\n%%time\\nf()       | 1
          %%bash\\npython -c 'f()'                | 0
          %%sh\\nf()                              | 0
          %%html\\n<b>f()</b>                     | 0
          %%!\\nls f()                            | 0
          %%writefile x.py\\nf()                  | 1
          %%writefile -a 'x.py'\\nf()             | 1
          %%writefile run.sh\\nf()                | 0
          %%python3\\nf()                         | 1
          %%mine --and more\\nf()                 | 1
          %%mine\\nSELECT f() FROM t              | 0
          pip install torch\\nf()                 | 1
          cd /content/x\\nf()                     | 1
          \\ \\ x = f()\\n\\ \\ g()               | 2
          \\tf()                                  | 1
          await f()                               | 1
          """)
  void takesTheCodeAroundMagics(String source, int calls) {
    byte[] file = cellOf(source.replace("\\ ", " ").replace("'", "\\u0027"));
    Notebook notebook = Notebook.read(file);
    assertEquals(Outcome.COMPLETE, notebook.outcome());
    assertEquals(List.of(), notebook.source().problems());
    assertEquals(calls, calls(file).size());
  }

  @Test
  void aBrokenCellCostsThatCellOnly() {
    byte[] file =
        json(
            """
            {'cells': [
            {'cell_type': 'code', 'source': 'a(x\\nif ('},
            {'cell_type': 'markdown', 'source': ''},
            {'cell_type': 'code', 'source': '\\'\\'\\' open'},
            {'cell_type': 'code', 'source': 'b()\\ndef ('},
            {'cell_type': 'code', 'source': '  c()'}
            ]}
            """
                .replace("\\'", "\\u0027"));
    assertTrue(calls(file).stream().anyMatch(call -> call.startsWith("b() 5:")));
    assertTrue(calls(file).stream().anyMatch(call -> call.startsWith("c() 6:")));
    List<String> problems = brokenCells(Notebook.read(file));
    assertTrue(
        problems.contains("'(' was never closed (cell 1, line 1; 2:34)"), problems::toString);
    assertTrue(
        problems.stream().anyMatch(it -> it.endsWith("(cell 3, line 1; 4:34)")),
        problems::toString);
    assertTrue(
        problems.stream().anyMatch(it -> it.endsWith("(cell 4, line 2; 5:39)")),
        problems::toString);
    assertTrue(problems.stream().noneMatch(it -> it.contains("cell 5")), problems::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                     | failed  | an empty file, not JSON
          '  '                                   | failed  | an empty file, not JSON
          []                                     | failed  | not a notebook's JSON
          import x                               | failed  | not JSON (line 1, column 1)
          {}                                     | failed  | a notebook without cells
          {"cells": 3                            | failed  | the JSON ends in the middle (line 1, column 12)
          {"cells": []}                          | complete | ''
          {"cells": []} x                        | partial | not JSON (line 1, column 15)
          {"cells": [], "cells": []}             | partial | a second 'cells'; Jupyter takes the last (line 1, column 24)
          {"cells": [1, [], null, {}]}           | complete | ''
          {"cells": [NaN, {"x": -Infinity},]}    | complete | ''
          version https://git-lfs.github.com/spec/v1 | skipped | ''
          """)
  void saysWhatIsNoNotebook(String text, String word, String problems) {
    Notebook notebook = Notebook.read(text.getBytes(StandardCharsets.UTF_8));
    assertEquals(word, notebook.outcome().word());
    assertEquals(problems, problems(notebook.outcome()));
    assertEquals(0, notebook.source().module().body().size());
  }

  @Test
  void utf16IsNoNotebook() {
    Notebook notebook =
        Notebook.read(
            new String(cellOf("f()"), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16));
    assertEquals("failed", notebook.outcome().word());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<<<<<<< ours\n"
            + "  {'cell_type': 'code', 'source': 'b()'},\n"
            + "=======\n"
            + "  {'cell_type': 'code', 'source': 'c()'},\n"
            + ">>>>>>> theirs\n",
        "{'cell_type': 'code', 'source': 'b()', 'outputs': [{]}},",
        "{'cell_type': 'code', 'source': 'b()', 'outputs': DEEP},",
        "{'cell_type': 'code', 'source': 'b()', 'outputs': ['\u0000]},",
      })
  void goesOnBehindDamage(String damage) {
    byte[] file =
        json(
            "{'cells': [\n  {'cell_type': 'code', 'source': 'a()'},\n"
                + damage.replace("DEEP", "[".repeat(5000))
                + "\n  {\n   'cell_type': 'code', 'source': 'd()'},\n"
                + "  {'cell_type': 'code', 'source': 'e()'}\n]}");
    String calls = calls(file).toString();
    assertEquals("partial", Notebook.read(file).outcome().word());
    for (String call : List.of("a() 2:", "b() ", "d() ", "e() ")) {
      assertTrue(calls.contains(call), calls);
    }
  }

  @Test
  void bytesThatAreNotUtf8CostOnlyThemselves() {
    byte[] file = cellOf("# Grüße\\nf()");
    byte[] latin = new String(file, StandardCharsets.UTF_8).getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(List.of("f() 1:54-1:57 cell 1/1:2"), calls(latin));
    assertEquals(
        "a byte that is not UTF-8 (line 1, column 49)", problems(Notebook.read(latin).outcome()));
  }

  @Test
  void theLastOfTwoSourcesCounts() {
    byte[] file = json("{'cells': [{'cell_type': 'code', 'source': 'a()', 'source': 'b()'}]}");
    assertEquals(List.of("b() 1:62-1:65 cell 1/1:1"), calls(file));
    assertEquals("partial", Notebook.read(file).outcome().word());
  }

  @Test
  void passesOverMegabytesOfOutput() {
    String output = "{'data': {'image/png': '" + "iVBORw0KGgo".repeat(400_000) + "'}},";
    byte[] file =
        json(
            "{'cells': [{'cell_type': 'code', 'outputs': ["
                + output.repeat(4)
                + "], 'source': 'f()'}]}");
    assertEquals(1, calls(file).size());
  }

  @Test
  void whatStandsBeforeDamageIsKept() {
    byte[] file =
        json(
            """
            {'cells': [{'cell_type': 'code', 'source': ['a()\\n', 'b(1)']},
            {'cell_type': 'code', 'metadata': {'x': 1}, 'source': 'c(\\'é\\', \\u0078)'}],
            'metadata': {'language_info': {'name': 'python'}}}
            """
                .replace("\\'", "\\u0027"));
    int[] ends = {51, 62, 130};
    Corruptions.cuts(file, 7, 0)
        .forEach(
            cut -> {
              Notebook notebook = Notebook.read(cut.bytes());
              assertEquals(
                  cut.from() < file.length - 1,
                  !notebook.outcome().equals(Outcome.COMPLETE),
                  cut.what());
              int found = calls(cut.bytes()).size();
              int due = 0;
              for (int end : ends) {
                due += cut.from() >= end ? 1 : 0;
              }
              assertTrue(found >= due, cut.what());
            });
    Corruptions.seeded(file, 11, 2000).forEach(damaged -> calls(damaged.bytes()));
  }
}
